package dev.sendstatus.app;

import dev.sendstatus.alert.Alerts;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.jobs.Job;
import dev.sendstatus.report.DailyReport;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.sweep.Sweeper;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that one node does for all nodes, and when: a line each. Each node's own duties are in {@link Duties}. */
final class BackgroundJobs {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundJobs.class);

    /**
     * The report is due at its time of day. It is looked for in between as well, since a clock that was wrong, or a changed setting,
     * may have put the next turn too far off; to find that nothing is due costs next to nothing.
     */
    private static final Duration REPORT_CHECK = Duration.ofHours(1);
    /** After a stop the providers send callbacks again. Those come first, since they need not be asked for. */
    private static final Duration RECONCILE_AFTER_START = Duration.ofMinutes(1);

    /** Little is due each time, and nothing stays much longer than it may. */
    private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

    private static final Duration ALERTS_INTERVAL = Duration.ofMinutes(1);
    private static final Duration RETENTION_AFTER_START = Duration.ofMinutes(2);

    private BackgroundJobs() {}

    static List<Job> of(
            Configuration configuration,
            Sweeper sweeper,
            DailyReport daily,
            Reconciliation reconciliation,
            RetentionRun retention,
            Alerts alerts) {
        return List.of(
                Job.every(configuration.stuck().sweepInterval(), "sweep", sweeper::sweep),
                dailyReport(daily, configuration.report()),
                Job.every(configuration.reconcileInterval(), "reconcile", reconciliation::run)
                        .seldom(RECONCILE_AFTER_START),
                Job.every(RETENTION_INTERVAL, "retention", retention::run).seldom(RETENTION_AFTER_START),
                Job.every(ALERTS_INTERVAL, "alerts", alerts::look));
    }

    static Job dailyReport(DailyReport daily, ReportSettings settings) {
        return Job.every(REPORT_CHECK, "daily-report", () -> makeDue(daily))
                .alsoAt(end -> settings.dueAt(settings.latestDue(end).plusDays(1)));
    }

    private static void makeDue(DailyReport daily) throws StoreException {
        for (LocalDate day : daily.makeDue()) {
            LOG.info("made the stuck report of {}", day);
        }
    }
}
