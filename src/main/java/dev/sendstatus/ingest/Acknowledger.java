package dev.sendstatus.ingest;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs what was appended, then answers it. At rest the writer does both itself, since to wake a thread takes as long as a sync. Under
 * load a thread syncs while the writer is at the next batch, and another answers while the next sync runs.
 */
final class Acknowledger {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    /**
     * The writer waits rather than go on ahead of a disk that is busy: what gathers meanwhile is written as one batch, which touches fewer
     * pages than several.
     */
    private static final int MOST_BATCHES = 1;

    private final Store store;
    private final Health health;
    private final Consumer<List<Incoming>> afterwards;
    private final BlockingQueue<Batch> appended = new ArrayBlockingQueue<>(MOST_BATCHES);
    private final Thread thread = new Thread(this::run, "acknowledger");
    private final BlockingQueue<Synced> synced = new LinkedBlockingQueue<>();
    private final Thread answerer = new Thread(this::answer, "answerer");

    /** Batches that were handed over and are not synced yet. */
    private final AtomicInteger unsynced = new AtomicInteger();

    // Written by the thread that syncs, read by the clock.
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

    /** What is to be told, no batch at all being the last. */
    private record Synced(List<Batch> batches, Outcome outcome) {}

    void start() {
        thread.start();
        answerer.start();
    }

    /** Whether nothing waits for a sync, or for its end. Of use to the writer only, since it alone changes that from then on. */
    boolean idle() {
        return unsynced.get() == 0;
    }

    /** Syncs and answers on the caller's thread. For the writer, while this is {@link #idle}. */
    void acknowledgeHere(Batch batch) {
        List<Batch> batches = List.of(batch);
        tell(new Synced(batches, sync(batches)));
    }

    /** Takes over what the writer has appended. */
    void appended(Batch batch) throws InterruptedException {
        unsynced.incrementAndGet();
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
                    synced.put(new Synced(List.of(), Outcome.COMMITTED));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(List<Batch> batches) throws InterruptedException {
        Synced done = new Synced(batches, sync(batches));
        unsynced.addAndGet(-batches.size());
        if (appended.isEmpty()) {
            tell(done);
        } else {
            synced.put(done);
        }
    }

    private Outcome sync(List<Batch> batches) {
        syncing = batches;
        try {
            store.sync();
            health.committed(batches);
            return Outcome.COMMITTED;
        } catch (StoreException | RuntimeException e) {
            // It may be on disk or not; the provider sends it again, which changes nothing if it is.
            health.failing(e);
            return Outcome.UNAVAILABLE;
        } finally {
            syncing = List.of();
        }
    }

    private void answer() {
        try {
            Synced next = synced.take();
            while (!next.batches().isEmpty()) {
                tell(next);
                next = synced.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Synced synced) {
        for (Batch batch : synced.batches()) {
            tell(batch.callbacks(), synced.outcome());
        }
        if (synced.outcome() == Outcome.COMMITTED) {
            for (Batch batch : synced.batches()) {
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
        answerer.join(millis);
        return !thread.isAlive() && !answerer.isAlive();
    }
}
