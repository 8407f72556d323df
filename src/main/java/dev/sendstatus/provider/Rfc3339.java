package dev.sendstatus.provider;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that providers write: {@code 2020-06-25T18:42:36.979Z}, with 0 to 9 fraction digits (Bandwidth leaves out
 * trailing groups of zeros, Telnyx writes three or six) and {@code Z} or an offset. By hand, because several are read for each
 * event: {@code java.time}'s formatter took more of a Telnyx callback's time than its signature. A broken one is no exception but
 * a time that is not known.
 */
public final class Rfc3339 {
    private static final int SECONDS_A_DAY = 86_400;
    private static final int DIGITS_OF_NANOS = 9;
    private static final int WITHOUT_FRACTION = "2020-06-25T18:42:36".length();

    private final String text;
    private int at;

    private Rfc3339(String text) {
        this.text = text;
    }

    /** Null for anything that is no such time between the years 1970 and 9999. */
    public static @Nullable Instant read(@Nullable String text) {
        return text == null || text.length() <= WITHOUT_FRACTION ? null : new Rfc3339(text).read();
    }

    private @Nullable Instant read() {
        int year = number(4);
        int month = take('-') ? number(2) : -1;
        int day = take('-') ? number(2) : -1;
        int hour = take('T') || take('t') ? number(2) : -1;
        int minute = take(':') ? number(2) : -1;
        int second = take(':') ? number(2) : -1;
        int nanos = take('.') ? fraction() : 0;
        Integer offset = offset();
        if (year < 1970
                || month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()
                || outside(hour, 23)
                || outside(minute, 59)
                || outside(second, 60)
                || nanos < 0
                || offset == null
                || at != text.length()) {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        // A leap second, which RFC 3339 allows and java.time does not, becomes the second after it.
        return Instant.ofEpochSecond(days * SECONDS_A_DAY + hour * 3600L + minute * 60L + second - offset, nanos);
    }

    /** Seconds east of Greenwich; null if there is no offset here. */
    private @Nullable Integer offset() {
        if (take('Z') || take('z')) {
            return 0;
        }
        int sign = take('+') ? 1 : take('-') ? -1 : 0;
        int hours = number(2);
        int minutes = take(':') ? number(2) : -1;
        return sign == 0 || outside(hours, 23) || outside(minutes, 59) ? null : sign * (hours * 3600 + minutes * 60);
    }

    private int fraction() {
        int start = at;
        int nanos = 0;
        while (at < text.length() && at - start < DIGITS_OF_NANOS && isDigit(text.charAt(at))) {
            nanos = nanos * 10 + text.charAt(at++) - '0';
        }
        if (at == start) {
            return -1;
        }
        for (int digits = at - start; digits < DIGITS_OF_NANOS; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private int number(int digits) {
        if (at + digits > text.length()) {
            return -1;
        }
        int number = 0;
        for (int end = at + digits; at < end; at++) {
            if (!isDigit(text.charAt(at))) {
                return -1;
            }
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean outside(int value, int greatest) {
        return value < 0 || value > greatest;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
