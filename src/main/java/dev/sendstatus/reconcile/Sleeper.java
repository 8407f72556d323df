package dev.sendstatus.reconcile;

import java.time.Duration;

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
}
