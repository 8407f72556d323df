package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.Progress;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.HousekeepingContract;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHousekeepingTest extends HousekeepingContract {
    @TempDir
    private Path folder;

    private SqliteFile file;
    private SqliteStore store;
    private SqliteReads reads;

    @BeforeEach
    void open() throws StoreException {
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("test.db"), null, null));
        store = SqliteStore.open(file);
        reads = SqliteReads.open(file);
    }

    @AfterEach
    void close() {
        reads.close();
        store.close();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected Reads reads() {
        return reads;
    }

    @Test
    void theFileAndItsLogShrink() throws Exception {
        fill(0, 20_000, OLD);
        fill(20_000, 100, NOW);
        store.housekeeping().shortenLog();
        long before = Files.size(file.path());
        removeRaw(NOW);
        removeMessages(NOW);
        Housekeeping housekeeping = store.housekeeping();
        for (boolean more = true; more; ) {
            more = housekeeping.giveBack();
        }
        housekeeping.shortenLog();
        // Nine bytes of each removed message stay in the index of keys until that part of it is merged again.
        assertThat(Files.size(file.path())).isLessThan(before / 4);
        assertThat(Files.size(Path.of(file.path() + "-wal"))).isZero();
        assertThat(scan(MessageFilter.ALL)).hasSize(100);
        assertThat(number("PRAGMA freelist_count")).isLessThanOrEqualTo(number("PRAGMA page_count") / 20);
        assertThat(text("PRAGMA integrity_check")).isEqualTo("ok");
    }

    @Test
    void nothingIsLeftOfBlocksThatAreGone() throws Exception {
        fill(0, 40_000, OLD);
        fill(40_000, 100, NOW);
        while (store.indexNext()) {
            assertThat(reads.nextSequence()).isPositive();
        }
        assertThat(number("SELECT count(*) FROM posting")).isPositive();
        removeMessages(NOW);
        assertThat(number("SELECT min(block) FROM facet")).isEqualTo(39);
        assertThat(number("SELECT count(*) FROM span")).isZero();
        assertThat(number("SELECT count(*) FROM posting")).isZero();
        assertThat(scan(new MessageFilter.Builder().account("main").build())).hasSize(100);
        fill(40_100, 20_000, NOW);
        while (store.indexNext()) {
            assertThat(reads.nextSequence()).isPositive();
        }
        assertThat(scan(new MessageFilter.Builder().to("+12025550143").build())).hasSize(20_100);
    }

    /** Half of what ingest writes belongs to messages that the retention is at. */
    @Test
    void ingestThatRunsMeanwhileLosesNothing() throws Exception {
        fill(0, 10_000, OLD);
        ExecutorService retention = Executors.newSingleThreadExecutor();
        Future<Long> removed = retention.submit(() -> removeMessages(NOW));
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 10_000; i += 2) {
            batch.add(at(NOW, event("m" + i, Progress.DELIVERED)));
            batch.add(at(NOW, event("new" + i, Progress.DELIVERED)));
            if (batch.size() == 50) {
                store.commit(batch);
                batch.clear();
            }
        }
        long gone = removed.get(60, TimeUnit.SECONDS);
        retention.shutdown();
        removeMessages(NOW);
        List<StoredMessage> left = scan(MessageFilter.ALL);
        assertThat(left).hasSize(10_000);
        assertThat(left)
                .allSatisfy(message -> assertThat(
                                MessageState.of(message.history()).status().terminal())
                        .isTrue());
        assertThat(gone).isBetween(5_000L, 10_000L);
    }

    @Test
    void whatAnotherProcessRemovedDoesNotSwallowTheNextCallback() throws StoreException {
        store.commit(List.of(at(OLD, event("m1", Progress.SENT))));
        try (SqliteStore other = SqliteStore.open(file)) {
            other.housekeeping().removeMessages(NOW, 10);
        }
        store.commit(List.of(at(NOW, event("m1", Progress.DELIVERED))));
        assertThat(reads.messages("m1"))
                .singleElement()
                .satisfies(message -> assertThat(sequences(message)).containsExactly(2L));
    }

    @Test
    void anOlderFileThatCannotGiveBackKeepsItsSizeAndUsesItAgain() throws Exception {
        Path older = folder.resolve("older.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + older);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE something (id INTEGER)");
            statement.execute("DROP TABLE something");
        }
        close();
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + older, null, null));
        store = SqliteStore.open(file);
        reads = SqliteReads.open(file);
        fill(0, 3_000, OLD);
        removeRaw(NOW);
        removeMessages(NOW);
        assertThat(store.housekeeping().giveBack()).isFalse();
        assertThat(number("PRAGMA freelist_count")).isPositive();
    }

    private void fill(int first, int count, Instant time) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            batch.add(at(time, "a body of some length, as they have one: " + i, event("m" + i, Progress.SENT)));
            if (batch.size() == 1_000) {
                store.commit(batch);
                batch.clear();
            }
        }
        store.commit(batch);
    }

    private long number(String sql) throws Exception {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(file.url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
