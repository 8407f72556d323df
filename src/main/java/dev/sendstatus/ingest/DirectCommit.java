package dev.sendstatus.ingest;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Stores events that came by another way than a callback and makes them part of their messages at once, on the caller's thread. Tries again while
 * another process holds the database. Any thread.
 */
public final class DirectCommit {
    private static final long RETRY_MILLIS = 25;

    private final Store store;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Consumer<Incoming> stored;

    /**
     * @param patience how long to go on where the database is not to be had
     * @param stored hears of each that was stored
     */
    public DirectCommit(Store store, Duration patience, LongSupplier nanoTime, Consumer<Incoming> stored) {
        this.store = store;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.stored = stored;
    }

    /** Stores all of these; when it returns, all are synced to disk. */
    public void store(List<Incoming> batch) throws StoreException {
        patiently(() -> {
            store.commit(batch);
            return batch;
        });
        batch.forEach(stored);
    }

    /** {@link Store#withdraw}. */
    public Map<MessageKey, Store.Withdrawn> withdraw(Collection<MessageKey> registered, Instant now)
            throws StoreException {
        return patiently(() -> store.withdraw(registered, now));
    }

    @FunctionalInterface
    private interface Write<T> {
        T run() throws StoreException;
    }

    private <T> T patiently(Write<T> write) throws StoreException {
        long began = nanoTime.getAsLong();
        while (true) {
            try {
                return write.run();
            } catch (StoreException.Unavailable e) {
                if (nanoTime.getAsLong() - began > patience.toNanos()) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(StoreException.Unavailable why) throws StoreException.Unavailable {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
