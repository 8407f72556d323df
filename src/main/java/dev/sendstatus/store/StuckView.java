package dev.sendstatus.store;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that is stuck now, as it is shown.
 *
 * @param flaggedAt when the sweep found it stuck; null where it has not come by yet
 * @param ageSeconds how long it has been waiting
 * @param reason as far as it is known now
 */
public record StuckView(@Nullable Instant flaggedAt, long ageSeconds, StuckReason reason) {

    /** Null for a message that is not stuck: by {@link StuckLimits}, whatever a sweep has noted. */
    public static @Nullable StuckView of(StoredMessage message, Instant now, StuckLimits limits) {
        MessageState state = message.state();
        Instant since = state.waitingSince();
        if (!state.open() || !limits.stuck(state.account(), since, now)) {
            return null;
        }
        StuckFlag flag = message.flag();
        return new StuckView(
                flag == null || !flag.active() ? null : flag.flaggedAt(),
                Duration.between(since, now).toSeconds(),
                message.stuckReason(limits.thresholdOf(state.account()), now));
    }
}
