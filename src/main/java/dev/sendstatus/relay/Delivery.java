package dev.sendstatus.relay;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Change;
import dev.sendstatus.store.RelayDelivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change on its way to one endpoint. Of one thread. */
final class Delivery {
    private static final long NEVER = -1;

    final long sequence;
    final MessageKey message;
    /** Null for one that is stored: it is read again when it is its turn. */
    @Nullable
    Change change;

    /** Null as long as neither this nor one before it failed by itself. */
    @Nullable
    RelayDelivery stored;

    /** How many successes counted when this one seemed to show that the endpoint fails. */
    private long suspectedAt = NEVER;

    Delivery(Change change) {
        this.sequence = change.sequence();
        this.message = change.after().message();
        this.change = change;
    }

    Delivery(RelayDelivery stored) {
        this.sequence = stored.sequence();
        this.message = stored.message();
        this.stored = stored;
    }

    void store(RelayDelivery kept) {
        stored = kept;
        change = null;
    }

    int attempts() {
        return stored == null ? 0 : stored.attempts();
    }

    /** The time from which it may be tried; null for at once. */
    @Nullable
    Instant due() {
        return stored == null ? null : stored.nextAt();
    }

    /** It seems to show that the endpoint fails. @param successes that the endpoint had until now */
    void suspect(long successes) {
        suspectedAt = successes;
    }

    /** Whether it seemed so before, and the endpoint took others since: then the fault is this one's. */
    boolean isAtFault(long successes) {
        return suspectedAt != NEVER && successes > suspectedAt;
    }
}
