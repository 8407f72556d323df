package dev.sendstatus.reconcile;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time as the calls to a provider see it; a test lets it pass at once. */
public interface Sleeper {
    /** Monotonic. */
    long nanoTime();

    /**
     * Waits that long.
     *
     * @param duration zero or more; also with zero it is noticed that all is to stop
     * @throws InterruptedException if all is to stop
     */
    void sleep(Duration duration) throws InterruptedException;

    /** The time that passes, until {@link #stop} ends every wait, now and later. */
    final class StoppableSleeper implements Sleeper {
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
}
