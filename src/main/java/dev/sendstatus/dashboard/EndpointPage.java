package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.NumberedPage;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One endpoint of the relay, and the deliveries that it did not take while it took others. The parameters are those of {@code GET
 * /v1/relay/{name}/deliveries}.
 *
 * @param path of this page, without parameters
 * @param recover since when all is pushed again
 */
public record EndpointPage(
        String name,
        String path,
        Badge badge,
        List<Fact> facts,
        List<Button> buttons,
        Choice recover,
        Choice state,
        Grid deliveries,
        String empty,
        Pager pager) {
    private static final int ITEMS = 50;
    private static final String STATE = "state";

    static EndpointPage of(Api api, Visit visit) throws StoreException, WrongParameter, Unanswerable {
        EndpointSettings settings = api.endpoint(visit.path("name"));
        RelayEndpoint endpoint = api.reads()
                .relay()
                .endpoint(settings.name())
                .orElseThrow(
                        () -> new NotFound("The relay has not begun with this endpoint yet. Load the page again."));
        String path = RelayPage.href(settings.name());
        String word = visit.query(STATE);
        String cursor = visit.query(Pager.CURSOR);
        NumberedPage page = NumberedPage.of(ITEMS, cursor);
        List<RelayDelivery> found = api.reads()
                .relay()
                .deliveries(
                        settings.name(),
                        ParameterText.oneOf(STATE, word, RelayDelivery.State.values()),
                        page.before(),
                        page.lookedFor());
        return new EndpointPage(
                settings.name(),
                path,
                RelayPage.badge(endpoint.state()),
                facts(settings, endpoint, api.reads().nextSequence() - 1, visit.now()),
                buttons(path, endpoint),
                Choice.text("since", "Push again all that changed since", null, "24h, yesterday, 2026-11-25"),
                Choice.of(STATE, "State", word, List.of(RelayDelivery.State.values()), ParameterText::word),
                deliveries(page.shown(found), path, visit),
                word == null && cursor == null
                        ? "Everything was taken at the first try, or waits for its turn."
                        : "No delivery matches.",
                Pager.of(Place.of(path).with(STATE, word), cursor, page.next(found, RelayDelivery::sequence), "Older"));
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
        Columns<RelayDelivery> columns = new Columns<>(shown, visit.now())
                .add(Grid.Column.newestFirst("Change"), one -> Grid.Cell.text(Long.toString(one.sequence())))
                .link("Message", one -> one.message().id(), one -> MessageWords.href(one.message()))
                .badges("State", one -> List.of(RelayPage.badge(one.state())))
                .number("Attempts", RelayDelivery::attempts)
                .moment("Last try", RelayDelivery::triedAt)
                .moment("Next try", RelayDelivery::nextAt)
                .text("Error", RelayDelivery::error)
                .text("Answer", RelayDelivery::excerpt);
        if (visit.mayWrite()) {
            columns.button(
                    "Again",
                    one -> one.state() == RelayDelivery.State.DELIVERED
                            ? null
                            : new Button(
                                    path + "/deliveries/" + one.sequence() + "/retry",
                                    "Retry",
                                    "change " + one.sequence()));
        }
        return columns.grid("delivery-table", "Deliveries, the newest change first");
    }
}
