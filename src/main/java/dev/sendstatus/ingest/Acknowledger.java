package dev.sendstatus.ingest;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs what was appended, then answers it, on a thread of its own: meanwhile the writer is at the next batch. A sync is for all
 * batches that were appended while the one before ran.
 */
final class Acknowledger {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    /** The writer waits rather than go on far ahead of a disk that is slow to sync. */
    private static final int MOST_BATCHES = 16;

    private final Store store;
    private final Health health;
    private final Consumer<List<Incoming>> afterwards;
    private final BlockingQueue<Batch> appended = new ArrayBlockingQueue<>(MOST_BATCHES);
    private final Thread thread = new Thread(this::run, "acknowledger");

    // Written by this thread, read by the clock.
    private volatile List<Batch> syncing = List.of();

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

    /** Takes over what the writer has appended. */
    void appended(Batch batch) throws InterruptedException {
        appended.put(batch);
    }

    private void run() {
        List<Batch> taken = new ArrayList<>();
        try {
            while (true) {
                taken.clear();
                taken.add(appended.take());
                appended.drainTo(taken);
                boolean last = taken.remove(Batch.LAST);
                if (!taken.isEmpty()) {
                    acknowledge(List.copyOf(taken));
                }
                if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(List<Batch> batches) {
        syncing = batches;
        Outcome outcome = Outcome.COMMITTED;
        try {
            store.sync();
            health.committed(batches);
        } catch (StoreException | RuntimeException e) {
            // It may be on disk or not; the provider sends it again, which changes nothing if it is.
            health.failing(e);
            outcome = Outcome.UNAVAILABLE;
        }
        for (Batch batch : batches) {
            tell(batch.callbacks(), outcome);
        }
        syncing = List.of();
        if (outcome == Outcome.COMMITTED) {
            for (Batch batch : batches) {
                afterwards.accept(batch.incoming());
            }
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
        for (Batch batch : syncing) {
            for (Pending pending : batch.callbacks()) {
                pending.expire(beganBeforeNanos);
            }
        }
        for (Batch batch : appended) {
            for (Pending pending : batch.callbacks()) {
                pending.expire(beganBeforeNanos);
            }
        }
    }

    /** Answers what was appended, and ends. @return false if it did not within that time */
    boolean finish(long millis) throws InterruptedException {
        return appended.offer(Batch.LAST, millis, TimeUnit.MILLISECONDS) && join(millis);
    }

    private boolean join(long millis) throws InterruptedException {
        thread.join(millis);
        return !thread.isAlive();
    }
}
