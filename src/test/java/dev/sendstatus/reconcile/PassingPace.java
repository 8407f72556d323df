package dev.sendstatus.reconcile;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes at once when somebody waits, and stops everything after so many waits. */
final class PassingPace implements Sleeper {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger left;

    PassingPace() {
        this(Integer.MAX_VALUE);
    }

    PassingPace(int waits) {
        this.left = new AtomicInteger(waits);
    }

    Duration waited() {
        return Duration.ofNanos(nanos.get());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (left.getAndDecrement() <= 0) {
            left.set(0);
            throw new InterruptedException("enough");
        }
        nanos.addAndGet(duration.toNanos());
    }
}
