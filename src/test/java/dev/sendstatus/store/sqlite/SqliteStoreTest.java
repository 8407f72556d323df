package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Schema;
import dev.sendstatus.store.jdbc.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.sqlite.JDBC;

/** What is SQLite's own: syncs, locks, other processes, and crashes that leave half a log. */
class SqliteStoreTest {
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path folder;

    private SqliteFile file;
    private Store store;
    private Reads reads;

    @BeforeEach
    void open() throws StoreException {
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("deep/test.db"), null, null));
        store = open(file);
        reads = Reads.open(new SqliteDialect(file));
    }

    private static Store open(SqliteFile file) throws StoreException {
        return Store.open(new SqliteDialect(file));
    }

    @AfterEach
    void close() {
        reads.close();
        store.close();
    }

    private static MessageKey key(String id) {
        return new MessageKey(Histories.PROVIDER, id);
    }

    private static RawCallback raw(String body) {
        return new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Incoming incoming(String id, Progress progress) {
        DeliveryEvent event = DeliveryEvent.of(key(id), Direction.OUTBOUND, progress, progress.name())
                .to("+12025550143")
                .build();
        return new Incoming(ACCOUNT, Source.WEBHOOK, NOW, raw(id), List.of(event), null);
    }

    private static AcceptedCallback accepted(String id) {
        return new AcceptedCallback(ACCOUNT, NOW, raw(id));
    }

    /** The virtual machine itself records each call that forces a file's bytes to the disk. */
    @Test
    void everyCommitIsSyncedBeforeItReturns() throws Exception {
        store.commit(List.of(incoming("before", Progress.SENT)));
        Path log = Path.of(file.path() + "-wal").toRealPath();
        assertThat(forced(log, () -> {})).as("nothing is done").isZero();
        assertThat(forced(log, () -> store.commit(List.of(incoming("m1", Progress.SENT)))))
                .as("a callback")
                .isEqualTo(1);
        assertThat(forced(log, () -> store.probe())).as("a proof").isEqualTo(1);
        assertThat(forced(log, () -> store.accept(List.of(accepted("m1"), accepted("m2")), NOW)))
                .as("two callbacks that come together")
                .isEqualTo(1);
        assertThat(forced(log, () -> {
                    List<?> applied = store.apply(
                            10, (callback, source) -> incoming("m" + callback.number(), Progress.DELIVERED));
                    assertThat(applied).hasSize(2);
                }))
                .as("what is in the log already is applied, and can be again after a power cut")
                .isZero();
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
        assertThat(Schema.NEWEST).isEqualTo(newest);
    }

    @Test
    void aLockOfAnotherProcessIsUnavailableAndEndsByItself() throws Exception {
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> store.commit(List.of(incoming("m1", Progress.SENT))))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("locked");
            assertThat(reads.messages("m1")).isEmpty();
            statement.execute("COMMIT");
        }
        store.commit(List.of(incoming("m1", Progress.SENT)));
        assertThat(reads.messages("m1")).hasSize(1);
    }

    /** The checkpointer looks at the log many times while the other process starts. */
    @Test
    void theWritersLockKeepsAnotherProcessOut() throws Exception {
        store.accept(List.of(accepted("m1")), NOW);
        String[] seen = new String[1];
        store.apply(10, (callback, source) -> {
            seen[0] = probe();
            return incoming("m1", Progress.SENT);
        });
        assertThat(seen).containsExactly(LockProbe.BUSY);
        assertThat(probe()).isEqualTo(LockProbe.FREE);
    }

    /** A process that found no locks would take itself for the last one, and remove the log when it closes the file. */
    @Test
    void whoeverClosesTheFileInThisProcessLeavesTheOthersTheirLocks() throws Exception {
        store.commit(List.of(incoming("m1", Progress.SENT)));
        open(file).close();
        Reads.open(new SqliteDialect(file)).close();
        assertThat(probe()).isEqualTo(LockProbe.FREE);
        assertThat(Path.of(file.path() + "-wal")).exists();
        store.commit(List.of(incoming("m2", Progress.SENT)));
        assertThat(reads.messages("m1")).hasSize(1);
        assertThat(reads.messages("m2")).hasSize(1);
    }

    private String probe() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            Stream.of(LockProbe.class, JDBC.class, Logger.class)
                                    .map(SqliteStoreTest::place)
                                    .collect(Collectors.joining(":")),
                            LockProbe.class.getName(),
                            file.url())
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    @Test
    void whatAnotherProcessWroteIsSeenByTheNextCommit() throws StoreException {
        store.commit(List.of(incoming("m1", Progress.SENT)));
        try (Store other = open(file)) {
            other.commit(List.of(incoming("m1", Progress.DELIVERED)));
            store.commit(List.of(incoming("m1", Progress.FAILED)));
            other.commit(List.of(incoming("m1", Progress.ACCEPTED)));
        }
        assertThat(reads.history(key("m1")).events())
                .extracting(RecordedEvent::sequence)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    /** An account that another process added has the number that it got there. */
    @Test
    void accountsThatTwoProcessesMeetAtTheSameTimeAreOne() throws StoreException {
        try (Store other = open(file)) {
            other.accept(List.of(accepted("m1")), NOW);
            store.accept(List.of(accepted("m2")), NOW);
        }
        assertThat(reads.accounts()).containsExactly(ACCOUNT);
    }

    @Test
    void whatAnotherProcessAcceptedIsAppliedByThisOneOnce() throws StoreException {
        try (Store other = open(file)) {
            other.accept(List.of(accepted("m1")), NOW);
            assertThat(store.apply(10, (callback, source) -> incoming("m1", Progress.SENT)))
                    .hasSize(1);
            assertThat(other.apply(10, (callback, source) -> incoming("m1", Progress.SENT)))
                    .isEmpty();
        }
        assertThat(reads.callbacks().waitingSince()).isNull();
        assertThat(reads.history(key("m1")).events()).hasSize(1);
    }

    /** The state that is written speaks of an account that only the other process ever heard of. */
    @Test
    void aMessageThatAnotherProcessHasFromAnotherAccountGrows() throws StoreException {
        AccountName second = new AccountName(Histories.PROVIDER, "second");
        Incoming first = incoming("m1", Progress.SENT);
        try (Store other = open(file)) {
            other.commit(List.of(
                    new Incoming(second, first.source(), first.receivedAt(), first.raw(), first.events(), null)));
        }
        store.commit(List.of(incoming("m1", Progress.DELIVERED)));
        assertThat(reads.history(key("m1")).events())
                .extracting(RecordedEvent::account)
                .containsExactly(second, ACCOUNT);
    }

    @Test
    void aBodyCutShortOnDiskIsNoticed() throws Exception {
        store.commit(List.of(incoming("m1", Progress.SENT)));
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE callback SET body = substr(body, 1, length(body) - 5)");
        }
        assertThatThrownBy(() -> reads.callbacks().one(1))
                .isInstanceOf(StoreException.Broken.class)
                .hasMessageContaining("damaged");
        assertThat(reads.messages("m1")).hasSize(1);
    }

    /** Its own limit stands for the disk's: SQLite reports both alike. */
    @Test
    void aFullDiskIsUnavailableAndEndsByItself() throws Exception {
        store.commit(List.of(incoming("m1", Progress.SENT)));
        long pages;
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA page_count")) {
            row.next();
            pages = row.getLong(1);
        }
        SqliteFile small = SqliteFile.of(new DatabaseSettings(file.url() + "?max_page_count=" + pages, null, null));
        RawCallback large = new RawCallback("POST", null, null, noise(1 << 20));
        try (Store full = open(small)) {
            assertThatThrownBy(() -> full.accept(List.of(new AcceptedCallback(ACCOUNT, NOW, large)), NOW))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("the disk is full");
            assertThat(reads.callbacks().waitingSince()).isNull();
            assertThat(full.apply(10, (callback, source) -> incoming("m1", Progress.SENT)))
                    .isEmpty();
        }
        store.accept(List.of(new AcceptedCallback(ACCOUNT, NOW, large)), NOW);
        assertThat(reads.callbacks().waitingSince()).isEqualTo(NOW);
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(1).nextBytes(bytes);
        return bytes;
    }

    /** A crash leaves the log with as much of a commit as the disk had taken: a header, some pages, half a page. */
    @Test
    void aCrashBetweenThePartsOfABatchLeavesAllOfItOrNothing() throws Exception {
        Path log = Path.of(file.path() + "-wal");
        store.commit(List.of(incoming("before", Progress.SENT)));
        long without = Files.size(log);
        List<Incoming> batch = IntStream.range(0, 200)
                .mapToObj(i -> incoming("m" + i, Progress.SENT))
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
        try (Store after = open(copy);
                Reads found = Reads.open(new SqliteDialect(copy))) {
            assertThat(found.messages("before")).hasSize(1);
            assertThat(found.callbacks().one(1)).isPresent();
            for (int i = 0; i < batch; i++) {
                boolean state = !found.messages("m" + i).isEmpty();
                assertThat(found.callbacks().one(2 + i).isPresent())
                        .as("the raw callback of m%d beside its state", i)
                        .isEqualTo(state);
                stored += state ? 1 : 0;
            }
            after.commit(List.of(incoming("later", Progress.SENT)));
            assertThat(found.messages("later")).hasSize(1);
        }
        return stored;
    }
}
