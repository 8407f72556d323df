package dev.sendstatus.store;

import dev.sendstatus.event.Progress;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored.
 *
 * @param flag that it was found stuck; null if it never was. An ended flag stays.
 * @param lastCallbackAt when the last callback of its account came; null if none ever did
 * @param unreadCallback whether it is open, and a callback that names it lies in quarantine
 */
public record StoredMessage(
        MessageState state,
        @Nullable StuckFlag flag,
        @Nullable Instant lastCallbackAt,
        boolean unreadCallback) {

    /**
     * Why it is stuck, where it is. A callback that came for it and could not be read is the nearest cause. An account is silent if nothing at all came for it for as long as one of its messages may
     * take. Where nothing ever came and the message was only registered, the reason stays that it never had any callback:
     * that account's webhook URL was most likely never set, while a silence is something that worked and broke.
     */
    public StuckReason stuckReason(Duration threshold, Instant asOf) {
        if (unreadCallback) {
            return StuckReason.CALLBACK_NOT_UNDERSTOOD;
        }
        if (lastCallbackAt == null && state.progress() == Progress.REGISTERED) {
            return StuckReason.NEVER_ANY_CALLBACK;
        }
        return StuckReason.of(
                state.progress(), lastCallbackAt == null || lastCallbackAt.isBefore(asOf.minus(threshold)));
    }
}
