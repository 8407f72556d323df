package dev.sendstatus.store;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a message that is stuck now.
 *
 * @param flaggedAt when it was found stuck
 * @param ageSeconds how long it has been waiting
 * @param reason what was known when it was found stuck
 */
public record StuckView(Instant flaggedAt, long ageSeconds, StuckReason reason) {

    /**
     * Null for a message that was not found stuck, has settled, or was given up: also where the sweep that will note the
     * end has not come by yet.
     */
    public static @Nullable StuckView of(
            MessageState state, @Nullable StuckFlag flag, Instant now, StuckLimits limits) {
        if (flag == null || !flag.active() || !state.open()) {
            return null;
        }
        Instant since = state.waitingSince();
        if (!limits.givenUpAt(since).isAfter(now)) {
            return null;
        }
        return new StuckView(
                flag.flaggedAt(), Math.max(0, Duration.between(since, now).toSeconds()), flag.reason());
    }
}
