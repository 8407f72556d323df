package dev.sendstatus.report;

import dev.sendstatus.event.Provider;
import dev.sendstatus.store.StuckFlag.Ending;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the reports spell what they name and count. */
final class ReportWords {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private ReportWords() {}

    static String key(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT);
    }

    static String text(Ending ending) {
        return switch (ending) {
            case DELIVERED -> "delivered";
            case FAILED -> "not delivered";
            case UNCONFIRMED -> "will never be known";
            case NEVER_REPORTED -> "never reported";
        };
    }

    /** {@code Twilio}: every provider so far writes its name as its word with a capital. */
    static String provider(Provider provider) {
        return capitalized(provider.word());
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code 2026-11-02 06:00}, by the clocks of that zone. */
    static String time(Instant time, ZoneId zone) {
        return MINUTE.format(time.atZone(zone));
    }
}
