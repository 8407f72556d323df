package dev.sendstatus.retention;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Rests longer than it works. A removal is synced like a callback, and a disk that is slow because of one is slow for the other.
 */
public final class RestingPace implements Pace {
    private static final int TIMES_THE_STEP = 2;
    private static final Duration AT_LEAST = Duration.ofMillis(10);

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void rest(long nanos) throws InterruptedException {
        if (stopped.await(Math.max(AT_LEAST.toNanos(), TIMES_THE_STEP * nanos), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the program stops");
        }
    }

    /** Ends every pause, now and later. From any thread. */
    public void stop() {
        stopped.countDown();
    }
}
