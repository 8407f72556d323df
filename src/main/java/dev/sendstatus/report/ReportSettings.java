package dev.sendstatus.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * The time at which a day's report is made: that time of day in that zone.
 *
 * @param channels names of channels by which it is told
 * @param onlyWhenStuck whether it is told only if something is stuck; it is kept all the same
 */
public record ReportSettings(LocalTime reportTime, ZoneId timeZone, List<String> channels, boolean onlyWhenStuck) {
    public ReportSettings {
        channels = List.copyOf(channels);
    }

    /** Told to nobody. */
    public ReportSettings(LocalTime reportTime, ZoneId timeZone) {
        this(reportTime, timeZone, List.of(), false);
    }

    /**
     * When that day's report is due. Every day has exactly one such instant: a time that the change to summer time skips is
     * moved on by as much as is skipped, and of a time that the change back repeats it is the first.
     */
    public Instant dueAt(LocalDate date) {
        return ZonedDateTime.of(date, reportTime, timeZone).toInstant();
    }

    /** The latest day whose report is due by then. */
    public LocalDate latestDue(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, timeZone);
        return dueAt(today).isAfter(now) ? today.minusDays(1) : today;
    }
}
