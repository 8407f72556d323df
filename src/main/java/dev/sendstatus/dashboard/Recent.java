package dev.sendstatus.dashboard;

import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A value that takes a while to find out and is asked for again and again. It is at most ten seconds old, but while another thread finds it
 * out anew. Any thread.
 */
final class Recent<T> {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final ReentrantLock finding = new ReentrantLock();
    private volatile @Nullable Found<T> last;

    /** Finds it out. */
    @FunctionalInterface
    interface Source<T> {
        T find() throws StoreException;
    }

    private record Found<T>(T value, Instant at) {
        boolean good(Instant now) {
            return Duration.between(at, now).abs().compareTo(GOOD_FOR) < 0;
        }
    }

    T get(Instant now, Source<T> source) throws StoreException {
        Found<T> known = last;
        if (known != null && known.good(now)) {
            return known.value();
        }
        if (known == null) {
            finding.lock();
        } else if (!finding.tryLock()) {
            return known.value();
        }
        try {
            Found<T> newer = last;
            if (newer == null || !newer.good(now)) {
                newer = new Found<>(source.find(), now);
                last = newer;
            }
            return newer.value();
        } finally {
            finding.unlock();
        }
    }
}
