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
import org.jspecify.annotations.Nullable;

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
        List<Pushed> pushes = new ArrayList<>();
        for (EndpointSettings settings : api.relay().endpoints()) {
            Optional<RelayEndpoint> endpoint = api.reads().relay().endpoint(settings.name());
            for (RecordedEvent change : changes) {
                if (endpoint.isPresent()) {
                    pushes.add(new Pushed(
                            endpoint.get(),
                            change.sequence(),
                            api.reads()
                                    .relay()
                                    .delivery(settings.name(), change.sequence())
                                    .orElse(null)));
                }
            }
        }
        return new Columns<>(pushes, now)
                .link(
                        "Endpoint",
                        one -> one.endpoint().name(),
                        one -> RelayPage.href(one.endpoint().name()))
                .text("Change", one -> Long.toString(one.sequence()))
                .badges("State", one -> List.of(one.state()))
                .figure(
                        "Attempts",
                        one -> one.delivery() == null
                                ? ""
                                : Figures.number(one.delivery().attempts()))
                .moment(
                        "Last try",
                        one -> one.delivery() == null ? null : one.delivery().triedAt())
                .text(
                        "Answer",
                        one -> one.delivery() == null ? "" : one.delivery().error())
                .grid("pushes", "Pushes");
    }

    /**
     * A change on its way to an endpoint.
     *
     * @param delivery null where it went well at once, where it waits, and where the endpoint's filters leave it out
     */
    private record Pushed(
            RelayEndpoint endpoint, long sequence, @Nullable RelayDelivery delivery) {
        private Badge state() {
            if (delivery == null) {
                return sequence <= endpoint.position() ? new Badge("done", Kind.GOOD) : new Badge("waits", Kind.OPEN);
            }
            return switch (delivery.state()) {
                case RETRYING -> new Badge("retrying", Kind.WARNING);
                case FAILED -> new Badge("failed", Kind.BAD);
                case DELIVERED -> new Badge("pushed", Kind.GOOD);
            };
        }
    }
}
