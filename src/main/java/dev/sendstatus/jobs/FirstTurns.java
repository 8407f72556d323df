package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the jobs' rows at a node's start: makes those that are missing, and moves turns as its configuration says.
 *
 * <p>The scheduler's own {@code ScheduleRecurringOnStartup} makes rows, and brings a turn forward where the interval was shortened. It neither
 * has a sweep run at every start, nor puts off a job that is a burden, nor reads the last success for its metric, and it is not tried again while
 * the database is away.
 */
final class FirstTurns {
    private static final Logger LOG = LoggerFactory.getLogger(FirstTurns.class);

    private final Collection<JobTask> tasks;
    private final JobOutcomes outcomes;
    private final InstantSource clock;

    FirstTurns(Collection<JobTask> tasks, JobOutcomes outcomes, InstantSource clock) {
        this.tasks = tasks;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** May be called again after it threw. */
    void plan(SchedulerClient client) {
        for (JobTask task : tasks) {
            Optional<ScheduledExecution<Object>> row = client.getScheduledExecution(task.row());
            if (row.isEmpty()) {
                // Another node may be at the same: one of the two makes the row, and both have it then.
                client.scheduleIfNotExists(
                        task.task().instance(task.row().getId()), task.job().first(clock.instant()));
            } else {
                move(client, task, row.get());
            }
        }
    }

    private void move(SchedulerClient client, JobTask task, ScheduledExecution<Object> row) {
        Instant lastSuccess = row.getLastSuccess();
        if (lastSuccess != null) {
            outcomes.succeeded(task.job().name(), lastSuccess);
        }
        Instant planned = row.getExecutionTime();
        Instant wanted = task.job().atStart(clock.instant(), planned);
        if (row.isPicked() || wanted.equals(planned)) {
            return;
        }
        try {
            client.reschedule(task.row(), wanted);
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException e) {
            // Several nodes that start at once all want this: one has it.
            LOG.debug(
                    "another node has moved or taken the job {} meanwhile",
                    task.job().name());
        }
    }
}
