package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.sendstatus.text.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the scheduler's own troubles into the log. Its own logger is off ({@code logback.xml}): it writes a stack trace each time
 * that it looks at its table in vain, which is every five seconds for as long as the database is away.
 */
final class TableWatch extends AbstractSchedulerListener {
    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);

    static final String TABLE = "the table scheduled_tasks";

    private static final String SILENT = "it does not answer";

    private final Outage reading = new Outage(LOG, "reading which jobs are due", TABLE);
    private final Outage writing = new Outage(LOG, "writing down who runs a job", TABLE);

    /** A job could not be taken: the scheduler tells that only to the thread that tried. */
    void couldNotTake(Thread thread, Throwable cause) {
        writing.lasts(reason(cause));
    }

    /** The innermost failure, which the database or its driver told. */
    static String reason(Throwable failure) {
        return failure.getCause() == null ? String.valueOf(failure.getMessage()) : reason(failure.getCause());
    }

    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
        switch (type) {
            case RAN_EXECUTE_DUE -> reading.isOver();
            case UNEXPECTED_ERROR -> reading.lasts(SILENT);
            case COMPLETIONHANDLER_ERROR, FAILUREHANDLER_ERROR, FAILED_MULTIPLE_HEARTBEATS -> writing.lasts(SILENT);
            // A heartbeat that finds the job just ended "failed" as well; those two say nothing about an outage.
            case FAILED_HEARTBEAT, DEAD_EXECUTION -> LOG.debug("the scheduler says {}", type);
            case RAN_UPDATE_HEARTBEATS, RAN_DETECT_DEAD -> LOG.trace("the scheduler says {}", type);
            case UNRESOLVED_TASK -> LOG.info("the table scheduled_tasks has a job that only another version knows");
        }
    }

    @Override
    public void onExecutionStart(CurrentlyExecuting taken) {
        writing.isOver();
    }

    @Override
    public void onExecutionDead(Execution execution) {
        LOG.warn(
                "the job {} was left unfinished by {}, which has given no sign since {}: it is taken over",
                execution.getTaskName(),
                execution.pickedBy,
                execution.lastHeartbeat);
    }
}
