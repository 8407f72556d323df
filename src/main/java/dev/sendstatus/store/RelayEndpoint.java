package dev.sendstatus.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The position of an endpoint of the relay.
 *
 * @param feed whose sequence the position is of
 * @param position all changes at or before it are done, but for those that have a {@link RelayDelivery}
 * @param reason why it is not active; null if it is
 * @param probes how many have failed in a row
 * @param epoch raised by all who change this but the node that pushes, which then reads it again
 */
public record RelayEndpoint(
        String name,
        String feed,
        long position,
        State state,
        @Nullable String reason,
        @Nullable Instant failingSince,
        @Nullable Instant nextProbeAt,
        int probes,
        @Nullable Instant lastSuccessAt,
        @Nullable String owner,
        long epoch) {

    /** The same at another position. */
    public RelayEndpoint at(long otherPosition) {
        return new RelayEndpoint(
                name,
                feed,
                otherPosition,
                state,
                reason,
                failingSince,
                nextProbeAt,
                probes,
                lastSuccessAt,
                owner,
                epoch);
    }

    /** The state in which an endpoint takes changes, or does not. */
    public enum State {
        /** It takes them. */
        ACTIVE,
        /** One is tried at a time, from time to time. */
        FAILING,
        /** A person stopped it. */
        PAUSED,
        /** It wants none any more, by its own word. */
        GONE
    }
}
