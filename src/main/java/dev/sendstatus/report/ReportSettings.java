package dev.sendstatus.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When a day's report is made: at that time of day in that zone. */
public record ReportSettings(LocalTime reportTime, ZoneId timeZone) {

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
