package dev.sendstatus.provider.telnyx;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that a signature covers: Unix seconds, as the digits that were sent, since these are what was signed.
 *
 * @param digits at least one, ASCII
 */
record SignedTime(String digits, long seconds) {
    /** Both ways: Telnyx's current libraries refuse future times as well as old ones. */
    static final long TOLERANCE_SECONDS = 300;

    private static final int MOST_DIGITS = 12;

    /** Null if these are not digits, or too many for a time. */
    static @Nullable SignedTime of(String text) {
        int length = text.length();
        if (length == 0 || length > MOST_DIGITS) {
            return null;
        }
        long seconds = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            seconds = seconds * 10 + (c - '0');
        }
        return new SignedTime(text, seconds);
    }

    byte[] bytes() {
        return digits.getBytes(StandardCharsets.US_ASCII);
    }

    boolean isNear(Instant now) {
        return Math.abs(now.getEpochSecond() - seconds) <= TOLERANCE_SECONDS;
    }
}
