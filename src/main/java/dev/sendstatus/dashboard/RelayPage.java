package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The endpoints of the relay, as {@code GET /v1/relay} has them. */
public record RelayPage(Grid grid) {
    static final String PATH = "/ui/relay";

    static RelayPage of(Api api, Visit visit) throws StoreException {
        long newest = api.reads().nextSequence() - 1;
        Map<RelayEndpoint, EndpointSettings> endpoints = new LinkedHashMap<>();
        for (EndpointSettings settings : api.relay().endpoints()) {
            api.reads().relay().endpoint(settings.name()).ifPresent(stored -> endpoints.put(stored, settings));
        }
        return new RelayPage(new Columns<>(endpoints.entrySet(), visit.now())
                .link(
                        "Endpoint",
                        one -> one.getKey().name(),
                        one -> href(one.getKey().name()))
                .badges("State", one -> List.of(badge(one.getKey().state())))
                .text("Reason", one -> one.getKey().reason())
                .number("Behind", one -> Math.max(0, newest - one.getKey().position()))
                .moment("Last success", one -> one.getKey().lastSuccessAt())
                .moment("Failing since", one -> one.getKey().failingSince())
                .moment("Next probe", one -> one.getKey().nextProbeAt())
                .text("URL", one -> one.getValue().destination().shown())
                .grid("endpoint-table", "Endpoints"));
    }

    static String href(String endpoint) {
        return PATH + "/" + Place.encoded(endpoint);
    }

    static Badge badge(RelayEndpoint.State state) {
        return switch (state) {
            case ACTIVE -> new Badge("active", Kind.GOOD);
            case FAILING -> new Badge("failing", Kind.BAD);
            case PAUSED -> new Badge("paused", Kind.WARNING);
            case GONE -> new Badge("gone", Kind.BAD);
        };
    }

    static Badge badge(RelayDelivery.State state) {
        return switch (state) {
            case RETRYING -> new Badge("retrying", Kind.WARNING);
            case FAILED -> new Badge("failed", Kind.BAD);
            case DELIVERED -> new Badge("delivered", Kind.GOOD);
        };
    }
}
