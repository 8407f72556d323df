package dev.sendstatus.dashboard;

import dev.sendstatus.alert.AlertDocument;
import dev.sendstatus.api.Api;
import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.ChannelTrial;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The alerts, the newest first, as {@code GET /v1/alerts} has it, and by which channels people are told.
 *
 * @param noChannels stands there where none is on
 */
public record AlertsPage(Choice state, Grid alerts, Empty empty, Pager pager, Grid channels, Empty noChannels)
        implements Page {
    static final String PATH = "/ui/alerts";
    static final String CHANNELS = PATH + "/channels";

    private static final String STATE = "state";
    private static final String CURSOR = "cursor";
    private static final int ITEMS = 50;

    @Override
    public String title() {
        return "Alerts";
    }

    @Override
    public String section() {
        return PATH;
    }

    static AlertsPage of(Api api, Visit visit) throws StoreException, WrongParameter {
        String word = visit.query(STATE);
        String cursor = visit.query(CURSOR);
        List<Alert> found = api.reads()
                .alerts()
                .page(
                        word == null ? null : AlertDocument.state(STATE, word),
                        cursor == null ? Long.MAX_VALUE : Cursor.read(cursor),
                        ITEMS + 1);
        boolean more = found.size() > ITEMS;
        List<Alert> shown = more ? found.subList(0, ITEMS) : found;
        Map<String, List<String>> filter = word == null ? Map.of() : Map.of(STATE, List.of(word));
        String list = Visit.url(PATH, filter);
        String next = more ? Cursor.write(shown.get(ITEMS - 1).id()) : "";
        return new AlertsPage(
                Choice.of(
                        STATE,
                        "State",
                        word,
                        Arrays.stream(Alert.State.values())
                                .map(state -> state.name().toLowerCase(Locale.ROOT))
                                .toList()),
                grid(shown, visit),
                new Empty(
                        word == null && cursor == null
                                ? "Nothing is wrong, and nothing was in the last 90 days. The rules stand in"
                                        + " docs/alerts.md. The same on a terminal:"
                                : "No alert matches. All of them on a terminal:",
                        List.of("scripts/sendstatus alerts list")),
                new Pager(
                        cursor == null ? null : list,
                        more ? list + (word == null ? "?" : "&") + CURSOR + "=" + next : null,
                        "Older"),
                channels(api, visit),
                new Empty(
                        "No channel is on, so nobody is told. Give the server an address, as docs/channels.md says,"
                                + " and look whether it is understood.",
                        List.of(
                                "export SENDSTATUS_CHAT_URL=https://hooks.slack.com/services/…",
                                "scripts/sendstatus config check")));
    }

    private static Grid grid(List<Alert> shown, Visit visit) {
        List<Grid.Row> rows = new ArrayList<>();
        for (Alert alert : shown) {
            rows.add(Grid.Row.of(
                    Grid.Cell.link(alert.text(), AlertWords.href(alert)),
                    Grid.Cell.badges(AlertWords.badges(alert, visit.now())),
                    Grid.Cell.text(alert.rule()),
                    Grid.Cell.text(alert.key()),
                    Grid.Cell.moment(Moment.of(alert.since(), visit.now())),
                    Grid.Cell.text(AlertWords.value(alert, alert.value())),
                    Grid.Cell.text(AlertWords.value(alert, alert.usual()))));
        }
        return new Grid(
                "alert-table",
                "Alerts, the newest first",
                List.of(
                        Grid.Column.text("What"),
                        Grid.Column.text("State"),
                        Grid.Column.text("Rule"),
                        Grid.Column.text("About"),
                        Grid.Column.text("Since"),
                        Grid.Column.number("Now"),
                        Grid.Column.number("Usual")),
                rows);
    }

    private static Grid channels(Api api, Visit visit) {
        List<Grid.Row> rows = new ArrayList<>();
        for (ChannelSettings channel : api.notices().channels()) {
            List<Grid.Cell> cells = new ArrayList<>(List.of(
                    Grid.Cell.text(channel.name()),
                    Grid.Cell.text(channel.type().word()),
                    Grid.Cell.text(String.join(", ", channel.to())),
                    Grid.Cell.text(channel.least().name().toLowerCase(Locale.ROOT) + " and above")));
            if (visit.mayWrite()) {
                cells.add(Grid.Cell.button(new Button(
                        CHANNELS + "/" + Visit.encoded(channel.name()) + "/test",
                        "Test",
                        "channel " + channel.name())));
            }
            rows.add(new Grid.Row(cells));
        }
        List<Grid.Column> columns = new ArrayList<>(List.of(
                Grid.Column.text("Channel"),
                Grid.Column.text("Type"),
                Grid.Column.text("To"),
                Grid.Column.text("Alerts told")));
        if (visit.mayWrite()) {
            columns.add(Grid.Column.text("Try"));
        }
        return new Grid("channel-table", "Channels", columns, rows);
    }

    /** Sends a message that says nothing to a channel. */
    static Done test(Api api, Visit visit) throws NotFound {
        ChannelSettings channel = api.notices()
                .channel(visit.path("name"))
                .orElseThrow(() -> new NotFound(
                        "No channel of this name is on: channels in the configuration, SENDSTATUS_MAIL_TO for"
                                + " the one called email, or SENDSTATUS_CHAT_URL for the one called chat."));
        ChannelTrial trial = ChannelTrial.of(channel, api.notices(), api.clock());
        String said = trial.answer() + ", after " + Figures.number(trial.milliseconds()) + " ms.";
        return trial.ok()
                ? Done.good(PATH, "The channel " + channel.name() + " took the test: " + said)
                : Done.bad(PATH, "The channel " + channel.name() + " did not take the test: " + said);
    }
}
