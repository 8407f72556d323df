package dev.sendstatus.report;

import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one report a day, exactly once, whatever was down when it was due and however many nodes run: the store decides whose
 * report of a day is kept. To be called every now and then, and at the start; does nothing when nothing is due. Holds no
 * state.
 */
public final class DailyReport {
    /** After a longer outage the oldest days are left out: nobody reads them, and they would say little. */
    static final int MOST_AT_ONCE = 31;

    private final Store store;
    private final Reads reads;
    private final StuckReports reports;
    private final ReportSettings settings;
    private final InstantSource clock;

    public DailyReport(Store store, Reads reads, StuckReports reports, ReportSettings settings, InstantSource clock) {
        this.store = store;
        this.reads = reads;
        this.reports = reports;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes and keeps every report that is due and not kept yet, the oldest first, since each is compared with the one before.
     * The first of all is that of the day on which the program first ran past the report time.
     *
     * @return the days whose report this call was the one to keep
     * @throws StoreException with the reports kept by then staying kept; the next call makes the rest
     */
    public List<LocalDate> makeDue() throws StoreException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<LocalDate> made = new ArrayList<>();
        for (LocalDate date : due(now)) {
            StuckReport report = reports.ofDay(date, now);
            boolean told = report.total() > 0 || !settings.onlyWhenStuck();
            KeptReport kept = new KeptReport(date, now, ReportJson.write(report));
            if (store.keep(kept, told ? settings.channels() : List.of(), clock.instant())) {
                made.add(date);
            }
        }
        return made;
    }

    private List<LocalDate> due(Instant now) throws StoreException {
        LocalDate latest = settings.latestDue(now);
        List<LocalDate> kept = reads.reportDates();
        if (kept.isEmpty()) {
            boolean timeHasComeToday = latest.equals(LocalDate.ofInstant(now, settings.timeZone()));
            return timeHasComeToday ? List.of(latest) : List.of();
        }
        LocalDate first = kept.get(0).plusDays(1);
        LocalDate earliest = latest.minusDays(MOST_AT_ONCE - 1L);
        if (first.isBefore(earliest)) {
            first = earliest;
        }
        return first.isAfter(latest)
                ? List.of()
                : first.datesUntil(latest.plusDays(1)).toList();
    }
}
