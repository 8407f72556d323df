package dev.sendstatus.ingest;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes acknowledged callbacks part of their messages, in groups, on a thread of its own: those that this process accepts, and those that a
 * stop, a crash or another node left behind. While callbacks come faster than the writer can take them it leaves the disk to it for most of
 * the time; what waits is then worked off later.
 */
public final class Applier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    /** Callbacks in one transaction. A larger one costs less for each, where the writer of new callbacks need not wait for it. */
    private static final int GROUP = 128;

    private static final int GROUP_BESIDE_WRITER = 512;
    /** The interval of looks for callbacks that other processes left. */
    private static final long LOOK_MILLIS = 100;

    private static final long LAST_NANOS = 5_000_000_000L;
    private static final long RETRY_MILLIS = 1_000;
    /** So many that wait for the writer are a burst, if they are also as many as were applied meanwhile, or as {@link #GROUP}. */
    private static final int BURST = 64;
    /** In a burst, a rest is so many times as long as the work before it. */
    private static final int SHORTEST_REST = 4;
    /** It doubles up to here. */
    private static final int LONGEST_REST = 32;
    /** A burst may end during a longer one. */
    private static final long LONGEST_REST_NANOS = 200_000_000;

    private final Store store;
    private final IngestQueue queue;
    private final CallbackReader reader;
    private final ApplyMeters meters;
    private final Semaphore accepted = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "apply");
    private volatile boolean stopping;
    private volatile long stopBy;
    /** Of the thread, until it has ended: whether the last group could not be applied, and whether there may be another. */
    private boolean failing;

    private boolean more;
    private int rest = SHORTEST_REST;

    public Applier(Store store, IngestQueue queue, CallbackReader reader, ApplyMeters meters) {
        this.store = store;
        this.queue = queue;
        this.reader = reader;
        this.meters = meters;
    }

    public Applier start() {
        thread.start();
        return this;
    }

    /** Something was accepted. Any thread. */
    public void wake() {
        if (accepted.availablePermits() == 0) {
            accepted.release();
        }
    }

    private void run() {
        try {
            boolean last;
            do {
                accepted.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                accepted.drainPermits();
                // All was accepted by then.
                last = stopping;
                more = true;
                while (more && mayGoOn()) {
                    long begun = System.nanoTime();
                    int applied = applied();
                    more = applied > 0;
                    if (more && queue.size() >= Math.max(BURST, Math.min(applied, GROUP))) {
                        rest(applied, System.nanoTime() - begun);
                    } else {
                        rest = SHORTEST_REST;
                    }
                }
            } while (!last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean mayGoOn() {
        return !stopping || System.nanoTime() - stopBy < 0;
    }

    /**
     * Leaves the disk and the processors to those who accept, for longer while more comes than could be applied in that time: no rate like
     * that can be sustained, so it is worked off after the burst.
     *
     * @param applied callbacks of the last group
     * @param took nanoseconds for it
     */
    private void rest(int applied, long took) throws InterruptedException {
        long nanos = Math.min(Math.max(LONGEST_REST_NANOS, SHORTEST_REST * took), rest * took);
        long before = queue.offered();
        TimeUnit.NANOSECONDS.sleep(nanos);
        boolean tooMany = (queue.offered() - before) * took > applied * nanos;
        rest = tooMany ? Math.min(LONGEST_REST, 2 * rest) : SHORTEST_REST;
    }

    /** @return how many; there may be more unless it is 0 */
    private int applied() throws InterruptedException {
        try {
            List<Store.Applied> applied = store.apply(store.waitsForApply() ? GROUP : GROUP_BESIDE_WRITER, reader);
            if (failing) {
                LOG.info("callbacks become part of their messages again");
                failing = false;
            }
            applied.forEach(meters::count);
            return applied.size();
        } catch (StoreException | RuntimeException | Error e) {
            // No other thread applies callbacks, so this one goes on after any failure.
            if (!failing) {
                LOG.error(
                        "callbacks are stored and wait to become part of their messages: {}",
                        e.getMessage(),
                        e instanceof StoreException ? null : e);
                failing = true;
            }
            accepted.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS);
            return 0;
        }
    }

    /**
     * Applies waiting callbacks for some seconds at most. Another node, or the next start, applies the rest. To be
     * called when nothing is accepted any more.
     */
    @Override
    public void close() {
        stopBy = System.nanoTime() + LAST_NANOS;
        stopping = true;
        accepted.release();
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(2 * LAST_NANOS));
            if (thread.isAlive() || failing || more) {
                LOG.warn(
                        "some callbacks are stored and not yet part of their messages: the next start goes on with them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
