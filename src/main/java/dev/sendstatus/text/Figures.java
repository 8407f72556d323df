package dev.sendstatus.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers, durations and times for a person, whatever the machine's own language is. */
public final class Figures {
    private static final long MINUTE_MILLIS = 60_000;

    private Figures() {}

    /** {@code 12,345}. */
    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1,200}; with one decimal if it is no whole number: {@code 3.5}. */
    public static String number(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0
                ? number(number.longValue())
                : number.setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** {@code 98.2 %}. @param share from 0 to 1 */
    public static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }

    /** {@code 1 message}, {@code 1,200 messages}. */
    public static String messages(long count) {
        return number(count) + (count == 1 ? " message" : " messages");
    }

    /** The two greatest units: {@code 6 d 18 h}. */
    public static String duration(long seconds) {
        Duration length = Duration.ofSeconds(seconds);
        if (length.toDays() > 0) {
            return length.toHoursPart() == 0
                    ? length.toDays() + " d"
                    : length.toDays() + " d " + length.toHoursPart() + " h";
        }
        if (length.toHours() > 0) {
            return length.toMinutesPart() == 0
                    ? length.toHours() + " h"
                    : length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toMinutes() > 0 ? length.toMinutes() + " min" : seconds + " s";
    }

    /** As {@link #duration}; below a minute to the tenth of a second: {@code 1.2 s}. */
    public static String latency(long millis) {
        return millis < MINUTE_MILLIS
                ? BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.HALF_EVEN) + " s"
                : duration(millis / 1_000);
    }

    /** In UTC, to the second: {@code 2026-11-02T06:00:00Z}. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
