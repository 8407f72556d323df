package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pushes of a message's changes, with their results. */
final class Pushes {
    /** Of more changes than any message has. */
    private static final int MOST_CHANGES = 20;

    private Pushes() {}

    static Grid of(Api api, List<RecordedEvent> events, Instant now) throws StoreException {
        List<RecordedEvent> changes = events.stream()
                .filter(RecordedEvent::changed)
                .limit(MOST_CHANGES)
                .toList();
        List<Grid.Row> rows = new ArrayList<>();
        for (EndpointSettings settings : api.relay().endpoints()) {
            Optional<RelayEndpoint> endpoint = api.reads().relay().endpoint(settings.name());
            for (RecordedEvent change : changes) {
                if (endpoint.isPresent()) {
                    rows.add(row(api, endpoint.get(), change, now));
                }
            }
        }
        return new Grid(
                "pushes",
                "Pushes",
                List.of(
                        Grid.Column.text("Endpoint"),
                        Grid.Column.text("Change"),
                        Grid.Column.text("State"),
                        Grid.Column.number("Attempts"),
                        Grid.Column.text("Last try"),
                        Grid.Column.text("Answer")),
                rows);
    }

    private static Grid.Row row(Api api, RelayEndpoint endpoint, RecordedEvent change, Instant now)
            throws StoreException {
        Optional<RelayDelivery> delivery = api.reads().relay().delivery(endpoint.name(), change.sequence());
        boolean passed = change.sequence() <= endpoint.position();
        Badge state = delivery.map(one -> switch (one.state()) {
                    case RETRYING -> new Badge("retrying", Kind.WARNING);
                    case FAILED -> new Badge("failed", Kind.BAD);
                    case DELIVERED -> new Badge("pushed", Kind.GOOD);
                })
                // Of what went well at once there is no row; nor of what the endpoint's filters leave out.
                .orElseGet(() -> passed ? new Badge("done", Kind.GOOD) : new Badge("waits", Kind.OPEN));
        return Grid.Row.of(
                Grid.Cell.link(endpoint.name(), RelayWords.href(endpoint.name())),
                Grid.Cell.text(Long.toString(change.sequence())),
                Grid.Cell.badges(List.of(state)),
                Grid.Cell.text(
                        delivery.map(one -> Figures.number(one.attempts())).orElse("")),
                Grid.Cell.moment(
                        Moment.orNull(delivery.map(RelayDelivery::triedAt).orElse(null), now)),
                Grid.Cell.text(delivery.map(RelayDelivery::error).orElse("")));
    }
}
