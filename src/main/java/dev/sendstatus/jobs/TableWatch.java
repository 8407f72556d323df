package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.Execution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the scheduler's own troubles into the log. Its own logger is off ({@code logback.xml}): it writes a stack trace each time
 * that it looks at its table in vain, which is every five seconds for as long as the database is away.
 */
final class TableWatch extends AbstractSchedulerListener {
    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);

    private final Outage reading = new Outage("reading which jobs are due from the table scheduled_tasks");
    private final Outage writing = new Outage("writing to the table scheduled_tasks who runs a job");

    /** A job could not be taken: the scheduler tells that only to the thread that tried. */
    void couldNotTake(Thread thread, Throwable cause) {
        writing.failed(cause);
    }

    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
        switch (type) {
            case RAN_EXECUTE_DUE -> reading.over();
            case UNEXPECTED_ERROR -> reading.failed(null);
            case COMPLETIONHANDLER_ERROR, FAILUREHANDLER_ERROR, FAILED_MULTIPLE_HEARTBEATS -> writing.failed(null);
            // A heartbeat that finds the job just ended "failed" as well; those two say nothing about an outage.
            case FAILED_HEARTBEAT, DEAD_EXECUTION -> LOG.debug("the scheduler says {}", type);
            case RAN_UPDATE_HEARTBEATS, RAN_DETECT_DEAD -> LOG.trace("the scheduler says {}", type);
            case UNRESOLVED_TASK -> LOG.info("the table scheduled_tasks has a job that only another version knows");
        }
    }

    @Override
    public void onExecutionStart(CurrentlyExecuting taken) {
        writing.over();
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
