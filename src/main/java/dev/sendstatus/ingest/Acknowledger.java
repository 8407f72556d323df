package dev.sendstatus.ingest;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs what was appended, then answers it. At rest the writer does both itself, since to wake a thread takes as long as a sync. Under
 * load a thread does, and the writer lets the next batch gather until the disk is free.
 */
final class Acknowledger {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private final Store store;
    private final Health health;
    private final Consumer<List<Incoming>> afterwards;
    private final BlockingQueue<Batch> appended = new ArrayBlockingQueue<>(1);
    private final Thread thread = new Thread(this::run, "acknowledger");

    /** Taken by the writer with each batch that it hands over, given back once that is synced. */
    private final Semaphore disk = new Semaphore(1);

    // Written by the thread that syncs, read by the clock.
    private volatile @Nullable Batch syncing;

    Acknowledger(Store store, Health health, Consumer<List<Incoming>> afterwards) {
        this.store = store;
        this.health = health;
        this.afterwards = afterwards;
    }

    /** @param begunNanos when the writer began with it; an empty one is the last of all */
    record Batch(List<Pending> callbacks, List<Incoming> incoming, long begunNanos) {
        static final Batch LAST = new Batch(List.of(), List.of(), 0);
    }

    void start() {
        thread.start();
    }

    /** Returns once nothing waits for a sync: what gathers until then is one batch, which costs less than two. For the writer. */
    void awaitDisk() throws InterruptedException {
        disk.acquire();
        disk.release();
    }

    /** Whether nothing waits for a sync. Of use to the writer only, since it alone changes that from then on. */
    boolean idle() {
        return disk.availablePermits() > 0;
    }

    /** Syncs and answers on the caller's thread. For the writer, while this is {@link #idle}. */
    void acknowledgeHere(Batch batch) {
        tell(batch, sync(batch));
    }

    /** Takes over what the writer has appended, once what it took over before is synced. */
    void appended(Batch batch) throws InterruptedException {
        disk.acquire();
        appended.put(batch);
    }

    private void run() {
        try {
            for (Batch batch = appended.take(); batch != Batch.LAST; batch = appended.take()) {
                Outcome outcome = sync(batch);
                disk.release();
                tell(batch, outcome);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome sync(Batch batch) {
        syncing = batch;
        try {
            store.sync();
            health.committed(batch);
            return Outcome.COMMITTED;
        } catch (StoreException | RuntimeException e) {
            // It may be on disk or not; the provider sends it again, which changes nothing if it is.
            health.failing(e);
            return Outcome.UNAVAILABLE;
        } finally {
            syncing = null;
        }
    }

    private void tell(Batch batch, Outcome outcome) {
        tell(batch.callbacks(), outcome);
        if (outcome == Outcome.COMMITTED) {
            afterwards.accept(batch.incoming());
        }
    }

    static void tell(List<Pending> callbacks, Outcome outcome) {
        for (Pending pending : callbacks) {
            try {
                pending.tell(outcome);
            } catch (RuntimeException e) {
                LOG.warn("a waiting request could not be told {}", outcome, e);
            }
        }
    }

    /** Tells those that began before then that the database is not to be had. */
    void expire(long beganBeforeNanos) {
        expire(syncing, beganBeforeNanos);
        expire(appended.peek(), beganBeforeNanos);
    }

    private static void expire(@Nullable Batch batch, long beganBeforeNanos) {
        if (batch != null) {
            for (Pending pending : batch.callbacks()) {
                pending.expire(beganBeforeNanos);
            }
        }
    }

    /** Answers what was appended, and ends. @return false if it did not within that time */
    boolean finish(long millis) throws InterruptedException {
        if (!appended.offer(Batch.LAST, millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        thread.join(millis);
        return !thread.isAlive();
    }
}
