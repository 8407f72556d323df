package dev.sendstatus.dashboard;

import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Figures that take a while to count and are asked for again and again. No page waits for them longer than a moment: it shows the last count
 * with its age, while they are counted anew beside. Any thread.
 *
 * @param <K> names a count
 */
final class Recent<K, V> {
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);
    /** A viewer costs a tenth of a processor at most. */
    private static final int TIMES_AS_LONG = 10;

    private static final Duration KEPT = Duration.ofMinutes(10);
    /** A page waits so long for a count that may be there by then. */
    private static final Duration PATIENCE = Duration.ofMillis(40);

    private final ExecutorService threads;
    private final ToIntFunction<V> size;
    private final int room;
    /** In the order of their last counts. */
    private final Map<K, Counted<V>> counted = new LinkedHashMap<>();

    private final Map<K, Future<?>> underway = new HashMap<>();

    /** Counts. */
    @FunctionalInterface
    interface Source<V> {
        V count() throws StoreException, WrongParameter;
    }

    /**
     * A count.
     *
     * @param took how long it took
     * @param again whether it is too old, and being made anew
     */
    record Counted<V>(V value, Instant at, Duration took, boolean again) {
        private boolean good(Instant now) {
            Duration whole = took.multipliedBy(TIMES_AS_LONG);
            return age(now).compareTo(whole.compareTo(GOOD_FOR) > 0 ? whole : GOOD_FOR) < 0;
        }

        private Duration age(Instant now) {
            return Duration.between(at, now).abs();
        }
    }

    /**
     * Keeps counts within a room.
     *
     * @param size how much of the room a count takes; the newest is kept whatever it takes
     */
    Recent(ExecutorService threads, ToIntFunction<V> size, int room) {
        this.threads = threads;
        this.size = size;
        this.room = room;
    }

    /** The last count; null while the first one is under way. */
    @Nullable
    Counted<V> get(K key, Instant now, Source<V> source) throws StoreException, WrongParameter {
        Future<?> count = begin(key, now, source);
        Counted<V> last = last(key, now);
        boolean takesLong = last != null && last.took().compareTo(PATIENCE) > 0;
        if (count == null || takesLong && !count.isDone()) {
            return last;
        }
        await(key, count);
        return last(key, now);
    }

    private synchronized @Nullable Future<?> begin(K key, Instant now, Source<V> source) {
        counted.values().removeIf(old -> old.age(now).compareTo(KEPT) > 0);
        // Those that failed, and that nobody asked for again.
        underway.entrySet()
                .removeIf(one -> one.getValue().isDone() && !one.getKey().equals(key));
        Future<?> count = underway.get(key);
        Counted<V> last = counted.get(key);
        if (count == null && (last == null || !last.good(now))) {
            try {
                count = threads.submit(() -> count(key, now, source));
                underway.put(key, count);
            } catch (RejectedExecutionException e) {
                // Too much is being counted: the next look asks again.
                return null;
            }
        }
        return count;
    }

    private @Nullable Void count(K key, Instant now, Source<V> source) throws StoreException, WrongParameter {
        long begun = System.nanoTime();
        V value = source.count();
        keep(key, new Counted<>(value, now, Duration.ofNanos(System.nanoTime() - begun), false));
        return null;
    }

    private synchronized void keep(K key, Counted<V> count) {
        underway.remove(key);
        counted.remove(key);
        counted.put(key, count);
        int all = counted.values().stream()
                .mapToInt(one -> size.applyAsInt(one.value()))
                .sum();
        Iterator<Counted<V>> oldest = counted.values().iterator();
        for (int left = counted.size(); left > 1 && all > room; left--) {
            all -= size.applyAsInt(oldest.next().value());
            oldest.remove();
        }
    }

    private void await(K key, Future<?> count) throws StoreException, WrongParameter {
        try {
            count.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The page shows the last count.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            failed(key, count);
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            if (e.getCause() instanceof WrongParameter failure) {
                throw failure;
            }
            throw new IllegalStateException("counting failed", e.getCause());
        }
    }

    private synchronized void failed(K key, Future<?> count) {
        underway.remove(key, count);
    }

    private synchronized @Nullable Counted<V> last(K key, Instant now) {
        Counted<V> last = counted.get(key);
        return last == null ? null : new Counted<>(last.value(), last.at(), last.took(), !last.good(now));
    }
}
