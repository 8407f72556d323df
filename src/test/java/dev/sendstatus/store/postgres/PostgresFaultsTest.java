package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is stopped and started under load. */
@Tag("slow")
class PostgresFaultsTest {
    private static final int BATCH = 10;

    @TempDir
    private Path folder;

    @Test
    void stoppedAndStartedUnderLoadNothingAcknowledgedIsLostAndItGoesOnByItself() throws Exception {
        RestartablePostgres server = new RestartablePostgres(folder);
        Dialect database = new PostgresDialect(PostgresDatabase.of(server.settings()));
        Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean going = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (Store store = Store.open(database);
                Reads reads = Reads.open(database)) {
            Future<?> load = threads.submit(() -> {
                for (int from = 0; going.get(); from += BATCH) {
                    if (PostgresFaults.acknowledged(store, PostgresFaults.accepted(from, BATCH))) {
                        acknowledged.add(from);
                    } else {
                        refused.incrementAndGet();
                    }
                }
                return null;
            });
            await().until(() -> acknowledged.size() > 20);
            server.stop();
            await().until(() -> refused.get() > 5);
            int before = acknowledged.size();
            server.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.size() > before + 20);
            going.set(false);
            load.get();
            while (reads.callbacks().waitingSince() != null) {
                store.apply(100, PostgresFaults::read);
            }
            // The pool tries again after 5 s at most.
            MessageKey first = PostgresFaults.key(acknowledged.element());
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(StoreException.Unavailable.class)
                    .until(() -> reads.message(first).isPresent());
            for (int from : acknowledged) {
                for (int i = from; i < from + BATCH; i++) {
                    assertThat(reads.message(PostgresFaults.key(i)))
                            .as("acknowledged: %d", i)
                            .isPresent();
                }
            }
        } finally {
            going.set(false);
            threads.shutdownNow();
            server.close();
        }
    }
}
