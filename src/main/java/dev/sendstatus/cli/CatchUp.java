package dev.sendstatus.cli;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Database;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.ingest.ReadBarrier;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a command see the callbacks that were acknowledged before it. A running server applies them by itself. Those that a stopped or killed
 * server left are applied by the command.
 */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int GROUP = 128;
    /** A server that runs has applied something within that time. */
    private static final long LOOK_MILLIS = 300;

    private static final Duration MOST = Duration.ofSeconds(10);

    private CatchUp() {}

    /** Opens the database for reading. */
    static Reads reads(Database database) throws StoreException {
        Reads reads = Reads.open(database.dialect());
        try {
            run(database, reads);
            return reads;
        } catch (StoreException | RuntimeException e) {
            reads.close();
            throw e;
        }
    }

    private static void run(Database database, Reads reads) throws StoreException {
        Duration behind = new ReadBarrier(reads, Clock.systemUTC()).await();
        if (!behind.isZero() && nobodyApplies(reads)) {
            try {
                apply(database);
            } catch (StoreException e) {
                // A user who may only read still gets an answer.
                LOG.warn("what waits could not be applied: {}", e.getMessage());
            }
            behind = new ReadBarrier(reads, Clock.systemUTC()).await();
        }
        if (!behind.isZero()) {
            LOG.warn("callbacks of the last {} s are not part of this answer yet", Math.max(1, behind.toSeconds()));
        }
    }

    private static boolean nobodyApplies(Reads reads) throws StoreException {
        Instant before = reads.callbacks().waitingSince();
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return Objects.equals(before, reads.callbacks().waitingSince());
    }

    private static void apply(Database database) throws StoreException {
        long began = System.nanoTime();
        CallbackReader reader = new CallbackReader(Adapters.all());
        try (Store store = Store.open(database.dialect())) {
            boolean more = true;
            while (more && System.nanoTime() - began < MOST.toNanos()) {
                more = !store.apply(GROUP, reader).isEmpty();
            }
        }
    }
}
