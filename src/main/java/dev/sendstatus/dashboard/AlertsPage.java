package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.NumberedPage;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.ChannelTrial;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.util.List;

/** The alerts, the newest first, as {@code GET /v1/alerts} has it, and by which channels people are told. */
public record AlertsPage(Choice state, Grid alerts, String empty, Pager pager, Grid channels) {
    static final String PATH = "/ui/alerts";
    static final String CHANNELS = PATH + "/channels";

    private static final String STATE = "state";
    private static final int ITEMS = 50;

    static AlertsPage of(Api api, Visit visit) throws StoreException, WrongParameter {
        String word = visit.query(STATE);
        String cursor = visit.query(Pager.CURSOR);
        NumberedPage page = NumberedPage.of(ITEMS, cursor);
        List<Alert> found = api.reads()
                .alerts()
                .page(ParameterText.oneOf(STATE, word, Alert.State.values()), page.before(), page.lookedFor());
        return new AlertsPage(
                Choice.of(STATE, "State", word, List.of(Alert.State.values()), ParameterText::word),
                new Columns<>(page.shown(found), visit.now())
                        .link("What", Alert::text, AlertWords::href)
                        .badges("State", alert -> AlertWords.badges(alert, visit.now()))
                        .text("Rule", Alert::rule)
                        .text("About", Alert::key)
                        .moment("Since", Alert::since)
                        .figure("Now", alert -> AlertWords.value(alert, alert.value()))
                        .figure("Usual", alert -> AlertWords.value(alert, alert.usual()))
                        .grid("alert-table", "Alerts, the newest first"),
                word == null && cursor == null
                        ? "Nothing is wrong, and nothing was in the last 90 days. The rules stand in docs/alerts.md. The"
                                + " same on a terminal:"
                        : "No alert matches. All of them on a terminal:",
                Pager.of(Place.of(PATH).with(STATE, word), cursor, page.next(found, Alert::id), "Older"),
                channels(api, visit));
    }

    private static Grid channels(Api api, Visit visit) {
        Columns<ChannelSettings> columns = new Columns<>(api.notices().channels(), visit.now())
                .text("Channel", ChannelSettings::name)
                .text("Type", channel -> channel.type().word())
                .text("To", channel -> String.join(", ", channel.to()))
                .text("Alerts told", channel -> ParameterText.word(channel.least()) + " and above");
        if (visit.mayWrite()) {
            columns.button(
                    "Try",
                    channel -> new Button(
                            CHANNELS + "/" + Place.encoded(channel.name()) + "/test",
                            "Test",
                            "channel " + channel.name()));
        }
        return columns.grid("channel-table", "Channels");
    }

    /** Sends a message that says nothing to a channel. */
    static Site.Done test(Api api, Visit visit) throws Unanswerable {
        ChannelSettings channel = api.channel(visit.path("name"));
        ChannelTrial trial = ChannelTrial.of(channel, api.notices(), api.clock());
        String said = trial.answer() + ", after " + Figures.number(trial.milliseconds()) + " ms.";
        return trial.ok()
                ? Site.Done.good(PATH, "The channel " + channel.name() + " took the test: " + said)
                : Site.Done.bad(PATH, "The channel " + channel.name() + " did not take the test: " + said);
    }
}
