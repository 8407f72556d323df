package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.sendstatus.text.Outage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the background jobs, each on one of all nodes that share a database. Threads: {@code jobs-due} looks for due jobs, a
 * {@code job-…} for each job at most, and {@code jobs-housekeeper-…} for the start, the heartbeats and the look for dead nodes.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int HOUSEKEEPERS = 2;

    private final JobDatabase database;
    private final JobTiming timing;
    private final InstantSource clock;
    private final Supplier<String> node;
    private final List<JobTask> tasks = new ArrayList<>();
    private final TableWatch watch = new TableWatch();
    private final Outage planning = new Outage(LOG, "planning the first turns of the jobs", TableWatch.TABLE);
    private final ScheduledExecutorService housekeepers =
            Executors.newScheduledThreadPool(HOUSEKEEPERS, named("jobs-housekeeper-"));

    // Written under the monitor of this.
    private volatile @Nullable Scheduler scheduler;
    // Guarded by this.
    private boolean closed;

    /**
     * @param node asked for this node's name among the others, 50 characters at most; shown when its job is taken over. Asked on a
     *     thread of its own, since the name of a host may be slow to come
     */
    public Jobs(
            List<Job> jobs,
            JobDatabase database,
            JobTiming timing,
            Supplier<String> node,
            MeterRegistry meters,
            InstantSource clock) {
        this.database = database;
        this.timing = timing;
        this.clock = clock;
        this.node = node;
        JobOutcomes outcomes = new JobOutcomes(jobs, meters);
        for (Job job : jobs) {
            tasks.add(new JobTask(job, outcomes, clock));
        }
    }

    /** Returns at once. The start needs the database, and is tried until that is there. */
    public Jobs start() {
        housekeepers.execute(this::begin);
        return this;
    }

    private synchronized void begin() {
        if (closed) {
            return;
        }
        Scheduler starting = scheduler == null ? scheduler() : scheduler;
        scheduler = starting;
        try {
            tasks.forEach(task -> task.plan(starting));
            planning.isOver();
            starting.start();
        } catch (RuntimeException e) {
            planning.lasts(TableWatch.reason(e));
            again();
        }
    }

    private void again() {
        try {
            var unused = housekeepers.schedule(this::begin, timing.polling().toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped before the jobs had started");
        }
    }

    private Scheduler scheduler() {
        List<Task<?>> known = new ArrayList<>();
        tasks.forEach(task -> known.add(task.task()));
        ThreadFactory jobThreads = named("job-");
        return Scheduler.create(database.connections(), known)
                .jdbcCustomization(database.dialect())
                .clock(clock::instant)
                .schedulerName(new SchedulerName.Fixed(node.get()))
                .threads(known.size())
                .executorService(Executors.newFixedThreadPool(known.size(), task -> {
                    Thread thread = jobThreads.newThread(task);
                    thread.setUncaughtExceptionHandler(watch::couldNotTake);
                    return thread;
                }))
                .dueExecutor(new DueExecutor())
                .housekeeperExecutor(housekeepers)
                .pollingInterval(timing.polling())
                .heartbeatInterval(timing.heartbeat())
                .missedHeartbeatsLimit(timing.missedHeartbeats())
                .shutdownMaxWait(timing.grace())
                // Told by JobOutcomes, once.
                .failureLogging(LogLevel.OFF, false)
                .addSchedulerListener(watch)
                .build();
    }

    /** Wakes its thread at a stop. The scheduler would wait a second for it, and interrupt it then. */
    private final class DueExecutor extends ThreadPoolExecutor {
        DueExecutor() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new Thread(task, "jobs-due"));
        }

        @Override
        public void shutdown() {
            super.shutdown();
            Scheduler stopping = scheduler;
            if (stopping != null) {
                stopping.triggerCheckForDueExecutions();
            }
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> new Thread(task, prefix + number.incrementAndGet());
    }

    /** Takes no more jobs, lets the running ones end within the grace period, then interrupts them. */
    @Override
    public void close() {
        Scheduler running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = scheduler;
        }
        if (running == null) {
            housekeepers.shutdownNow();
        } else {
            running.stop();
        }
    }
}
