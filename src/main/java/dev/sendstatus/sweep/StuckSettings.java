package dev.sendstatus.sweep;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.state.StuckLimits;
import java.time.Duration;
import java.util.Map;

/**
 * When a message counts as stuck.
 *
 * @param threshold how long it may wait before it is stuck
 * @param accountThresholds where an account has its own
 * @param sweepInterval how often to look
 * @param giveUp after how long it counts as never reported; longer than every threshold
 */
public record StuckSettings(
        Duration threshold, Map<AccountName, Duration> accountThresholds, Duration sweepInterval, Duration giveUp) {

    public StuckSettings {
        accountThresholds = Map.copyOf(accountThresholds);
    }

    /** The part of this that says what is stuck, for those who may not know the sweep. */
    public StuckLimits limits() {
        return new StuckLimits(threshold, accountThresholds, giveUp);
    }
}
