package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job in the scheduler's terms: its row at a node's start, its turn, and the change of its row after the turn.
 *
 * <p>The scheduler's own {@code ScheduleRecurringOnStartup} makes rows, and brings a turn forward where the interval was shortened. It neither
 * has a sweep run at every start, nor puts off a job that is a burden, nor reads the last success for its metric, and it is not tried again while
 * the database is away.
 */
final class JobTask {
    private static final Logger LOG = LoggerFactory.getLogger(JobTask.class);
    /** There is one of each job for all nodes. */
    private static final String INSTANCE = "all-nodes";

    private final Job job;
    private final JobOutcomes outcomes;
    private final InstantSource clock;
    private final CustomTask<Void> task;

    JobTask(Job job, JobOutcomes outcomes, InstantSource clock) {
        this.job = job;
        this.outcomes = outcomes;
        this.clock = clock;
        this.task = Tasks.custom(job.name(), Void.class)
                .onFailure((failed, row) -> row.reschedule(failed, job.retry(failed.getTimeDone())))
                // Due when it was due, not now: on a node whose clock is behind it must not run before its time.
                .onDeadExecution((dead, row) -> row.reschedule(dead, dead.getExecution().executionTime))
                .execute((instance, context) -> turn());
    }

    CustomTask<Void> task() {
        return task;
    }

    /** Makes the row if it is missing, else moves the turn as this node's configuration says. May be called again after it threw. */
    void plan(SchedulerClient client) {
        TaskInstanceId id = TaskInstanceId.of(job.name(), INSTANCE);
        Optional<ScheduledExecution<Object>> row = client.getScheduledExecution(id);
        if (row.isEmpty()) {
            // Another node may be at the same: one of the two makes the row, and both have it then.
            client.scheduleIfNotExists(task.instance(INSTANCE), job.first(clock.instant()));
            return;
        }
        Instant lastSuccess = row.get().getLastSuccess();
        if (lastSuccess != null) {
            outcomes.succeeded(job.name(), lastSuccess);
        }
        Instant planned = row.get().getExecutionTime();
        Instant wanted = job.atStart(clock.instant(), planned);
        if (row.get().isPicked() || wanted.equals(planned)) {
            return;
        }
        try {
            client.reschedule(id, wanted);
        } catch (TaskInstanceCurrentlyExecutingException | ExecutionException e) {
            // Several nodes that start at once all want this: one has it.
            LOG.debug("another node has moved or taken the job {} meanwhile", job.name());
        }
    }

    private CompletionHandler<Void> turn() {
        try {
            job.body().run();
            outcomes.succeeded(job.name(), clock.instant());
            return (done, row) -> row.reschedule(done, job.next(done.getTimeDone()));
        } catch (InterruptedException e) {
            return JobTask::handOver;
        } catch (StoreException | RuntimeException | Error e) {
            outcomes.failed(job.name(), e);
            throw new JobFailed(job.name(), e);
        }
    }

    /** The interrupt is put back only now: with it the database could not be told. */
    private static void handOver(ExecutionComplete cutShort, ExecutionOperations<Void> row) {
        try {
            row.reschedule(cutShort, cutShort.getTimeDone());
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the scheduler that a turn failed; logged and counted by then. */
    private static final class JobFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        JobFailed(String job, Throwable cause) {
            super("the job " + job + " failed", cause);
        }
    }
}
