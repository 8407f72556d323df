package dev.sendstatus.ingest;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets work that can take its time stand back for callbacks, which cannot: while they come at some hundreds a second or more, it rests
 * four times as long as it works, so that it takes a fifth of a processor and not one. One thread.
 */
public final class Throttle {
    /** A stretch of work, in nanoseconds; short enough that callbacks hardly notice it. */
    private static final long STRETCH = 2_000_000;

    private static final int RESTS = 4;
    /** A longer time includes waiting for something else, and is no time of work. */
    private static final long LONGEST_STRETCH = 10 * STRETCH;

    private final IngestQueue queue;
    private final LongSupplier nanoTime;
    private final LongConsumer rest;
    private long begun;
    private long offered;

    /**
     * Begins a stretch.
     *
     * @param queue where callbacks come
     * @param nanoTime as {@link System#nanoTime}
     * @param rest waits so many nanoseconds
     */
    public Throttle(IngestQueue queue, LongSupplier nanoTime, LongConsumer rest) {
        this.queue = queue;
        this.nanoTime = nanoTime;
        this.rest = rest;
        begin();
    }

    private void begin() {
        begun = nanoTime.getAsLong();
        offered = queue.offered();
    }

    /** To be called often: rests where a stretch is over in which a callback came. */
    public void standBack() {
        long worked = nanoTime.getAsLong() - begun;
        if (worked >= STRETCH) {
            if (queue.offered() != offered) {
                rest.accept(RESTS * Math.min(worked, LONGEST_STRETCH));
            }
            begin();
        }
    }
}
