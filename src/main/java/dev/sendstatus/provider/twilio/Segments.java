package dev.sendstatus.provider.twilio;

import org.jspecify.annotations.Nullable;

/** A count of segments, which Twilio sends as text in forms and either way in Event Streams. */
final class Segments {
    /** More digits are no count of segments, and could be no {@code int}. */
    private static final int MOST_DIGITS = 6;

    private Segments() {}

    /** The count; 0, which means unknown, for anything that is none. */
    static int count(@Nullable String digits) {
        if (digits == null || digits.length() > MOST_DIGITS) {
            return 0;
        }
        int count = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            count = count * 10 + (c - '0');
        }
        return count;
    }
}
