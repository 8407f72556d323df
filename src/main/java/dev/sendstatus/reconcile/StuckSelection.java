package dev.sendstatus.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which stuck messages to ask about.
 *
 * @param olderThan how long they have been waiting at least; null for their account's stuck threshold
 * @param limit how many of an account at the most, those that wait longest
 * @param givenUpToo whether those that were given up are asked about as well
 */
public record StuckSelection(@Nullable Duration olderThan, int limit, boolean givenUpToo) {
    /** All messages that are stuck, for as long as they are called so. */
    public static final StuckSelection ALL_STUCK = new StuckSelection(null, Integer.MAX_VALUE, false);

    public StuckSelection {
        if (limit < 1 || (olderThan != null && olderThan.isNegative())) {
            throw new IllegalArgumentException("at least one message, and no time to come: " + limit);
        }
    }
}
