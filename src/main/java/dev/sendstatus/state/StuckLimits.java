package dev.sendstatus.state;

import dev.sendstatus.event.AccountName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * From when to when an open message counts as stuck: from {@link #dueAt} on, that instant included, until it is given up at
 * {@link #givenUpAt}, that instant excluded. From then on it counts as never reported.
 *
 * @param threshold how long a message may wait before it is stuck
 * @param accountThresholds where an account has its own
 * @param giveUp after how long it counts as never reported; longer than every threshold
 */
public record StuckLimits(Duration threshold, Map<AccountName, Duration> accountThresholds, Duration giveUp) {

    public StuckLimits {
        accountThresholds = Map.copyOf(accountThresholds);
    }

    public Duration thresholdOf(AccountName account) {
        return accountThresholds.getOrDefault(account, threshold);
    }

    /** The time at which the message becomes stuck, if it is still open by then. */
    public Instant dueAt(MessageState state) {
        return state.waitingSince().plus(thresholdOf(state.account()));
    }

    /** Whether a message of that account that is open, and has waited since then, is stuck at that moment. */
    public boolean stuck(AccountName account, Instant waitingSince, Instant now) {
        return !waitingSince.plus(thresholdOf(account)).isAfter(now)
                && givenUpAt(waitingSince).isAfter(now);
    }

    /** The time at which a message that has waited since then is given up. */
    public Instant givenUpAt(Instant waitingSince) {
        return waitingSince.plus(giveUp);
    }
}
