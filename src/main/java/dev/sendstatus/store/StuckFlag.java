package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a message was found stuck, and how that ended.
 *
 * @param from the sender; null if unknown
 * @param waitingSince since when the message waits
 * @param dueAt when it became stuck: its waiting time plus the threshold at that time
 * @param flaggedAt when the sweep found it
 * @param reason as far as it was known then
 * @param ending null while it is stuck
 * @param endedAt when it ended: with a late report, that report's time; null while it is stuck
 */
public record StuckFlag(
        MessageKey message,
        AccountName account,
        @Nullable String from,
        Instant waitingSince,
        Instant dueAt,
        Instant flaggedAt,
        StuckReason reason,
        @Nullable Ending ending,
        @Nullable Instant endedAt) {

    /** Whether the message is still counted as stuck. */
    public boolean active() {
        return ending == null;
    }

    /** This flag with its ending, which replaces an earlier one. */
    public StuckFlag ended(Ending how, Instant at) {
        return new StuckFlag(message, account, from, waitingSince, dueAt, flaggedAt, reason, how, at);
    }

    /**
     * This flag with the ending that its message's state gives it, at that state's own time: the report came late, and
     * that is when it says the end was.
     *
     * @param state no longer open
     */
    public StuckFlag settledBy(MessageState state) {
        Instant at = state.finalizedAt() != null ? state.finalizedAt() : state.lastEventAt();
        return switch (state.status()) {
            case DELIVERED -> ended(Ending.DELIVERED, at);
            case ERROR -> ended(Ending.FAILED, at);
            case SENT -> ended(Ending.UNCONFIRMED, at);
        };
    }

    /** How a stuck message ended. */
    public enum Ending {
        DELIVERED,
        FAILED,
        UNCONFIRMED,
        /** It was given up; a report may still come, and replaces this. */
        NEVER_REPORTED
    }
}
