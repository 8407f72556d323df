package dev.sendstatus.state;

import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a message for one recipient.
 *
 * @param to null while nobody has been named
 * @param progress how far it got
 * @param providerStatus the provider's word that decided
 * @param errorCode with an error or an unconfirmed end; null if there is none
 * @param conflict an error and a delivery confirmation were both reported
 * @param carrier null if unknown
 * @param updatedAt the provider's time of the statement that decided, else its arrival
 */
public record RecipientState(
        @Nullable Recipient to,
        Progress progress,
        String providerStatus,
        @Nullable String errorCode,
        boolean conflict,
        @Nullable String carrier,
        Instant updatedAt) {

    public SendStatus status() {
        return progress.status();
    }

    public boolean unconfirmed() {
        return progress == Progress.UNCONFIRMED;
    }

    /** Whether both say the same, whatever the time. */
    boolean sameOutcome(RecipientState other) {
        return progress == other.progress
                && conflict == other.conflict
                && Objects.equals(to, other.to)
                && Objects.equals(errorCode, other.errorCode)
                && providerStatus.equals(other.providerStatus);
    }
}
