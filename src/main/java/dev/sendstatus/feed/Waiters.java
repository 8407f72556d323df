package dev.sendstatus.feed;

import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that wait for changes, and one thread that looks for all of them: as soon as this process has written something, and four times a second
 * for what other processes write. While nobody waits, nothing is looked for.
 */
public final class Waiters implements AutoCloseable {
    public static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);
    private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();
    /** Between two looks it rests at least so long: many small commits make one look. */
    private static final long LEAST_REST_NANOS = Duration.ofMillis(25).toNanos();
    /** And so many times as long as it looked, for those who write; but never so long that it would be felt, unless there is a burst. */
    private static final int RESTS = 24;

    /** By so much applying is behind in a burst. */
    private static final Duration BEHIND = Duration.ofMillis(250);

    private static final long MOST_REST_NANOS = Duration.ofMillis(75).toNanos();

    private final Reads reads;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(MOST);
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "feed");
    /** The last look; null while nobody waits. */
    private volatile @Nullable Look last;

    /** Of the thread: whether applying was behind at the last look. */
    private boolean burst;

    private volatile boolean woken;
    private volatile boolean stopped;

    /** @param page what came after that position */
    private record Look(long from, ChangePage page) {}

    public Waiters(Reads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
        thread.setDaemon(true);
    }

    public Waiters start() {
        thread.start();
        return this;
    }

    /** Something was written. Any thread. */
    public void wake() {
        if (!woken && !waiting.isEmpty()) {
            lookSoon();
        }
    }

    private void lookSoon() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** @return false if so many wait that nobody else may */
    public boolean enter() {
        return places.tryAcquire();
    }

    /** Gives back what {@link #enter} gave. */
    public void leave() {
        places.release();
    }

    /** The number of requests that have entered. */
    public int inside() {
        return MOST - places.availablePermits();
    }

    public boolean stopped() {
        return stopped;
    }

    /**
     * The page from which a request may wait that has looked as far as that and not since: others wait there, so the next look for all finds
     * the changes. A look for each request that comes again would read the same changes as many times. Null where a look has to come first.
     */
    public @Nullable ChangePage amongOthers(long position) {
        Look look = last;
        return look != null && look.from <= position && look.page.reachesBackTo(position)
                ? look.page.with(List.of(), position)
                : null;
    }

    /**
     * Begins to wait, having entered.
     *
     * @param seen the last page that the caller has looked at
     * @param limit of the changes that are found, at most so many
     */
    public Waiting await(ChangePage seen, MessageFilter filter, int limit, Duration most) {
        Waiting one = new Waiting(seen, filter, limit, System.nanoTime() + most.toNanos());
        waiting.add(one);
        one.found().whenComplete((page, failure) -> waiting.remove(one));
        if (stopped) {
            one.end();
        }
        // A change may have been written since the caller looked.
        lookSoon();
        return one;
    }

    private void run() {
        long looked = System.nanoTime();
        long rest = 0;
        while (!stopped) {
            long left = looked + (woken ? rest : LOOK_NANOS) - System.nanoTime();
            if (waiting.isEmpty()) {
                last = null;
                LockSupport.park(this);
            } else if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else {
                woken = false;
                long began = System.nanoTime();
                look(List.copyOf(waiting));
                looked = System.nanoTime();
                rest = restNanos(looked - began, burst);
            }
        }
        waiting.forEach(Waiting::end);
    }

    /** @param lookNanos how long the look took @param burst whether callbacks come faster than they are applied */
    static long restNanos(long lookNanos, boolean burst) {
        long rest = Math.max(LEAST_REST_NANOS, RESTS * lookNanos);
        return burst ? rest : Math.min(rest, MOST_REST_NANOS);
    }

    /** So it is in a burst. @param oldest since when the oldest callback waits to be applied; null if none does */
    static boolean isBehind(@Nullable Instant oldest, Instant now) {
        return oldest != null && Duration.between(oldest, now).compareTo(BEHIND) > 0;
    }

    private void look(List<Waiting> all) {
        try {
            burst = isBehind(reads.callbacks().waitingSince(), clock.instant());
            long from = all.stream().mapToLong(Waiting::position).min().orElse(0);
            ChangePage page = reads.changes(from, ChangeFeed.LOOK);
            last = new Look(from, page);
            List<StoredMessage> compared =
                    page.changes().stream().map(ChangeFeed::compared).toList();
            long now = System.nanoTime();
            all.forEach(one -> one.look(page, compared, now));
            if (page.next() < page.newest()) {
                woken = true;
            }
        } catch (StoreException | RuntimeException e) {
            LOG.warn("{} who wait for changes are told to come again: {}", all.size(), e.getMessage());
            all.forEach(one -> one.found().completeExceptionally(e));
        }
    }

    /** Answers all requests at once, and later ones too. */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        waiting.forEach(Waiting::end);
    }
}
