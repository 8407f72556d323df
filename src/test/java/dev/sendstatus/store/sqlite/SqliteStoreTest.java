package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.Progress;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreContract;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    private SqliteFile file;
    private SqliteStore store;
    private SqliteReads reads;

    @BeforeEach
    void open() throws StoreException {
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("deep/test.db"), null, null));
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

    @Override
    protected void reopen() throws StoreException {
        close();
        open();
    }

    /** The virtual machine itself records each call that forces a file's bytes to the disk. */
    @Test
    void everyCommitIsSyncedBeforeItReturns() throws Exception {
        Path log = Path.of(file.path() + "-wal").toRealPath();
        assertThat(forced(log, () -> {})).as("nothing is done").isZero();
        assertThat(forced(log, () -> store.commit(List.of(incoming(event("m1", Progress.SENT))))))
                .as("a callback")
                .isEqualTo(1);
        assertThat(forced(log, () -> store.probe())).as("a proof").isEqualTo(1);
        assertThat(forced(log, () -> {
                    store.append(List.of(incoming(event("m1", Progress.DELIVERED))));
                    store.append(List.of(incoming(event("m2", Progress.SENT))));
                }))
                .as("what is synced later")
                .isZero();
        assertThat(forced(log, () -> store.sync())).as("both at once").isEqualTo(1);
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws StoreException;
    }

    private long forced(Path log, Writing writing) throws Exception {
        Path recorded = folder.resolve("forced.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            writing.run();
            recording.stop();
            recording.dump(recorded);
        }
        return RecordingFile.readAllEvents(recorded).stream()
                .filter(event -> log.equals(Path.of(event.getString("path"))))
                .count();
    }

    @Test
    void theNewestMigrationIsTheOneThatAStartLooksFor() throws URISyntaxException {
        URL migrations = SqliteFile.class.getResource("/db/sqlite");
        String[] names = Path.of(migrations.toURI()).toFile().list();
        int newest = 0;
        for (String name : names) {
            newest = Math.max(newest, Integer.parseInt(name.substring(1, name.indexOf("__"))));
        }
        assertThat(SqliteFile.NEWEST_MIGRATION).isEqualTo(Integer.toString(newest));
    }

    @Test
    void aLockOfAnotherProcessIsUnavailableAndEndsByItself() throws Exception {
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> store.commit(List.of(incoming(event("m1", Progress.SENT)))))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("locked");
            assertThat(reads.messages("m1")).isEmpty();
            statement.execute("COMMIT");
        }
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        assertThat(reads.messages("m1")).hasSize(1);
    }

    /** The checkpointer looks at the log many times while the other process starts. */
    @Test
    void theWritersLockKeepsAnotherProcessOut() throws Exception {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        try (WriteConnection writer = new WriteConnection(file, new SqliteDictionary())) {
            String seen = writer.write("holding the lock", connection -> probe());
            assertThat(seen).isEqualTo(LockProbe.BUSY);
        }
        assertThat(probe()).isEqualTo(LockProbe.FREE);
    }

    /** A process that found no locks would take itself for the last one, and remove the log when it closes the file. */
    @Test
    void whoeverClosesTheFileInThisProcessLeavesTheOthersTheirLocks() throws Exception {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        try (WriteConnection other = new WriteConnection(file, new SqliteDictionary())) {
            other.syncDatabase();
        }
        assertThat(probe()).isEqualTo(LockProbe.FREE);
        assertThat(Path.of(file.path() + "-wal")).exists();
        store.commit(List.of(incoming(event("m2", Progress.SENT))));
        assertThat(reads.messages("m1")).hasSize(1);
        assertThat(reads.messages("m2")).hasSize(1);
    }

    private String probe() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            LockProbe.class.getName(),
                            file.url())
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatAnotherProcessWroteIsSeenByTheNextCommit() throws StoreException {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        try (SqliteStore other = SqliteStore.open(file)) {
            other.commit(List.of(incoming(event("m1", Progress.DELIVERED))));
            store.commit(List.of(incoming(event("m1", Progress.FAILED))));
            other.commit(List.of(incoming(event("m1", Progress.ACCEPTED))));
        }
        assertThat(reads.messages("m1")).singleElement().satisfies(message -> {
            assertThat(message.history().events()).hasSize(4);
            assertThat(message.history().events())
                    .extracting(event -> event.sequence())
                    .containsExactly(1L, 2L, 3L, 4L);
        });
    }

    @Test
    void aSegmentCutShortOnDiskIsNoticed() throws Exception {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE segment SET body = substr(body, 1, length(body) - 5)");
        }
        assertThatThrownBy(() -> reads.raw(1))
                .isInstanceOf(StoreException.Broken.class)
                .hasMessageContaining("damaged");
        assertThat(reads.messages("m1")).hasSize(1);
    }

    /** A crash leaves the log with as much of a commit as the disk had taken: a header, some pages, half a page. */
    @Test
    void aCrashBetweenThePartsOfABatchLeavesAllOfItOrNothing() throws Exception {
        Path log = Path.of(file.path() + "-wal");
        store.commit(List.of(incoming(event("before", Progress.SENT))));
        long without = Files.size(log);
        List<Incoming> batch = IntStream.range(0, 200)
                .mapToObj(i -> incoming(event("m" + i, Progress.SENT)))
                .toList();
        store.commit(batch);
        byte[] whole = Files.readAllBytes(log);
        assertThat(whole.length - without).as("pages of the batch").isGreaterThan(5 * 4_096);
        for (long cut = without; cut <= whole.length; cut += 1_031) {
            assertThat(storedOf(batch.size(), Arrays.copyOf(whole, (int) cut)))
                    .as("of the batch, with %d of %d bytes of the log", cut, whole.length)
                    .isZero();
        }
        assertThat(storedOf(batch.size(), whole)).isEqualTo(batch.size());
    }

    /** How much of the batch a start finds after such a log; all else must be as before it. */
    private int storedOf(int batch, byte[] log) throws Exception {
        Path crashed = Files.createTempDirectory(folder, "crashed").resolve("test.db");
        Files.copy(file.path(), crashed);
        Files.write(Path.of(crashed + "-wal"), log);
        SqliteFile copy = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + crashed, null, null));
        int stored = 0;
        try (SqliteStore after = SqliteStore.open(copy);
                SqliteReads found = SqliteReads.open(copy)) {
            assertThat(found.messages("before")).hasSize(1);
            assertThat(found.raw(1)).isPresent();
            for (int i = 0; i < batch; i++) {
                boolean state = !found.messages("m" + i).isEmpty();
                assertThat(found.raw(2 + i).isPresent())
                        .as("the raw callback of m%d beside its state", i)
                        .isEqualTo(state);
                stored += state ? 1 : 0;
            }
            after.commit(List.of(incoming(event("later", Progress.SENT))));
            assertThat(found.messages("later")).hasSize(1);
        }
        return stored;
    }

    @Test
    void readingBeforeTheFirstStartSaysThatThereIsNoDatabase() {
        SqliteFile missing = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("no.db"), null, null));
        assertThatThrownBy(() -> SqliteReads.open(missing))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("no database");
        assertThat(Files.exists(folder.resolve("no.db"))).isFalse();
    }
}
