package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A node without threads: it looks for jobs, and for dead nodes, when it is told to; a job runs before the look returns. */
public final class ManualNode {
    private final InstantSource clock;
    private final SettableClock schedulersClock = new SettableClock();
    private final TableWatch watch = new TableWatch();
    private final List<JobTask> tasks = new ArrayList<>();
    private final ManualScheduler scheduler;

    public ManualNode(List<Job> jobs, JobDatabase database, InstantSource clock) {
        this.clock = clock;
        JobOutcomes outcomes = new JobOutcomes(jobs, new SimpleMeterRegistry());
        List<Task<?>> known = new ArrayList<>();
        for (Job job : jobs) {
            JobTask task = new JobTask(job, outcomes, clock);
            tasks.add(task);
            known.add(task.task());
        }
        TestHelper.ManualSchedulerBuilder builder =
                TestHelper.createManualScheduler(database.connections(), known).clock(schedulersClock);
        builder.jdbcCustomization(database.dialect());
        builder.heartbeatInterval(Duration.ofSeconds(15));
        this.scheduler = builder.build();
    }

    public void start() {
        schedulersClock.set(clock.instant());
        tasks.forEach(task -> task.plan(scheduler));
    }

    /** A job that could not be taken is tried at the next look, as by the threads of a real node. */
    public void look() {
        schedulersClock.set(clock.instant());
        try {
            scheduler.runAnyDueExecutions();
        } catch (RuntimeException e) {
            watch.couldNotTake(Thread.currentThread(), e);
        }
    }

    public void lookForDeadNodes() {
        schedulersClock.set(clock.instant());
        scheduler.runDeadExecutionDetection();
    }
}
