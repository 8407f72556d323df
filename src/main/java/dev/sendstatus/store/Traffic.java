package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;

/**
 * Callbacks that came for an account.
 *
 * @param at some time in the hour in which they came
 */
public record Traffic(AccountName account, Instant at, long callbacks) {
    private static final long HOUR_SECONDS = 3_600;

    /** That hour, counted from 1970. */
    public long hour() {
        return Math.floorDiv(at.getEpochSecond(), HOUR_SECONDS);
    }
}
