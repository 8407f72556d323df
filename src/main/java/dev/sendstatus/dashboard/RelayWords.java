package dev.sendstatus.dashboard;

import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;

/** How pages name endpoints of the relay, and what becomes of deliveries. */
final class RelayWords {
    private RelayWords() {}

    static String href(String endpoint) {
        return RelayPage.PATH + "/" + Place.encoded(endpoint);
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
