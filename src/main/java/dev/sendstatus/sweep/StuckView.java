package dev.sendstatus.sweep;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StuckFlag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a message is stuck at the time of a question: it was flagged, is open still, and has not been given up. */
public record StuckView(StuckSettings settings) {

    /** That a message is stuck. */
    public record Stuck(Instant flaggedAt, long ageSeconds, StuckReason reason) {}

    /** @param flag null if it was never found stuck */
    public Optional<Stuck> of(MessageState state, @Nullable StuckFlag flag, Instant now) {
        if (flag == null || flag.ending() != null || !state.open()) {
            return Optional.empty();
        }
        Duration age = Duration.between(state.waitingSince(), now);
        if (age.compareTo(settings.giveUp()) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Stuck(flag.flaggedAt(), age.toSeconds(), flag.reason()));
    }
}
