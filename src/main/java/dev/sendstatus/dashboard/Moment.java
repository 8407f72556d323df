package dev.sendstatus.dashboard;

import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time as a page shows it.
 *
 * @param datetime for programs
 * @param absolute {@code 2026-11-30 12:00:00 UTC}
 * @param relative {@code 3 min ago}
 */
public record Moment(String datetime, String absolute, String relative) {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    static Moment of(Instant time, Instant now) {
        long seconds = Duration.between(time, now).toSeconds();
        String relative = seconds < 0
                ? "in " + Figures.duration(-seconds)
                : seconds == 0 ? "now" : Figures.duration(seconds) + " ago";
        return new Moment(
                time.truncatedTo(ChronoUnit.MILLIS).toString(), SECOND.format(time.atOffset(ZoneOffset.UTC)), relative);
    }

    static @Nullable Moment orNull(@Nullable Instant time, Instant now) {
        return time == null ? null : of(time, now);
    }
}
