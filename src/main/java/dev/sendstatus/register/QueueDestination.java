package dev.sendstatus.register;

import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.Outcome;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Through the server's queue, beside the callbacks. The caller's thread waits, for room in the queue and for the commit: that is
 * what holds back a sender that is faster than the disk.
 */
public final class QueueDestination implements Destination {
    private final IngestQueue queue;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /** @param nanoTime the queue's own clock; @param patience how long to go on where the database is not to be had */
    public QueueDestination(IngestQueue queue, Duration patience, LongSupplier nanoTime) {
        this.queue = queue;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    @Override
    public void store(List<Incoming> batch) throws StoreException {
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        List<Incoming> left = batch;
        while (!left.isEmpty()) {
            try {
                left = rest(left, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException.Unavailable("interrupted while waiting for the commit", e);
            }
            if (!left.isEmpty() && (queue.closed() || nanoTime.getAsLong() - deadline >= 0)) {
                throw new StoreException.Unavailable(
                        left.size() + " of what was to be stored was not committed within " + patience.toMillis()
                                + " ms",
                        null);
            }
        }
    }

    /** Offers all, waits for what becomes of them. @return those that have to be offered again */
    private List<Incoming> rest(List<Incoming> batch, long deadline) throws StoreException, InterruptedException {
        AtomicReferenceArray<Outcome> outcomes = new AtomicReferenceArray<>(batch.size());
        CountDownLatch told = new CountDownLatch(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            int place = i;
            queue.offerWithin(batch.get(i), nanoTime.getAsLong(), deadline - nanoTime.getAsLong(), outcome -> {
                outcomes.set(place, outcome);
                told.countDown();
            });
        }
        // The queue tells everybody in time, whatever the database does; a stop in the middle is no reason to wait for
        // ever.
        boolean all = told.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        List<Incoming> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome == Outcome.BROKEN) {
                throw new StoreException.Broken("something could not be stored; the log says what", null);
            }
            if (!all || outcome != Outcome.COMMITTED) {
                again.add(batch.get(i));
            }
        }
        return again;
    }
}
