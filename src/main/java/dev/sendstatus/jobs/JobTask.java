package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.sendstatus.store.StoreException;
import java.time.InstantSource;

/** A job in the scheduler's terms: its turn, and the change of its row after the turn. */
final class JobTask {
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

    Job job() {
        return job;
    }

    CustomTask<Void> task() {
        return task;
    }

    TaskInstanceId row() {
        return TaskInstanceId.of(job.name(), INSTANCE);
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
