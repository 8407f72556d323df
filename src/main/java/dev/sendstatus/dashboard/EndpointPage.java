package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.relay.RelayDocument;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of the relay, and what it did not take while it took others. The parameters are those of {@code GET
 * /v1/relay/{name}/deliveries}.
 *
 * @param path of this page, without parameters
 * @param buttons empty for those who may only read
 * @param recover since when all is pushed again
 * @param more where older deliveries are
 */
public record EndpointPage(
        String name,
        String path,
        List<Badge> badges,
        List<Fact> facts,
        List<Button> buttons,
        Choice recover,
        Choice state,
        Grid deliveries,
        Empty empty,
        Pager more)
        implements Page {

    private static final int ITEMS = 50;
    private static final String STATE = "state";
    private static final String CURSOR = "cursor";

    @Override
    public String title() {
        return "Endpoint " + name;
    }

    @Override
    public String section() {
        return RelayPage.PATH;
    }

    static EndpointPage of(Api api, Visit visit) throws StoreException, WrongParameter, NotFound {
        EndpointSettings settings = RelayWords.endpoint(api, visit);
        RelayEndpoint endpoint = api.reads()
                .relay()
                .endpoint(settings.name())
                .orElseThrow(
                        () -> new NotFound("The relay has not begun with this endpoint yet. Load the page again."));
        String path = RelayWords.href(settings.name());
        String word = visit.query(STATE);
        String cursor = visit.query(CURSOR);
        List<RelayDelivery> found = api.reads()
                .relay()
                .deliveries(
                        settings.name(),
                        word == null ? null : RelayDocument.state(word),
                        cursor == null ? Long.MAX_VALUE : Cursor.read(cursor),
                        ITEMS + 1);
        boolean more = found.size() > ITEMS;
        List<RelayDelivery> shown = more ? found.subList(0, ITEMS) : found;
        return new EndpointPage(
                settings.name(),
                path,
                List.of(RelayWords.badge(endpoint.state())),
                facts(settings, endpoint, api.reads().nextSequence() - 1, visit.now()),
                visit.mayWrite() ? buttons(path, endpoint) : List.of(),
                Choice.text("since", "Push again all that changed since", null, "24h, yesterday, 2026-11-25"),
                Choice.of(
                        STATE,
                        "State",
                        word,
                        Arrays.stream(RelayDelivery.State.values())
                                .map(state -> state.name().toLowerCase(Locale.ROOT))
                                .toList()),
                deliveries(shown, path, visit),
                new Empty(
                        word == null && cursor == null
                                ? "Everything was taken at the first try, or waits for its turn."
                                : "No delivery matches.",
                        List.of()),
                pager(path, word, cursor, more ? shown.get(ITEMS - 1).sequence() : -1));
    }

    private static List<Fact> facts(EndpointSettings settings, RelayEndpoint endpoint, long newest, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.text("URL", settings.destination().shown()));
        String reason = endpoint.reason();
        if (reason != null) {
            facts.add(Fact.text("Why it takes nothing", reason));
        }
        facts.add(Fact.text(
                "Position",
                Figures.number(endpoint.position()) + " of " + Figures.number(newest) + ", "
                        + Figures.number(Math.max(0, newest - endpoint.position())) + " behind"));
        facts.add(Fact.moment("Last success", endpoint.lastSuccessAt(), now));
        if (endpoint.failingSince() != null) {
            facts.add(Fact.moment("Failing since", endpoint.failingSince(), now));
        }
        if (endpoint.nextProbeAt() != null) {
            facts.add(Fact.moment("Next probe", endpoint.nextProbeAt(), now));
        }
        return facts;
    }

    private static List<Button> buttons(String path, RelayEndpoint endpoint) {
        String about = "endpoint " + endpoint.name();
        List<Button> buttons = new ArrayList<>();
        buttons.add(new Button(path + "/test", "Test", about));
        if (endpoint.state() != RelayEndpoint.State.PAUSED) {
            buttons.add(new Button(path + "/pause", "Pause", about));
        }
        if (endpoint.state() != RelayEndpoint.State.ACTIVE) {
            buttons.add(new Button(path + "/resume", "Resume", about));
        }
        buttons.add(new Button(path + "/retry-failed", "Retry all that failed", "of " + about));
        return buttons;
    }

    private static Grid deliveries(List<RelayDelivery> shown, String path, Visit visit) {
        List<Grid.Row> rows = new ArrayList<>();
        for (RelayDelivery one : shown) {
            String sequence = Long.toString(one.sequence());
            List<Grid.Cell> cells = new ArrayList<>(List.of(
                    Grid.Cell.text(sequence),
                    Grid.Cell.link(one.message().id(), MessageWords.href(one.message())),
                    Grid.Cell.badges(List.of(RelayWords.badge(one.state()))),
                    Grid.Cell.number(one.attempts(), null),
                    Grid.Cell.moment(Moment.orNull(one.triedAt(), visit.now())),
                    Grid.Cell.moment(Moment.orNull(one.nextAt(), visit.now())),
                    Grid.Cell.text(one.error()),
                    Grid.Cell.text(one.excerpt())));
            if (visit.mayWrite()) {
                cells.add(
                        one.state() == RelayDelivery.State.DELIVERED
                                ? Grid.Cell.text("")
                                : Grid.Cell.button(new Button(
                                        path + "/deliveries/" + sequence + "/retry", "Retry", "change " + sequence)));
            }
            rows.add(new Grid.Row(cells));
        }
        List<Grid.Column> columns = new ArrayList<>(List.of(
                Grid.Column.newestFirst("Change"),
                Grid.Column.text("Message"),
                Grid.Column.text("State"),
                Grid.Column.number("Attempts"),
                Grid.Column.text("Last try"),
                Grid.Column.text("Next try"),
                Grid.Column.text("Error"),
                Grid.Column.text("Answer")));
        if (visit.mayWrite()) {
            columns.add(Grid.Column.text("Again"));
        }
        return new Grid("delivery-table", "Deliveries, the newest change first", columns, rows);
    }

    /** @param last the sequence after which older ones begin; -1 if there are none */
    private static Pager pager(String path, @Nullable String state, @Nullable String cursor, long last) {
        Map<String, List<String>> filter = state == null ? Map.of() : Map.of(STATE, List.of(state));
        String list = Visit.url(path, filter);
        String next = list + (state == null ? "?" : "&") + CURSOR + "=" + Cursor.write(last);
        return new Pager(cursor == null ? null : list, last < 0 ? null : next, "Older");
    }
}
