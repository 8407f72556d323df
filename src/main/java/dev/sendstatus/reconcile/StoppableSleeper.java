package dev.sendstatus.reconcile;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time that passes, until {@link #stop} ends every wait, now and later. */
public final class StoppableSleeper implements Sleeper {
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the program stops");
        }
    }

    /** From any thread. */
    public void stop() {
        stopped.countDown();
    }
}
