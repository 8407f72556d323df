package dev.sendstatus.ingest;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of states: takes what has gathered while the last sync ran, commits it as one transaction, tells everybody.
 * Three threads: the writer, one that answers what it has committed, and a clock that tells those who waited too long even while the writer is stuck in a commit.
 */
public final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long IDLE_MILLIS = 100;
    private static final long RETRY_MILLIS = 25;
    private static final long EXPIRY_MILLIS = 20;

    private final IngestQueue queue;
    private final Store store;
    private final long answerWithinNanos;
    private final LongSupplier nanoTime;
    private final Thread writer = new Thread(this::write, "group-commit");
    private final Thread clock = new Thread(this::watch, "commit-deadline");
    // Answers a batch while the writer is at the next one: an answer is a write to a socket, as dear as the row.
    private final ExecutorService acknowledger =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "acknowledger"));
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Consumer<List<Incoming>> afterwards;
    private final DistributionSummary batchSizes;
    private final Timer commits;
    private final Counter failures;

    // Written by the writer, read by the clock.
    private volatile List<Pending> committing = List.of();
    private volatile boolean available = true;

    public GroupCommit(
            IngestQueue queue, Store store, IngestSettings settings, LongSupplier nanoTime, MeterRegistry meters) {
        this(queue, store, settings, nanoTime, meters, committed -> {});
    }

    /** @param afterwards is given what was committed once it is answered, on the acknowledger's thread; must not throw */
    public GroupCommit(
            IngestQueue queue,
            Store store,
            IngestSettings settings,
            LongSupplier nanoTime,
            MeterRegistry meters,
            Consumer<List<Incoming>> afterwards) {
        this.afterwards = afterwards;
        this.queue = queue;
        this.store = store;
        this.answerWithinNanos = settings.answerWithin().toNanos();
        this.nanoTime = nanoTime;
        this.batchSizes = DistributionSummary.builder("sendstatus.commit.batch")
                .description("Callbacks in one commit")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.commits = Timer.builder("sendstatus.commit")
                .description("Time of one commit with its sync")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.failures = Counter.builder("sendstatus.commit.failures")
                .description("Commits that the database refused")
                .register(meters);
        Gauge.builder("sendstatus.ingest.queue", queue, IngestQueue::size)
                .description("Callbacks that wait for the writer")
                .register(meters);
    }

    public GroupCommit start() {
        writer.start();
        clock.setDaemon(true);
        clock.start();
        return this;
    }

    /** Whether the last commit succeeded. */
    public boolean available() {
        return available;
    }

    private void write() {
        List<Pending> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                queue.take(batch, IDLE_MILLIS);
                if (!batch.isEmpty()) {
                    List<Pending> taken = List.copyOf(batch);
                    committing = taken;
                    commit(taken);
                    committing = List.of();
                } else if (queue.closed()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** Goes on trying as long as somebody waits: a lock that another process holds is mostly gone within a second. */
    private void commit(List<Pending> batch) throws InterruptedException {
        List<Pending> live = batch;
        while (!live.isEmpty()) {
            long start = nanoTime.getAsLong();
            try {
                store.commit(incoming(live));
                commits.record(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS);
                batchSizes.record(live.size());
                recovered();
                List<Pending> committed = live;
                acknowledger.execute(() -> {
                    tell(committed, Outcome.COMMITTED);
                    afterwards.accept(incoming(committed));
                });
                return;
            } catch (StoreException.Unavailable e) {
                failing(e);
                stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                live = live.stream().filter(pending -> !pending.told()).toList();
            } catch (StoreException | RuntimeException e) {
                failing(e);
                if (live.size() == 1) {
                    LOG.error(
                            "a callback of {} could not be stored",
                            live.get(0).incoming.account(),
                            e);
                    tell(live, Outcome.BROKEN);
                } else {
                    // One of them is at fault; the others must not suffer for it.
                    for (Pending pending : live) {
                        commit(List.of(pending));
                    }
                }
                return;
            }
        }
    }

    private static List<Incoming> incoming(List<Pending> batch) {
        List<Incoming> incoming = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            incoming.add(pending.incoming);
        }
        return incoming;
    }

    private static void tell(List<Pending> batch, Outcome outcome) {
        for (Pending pending : batch) {
            try {
                pending.tell(outcome);
            } catch (RuntimeException e) {
                LOG.warn("a waiting request could not be told {}", outcome, e);
            }
        }
    }

    private void failing(Exception e) {
        failures.increment();
        if (available) {
            LOG.error("callbacks are answered 503 until the database commits again: {}", e.getMessage());
        }
        available = false;
    }

    private void recovered() {
        if (!available) {
            LOG.info("the database commits again");
        }
        available = true;
    }

    private void watch() {
        try {
            while (!stopped.await(EXPIRY_MILLIS, TimeUnit.MILLISECONDS)) {
                long before = nanoTime.getAsLong() - answerWithinNanos;
                for (Pending pending : committing) {
                    pending.expire(before);
                }
                queue.expire(before);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses what comes, writes what waits, and returns when that is done. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!stopped.await(30, TimeUnit.SECONDS)) {
                LOG.error(
                        "{} callbacks could not be written before the stop; they were not acknowledged", queue.size());
                writer.interrupt();
            }
            acknowledger.shutdown();
            if (!acknowledger.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.error("not all that was written could be answered before the stop");
            }
            // An offer that was under way while the queue closed.
            queue.expire(nanoTime.getAsLong() + 1);
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
