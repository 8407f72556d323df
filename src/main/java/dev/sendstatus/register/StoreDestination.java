package dev.sendstatus.register;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Straight into the store, for a process beside the server: tries again while the server holds the database. */
public final class StoreDestination implements Destination {
    private static final long RETRY_MILLIS = 25;

    private final Store store;
    private final Duration patience;
    private final LongSupplier nanoTime;

    /** @param patience how long to go on where the database is not to be had */
    public StoreDestination(Store store, Duration patience, LongSupplier nanoTime) {
        this.store = store;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    @Override
    public void store(List<Incoming> batch) throws StoreException {
        long began = nanoTime.getAsLong();
        while (true) {
            try {
                store.commit(batch);
                return;
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
