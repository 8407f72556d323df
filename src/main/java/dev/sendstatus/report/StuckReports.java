package dev.sendstatus.report;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes reports from what is stored, and writes nothing. Immutable; any thread may call it. */
public final class StuckReports {
    private static final Logger LOG = LoggerFactory.getLogger(StuckReports.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final Reads reads;
    private final StuckLimits limits;
    private final ReportSettings settings;

    public StuckReports(Reads reads, StuckLimits limits, ReportSettings settings) {
        this.reads = reads;
        this.limits = limits;
        this.settings = settings;
    }

    /** The day that it is at that moment, by the clocks of the reports. */
    public LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, settings.timeZone());
    }

    /**
     * The report as of now, with the changes of the last 24 hours; the total is compared with that of yesterday's report. Needs
     * no server and no sweep to have run.
     */
    public StuckReport asOfNow(Instant now) throws StoreException {
        StuckReport yesterday = kept(day(now).minusDays(1)).orElse(null);
        return report(null, now.minus(DAY), now, now, null, yesterday);
    }

    /**
     * A day's report, as of the time at which it was due, whenever it is made. Changes are counted from the report of the day
     * before, so that none falls between two reports when the settings change; without one, from when it was due.
     */
    public StuckReport ofDay(LocalDate date, Instant madeAt) throws StoreException {
        Instant asOf = settings.dueAt(date);
        StuckReport before = kept(date.minusDays(1)).orElse(null);
        if (before == null) {
            return report(date, settings.dueAt(date.minusDays(1)), asOf, madeAt, null, null);
        }
        // A change of zone can make a day's report due before that of the day before was.
        Instant since = before.asOf().isBefore(asOf) ? before.asOf() : asOf;
        Set<MessageKey> listed =
                before.stuck().stream().map(StuckItem::message).collect(Collectors.toUnmodifiableSet());
        return report(date, since, asOf, madeAt, listed, before);
    }

    private StuckReport report(
            @Nullable LocalDate date,
            Instant since,
            Instant asOf,
            Instant madeAt,
            @Nullable Set<MessageKey> listedBefore,
            @Nullable StuckReport before)
            throws StoreException {
        StuckSnapshot snapshot = new StuckSnapshot(reads, limits, since, asOf, date == null, listedBefore);
        snapshot.take();
        return new StuckReport(
                date,
                asOf,
                since,
                madeAt,
                settings.timeZone(),
                limits,
                before == null ? null : (long) before.total(),
                StuckGroups.of(snapshot.stuck),
                snapshot.newlyStuck,
                ResolvedLate.of(snapshot.resolved),
                new NeverReported(snapshot.givenUp),
                snapshot.stuck,
                SilentAccount.of(snapshot.stuck, snapshot.lastCallbacks, asOf));
    }

    /** The report that was kept of that day. Empty as well where its document cannot be read, which is logged. */
    public Optional<StuckReport> kept(LocalDate date) throws StoreException {
        Optional<KeptReport> kept = reads.report(date);
        try {
            return kept.isEmpty() ? Optional.empty() : Optional.of(ReportDocuments.read(kept.get()));
        } catch (UnreadableReport e) {
            LOG.warn("the report of {} is passed over: {}", date, e.getMessage());
            return Optional.empty();
        }
    }
}
