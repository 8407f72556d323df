package dev.sendstatus.ingest;

import dev.sendstatus.store.AcceptedCallback;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The callbacks that wait for the writer, bounded in number and in bytes. Any thread offers; one writer takes. One that waits too long
 * is told so by {@link #expire}, whatever the writer is doing.
 */
public final class IngestQueue {
    /** As many as one transaction should hold: the sync's share of each is long negligible. */
    private static final int MOST_IN_BATCH = 1_024;

    private static final long MOST_BYTES_IN_BATCH = 8L << 20;

    private final ArrayBlockingQueue<Pending> waiting;
    private final LongAdder offered = new LongAdder();
    private volatile boolean closed;

    public IngestQueue(IngestSettings settings) {
        this.waiting = new ArrayBlockingQueue<>(settings.queueCapacity());
    }

    /**
     * Hands a callback to the writer; never blocks.
     *
     * @param beganNanos when the request began, by the same clock as this queue's: from then on its time to be answered runs
     * @param told hears the outcome exactly once, on a thread of the ingest, or on the caller's if the queue is full; must not block
     */
    public void offer(AcceptedCallback callback, long beganNanos, Consumer<Outcome> told) {
        offered.increment();
        Pending pending = new Pending(callback, beganNanos, told);
        if (closed || !waiting.offer(pending)) {
            pending.tell(Outcome.FULL);
        }
    }

    /** How many were offered, taken or not. */
    long offered() {
        return offered.sum();
    }

    /** How many wait now. */
    public int size() {
        return waiting.size();
    }

    /** From now on everything is refused. Callbacks that wait already are still written. */
    public void close() {
        closed = true;
    }

    /** Whether the program is stopping. */
    public boolean closed() {
        return closed;
    }

    /**
     * Takes what has gathered, in order of arrival, waiting for a first one. Callbacks whose caller was told already are left out.
     *
     * @param batch receives it; empty on return if nothing came in that time
     */
    void take(List<Pending> batch, long waitMillis) throws InterruptedException {
        Pending next = waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
        long bytes = 0;
        while (next != null) {
            if (!next.told()) {
                batch.add(next);
                bytes += next.callback.raw().body().length;
            }
            if (batch.size() >= MOST_IN_BATCH || bytes >= MOST_BYTES_IN_BATCH) {
                return;
            }
            next = waiting.poll();
        }
    }

    /** Tells those that began before then that the database is not to be had; the writer drops them. */
    void expire(long beganBeforeNanos) {
        for (Pending pending : waiting) {
            pending.expire(beganBeforeNanos);
        }
    }
}
