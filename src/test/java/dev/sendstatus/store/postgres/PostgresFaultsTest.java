package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
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

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setOverrideWorkingDirectory(folder.resolve("work").toFile())
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void stoppedAndStartedUnderLoadNothingAcknowledgedIsLostAndItGoesOnByItself() throws Exception {
        int port = freePort();
        DatabaseSettings settings =
                new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
        PostgresDatabase database = PostgresDatabase.of(settings);
        Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean going = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(1);
        EmbeddedPostgres server = start(port);
        try (PostgresStore store = PostgresStore.open(database);
                PostgresReads reads = PostgresReads.open(database)) {
            Future<?> load = threads.submit(() -> {
                for (int from = 0; going.get(); from += BATCH) {
                    if (PostgresFaults.stored(store, PostgresFaults.batch(from, BATCH))) {
                        acknowledged.add(from);
                    } else {
                        refused.incrementAndGet();
                    }
                }
                return null;
            });
            await().until(() -> acknowledged.size() > 20);
            server.close();
            await().until(() -> refused.get() > 5);
            int before = acknowledged.size();
            server = start(port);
            await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.size() > before + 20);
            going.set(false);
            load.get();
            for (int from : acknowledged) {
                for (int i = from; i < from + BATCH; i++) {
                    assertThat(reads.message(new MessageKey(Histories.PROVIDER, PostgresFaults.id(i))))
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
