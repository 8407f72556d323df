package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The endpoints of the relay, as {@code GET /v1/relay} has them. @param empty stands there where none is configured */
public record RelayPage(Grid grid, Empty empty) implements Page {
    static final String PATH = "/ui/relay";

    @Override
    public String title() {
        return "Relay";
    }

    @Override
    public String section() {
        return PATH;
    }

    static RelayPage of(Api api, Visit visit) throws StoreException {
        long newest = api.reads().nextSequence() - 1;
        List<Grid.Row> rows = new ArrayList<>();
        for (EndpointSettings settings : api.relay().endpoints()) {
            Optional<RelayEndpoint> stored = api.reads().relay().endpoint(settings.name());
            if (stored.isPresent()) {
                rows.add(row(settings, stored.get(), newest, visit.now()));
            }
        }
        return new RelayPage(
                new Grid(
                        "endpoint-table",
                        "Endpoints",
                        List.of(
                                Grid.Column.text("Endpoint"),
                                Grid.Column.text("State"),
                                Grid.Column.text("Reason"),
                                Grid.Column.number("Behind"),
                                Grid.Column.text("Last success"),
                                Grid.Column.text("Failing since"),
                                Grid.Column.text("Next probe"),
                                Grid.Column.text("URL")),
                        rows),
                new Empty(
                        "No endpoint is configured, so no change is pushed. Make a secret, and give the server the URL"
                                + " that takes the changes, as docs/relay.md says.",
                        List.of(
                                "scripts/sendstatus relay secret",
                                "export SENDSTATUS_RELAY_URL=https://example.com/sendstatus"
                                        + " SENDSTATUS_RELAY_SECRET=whsec_…")));
    }

    private static Grid.Row row(EndpointSettings settings, RelayEndpoint endpoint, long newest, Instant now) {
        return Grid.Row.of(
                Grid.Cell.link(endpoint.name(), RelayWords.href(endpoint.name())),
                Grid.Cell.badges(List.of(RelayWords.badge(endpoint.state()))),
                Grid.Cell.text(endpoint.reason()),
                Grid.Cell.number(Math.max(0, newest - endpoint.position()), null),
                Grid.Cell.moment(Moment.orNull(endpoint.lastSuccessAt(), now)),
                Grid.Cell.moment(Moment.orNull(endpoint.failingSince(), now)),
                Grid.Cell.moment(Moment.orNull(endpoint.nextProbeAt(), now)),
                Grid.Cell.text(settings.destination().shown()));
    }
}
