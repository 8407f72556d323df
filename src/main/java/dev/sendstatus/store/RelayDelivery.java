package dev.sendstatus.store;

import dev.sendstatus.event.MessageKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change that an endpoint did not take while it took others, or that waits behind such a one.
 *
 * @param sequence of the change
 * @param nextAt when it is tried next; null while an earlier change of its message is retried, and at the end
 * @param triedAt the last time; null if it was not tried yet
 * @param httpStatus of the last answer; null if there was none
 * @param error the reason why the last try failed; null after a success
 * @param excerpt how the last answer began; null if it was empty
 */
public record RelayDelivery(
        long sequence,
        MessageKey message,
        State state,
        int attempts,
        @Nullable Instant nextAt,
        @Nullable Instant triedAt,
        @Nullable Integer httpStatus,
        @Nullable String error,
        @Nullable String excerpt) {

    /** The state of a delivery. */
    public enum State {
        /** It is tried again. */
        RETRYING,
        /** A person has to say that it be tried again. */
        FAILED,
        DELIVERED
    }
}
