package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.GroupCommit;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteReads;
import dev.sendstatus.store.sqlite.SqliteStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueSinkTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("testtel"), "main");
    private static final IngestSettings SETTINGS = new IngestSettings(4, Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    @Test
    void whatWasLookedUpIsOnDiskWhenItReturns() throws Exception {
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("t.db"), null, null));
        IngestQueue queue = new IngestQueue(SETTINGS);
        try (SqliteStore store = SqliteStore.open(file);
                SqliteReads reads = SqliteReads.open(file);
                GroupCommit commit =
                        new GroupCommit(queue, store, SETTINGS, System::nanoTime, new SimpleMeterRegistry()).start()) {
            assertThat(commit.available()).isTrue();
            new QueueSink(queue).store(List.of(incoming("one"), incoming("two")));
            assertThat(reads.messages("one")).hasSize(1);
            assertThat(reads.messages("two")).hasSize(1);
        }
    }

    @Test
    void aFullQueueIsToldAsSomethingToTryAgain() {
        IngestQueue queue = new IngestQueue(SETTINGS);
        queue.close();
        assertThatThrownBy(() -> new QueueSink(queue).store(List.of(incoming("one"))))
                .isInstanceOf(StoreException.Unavailable.class);
    }

    private static Incoming incoming(String id) {
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(ACCOUNT.provider(), id), Direction.OUTBOUND, Progress.DELIVERED, "delivered")
                .build();
        return new Incoming(
                ACCOUNT,
                Source.RECONCILIATION,
                Instant.parse("2026-11-25T12:00:00Z"),
                new RawCallback("GET", null, null, new byte[0]),
                List.of(event),
                null);
    }
}
