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
import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.SafeFiles;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackupTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path folder;

    private SqliteFile file(String name) {
        return SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve(name), null, null));
    }

    private static Incoming incoming(int message) {
        return new Incoming(
                new AccountName(Histories.PROVIDER, "main"),
                Source.WEBHOOK,
                NOW,
                new RawCallback("POST", null, null, ("body " + message).getBytes(StandardCharsets.UTF_8)),
                List.of(DeliveryEvent.of(
                                new MessageKey(Histories.PROVIDER, "m" + message),
                                Direction.OUTBOUND,
                                Progress.SENT,
                                "sent")
                        .to("+12025550143")
                        .build()),
                null);
    }

    private static void fill(Store store, int first, int count) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            batch.add(incoming(i));
            if (batch.size() == 500) {
                store.commit(batch);
                batch.clear();
            }
        }
        store.commit(batch);
    }

    private static Store open(SqliteFile file) throws StoreException {
        return Store.open(new SqliteDialect(file));
    }

    private static List<StoredMessage> all(SqliteFile file) throws StoreException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(file.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT provider_id FROM message ORDER BY id")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try (Reads reads = Reads.open(new SqliteDialect(file))) {
            return reads.messages(ids);
        }
    }

    @Test
    void aBackupUnderLoadHasEveryMessageOfItsMomentAndBringsThemBack() throws Exception {
        SqliteFile source = file("test.db");
        Path backup = folder.resolve("backup.db");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger stored = new AtomicInteger(10_000);
        int before;
        SqliteBackup.Made made;
        try (Store store = open(source)) {
            fill(store, 0, 10_000);
            Thread load = new Thread(() -> {
                while (!done.get()) {
                    try {
                        store.commit(List.of(incoming(stored.get())));
                    } catch (StoreException e) {
                        throw new IllegalStateException(e);
                    }
                    stored.incrementAndGet();
                }
            });
            load.start();
            before = stored.get();
            made = SqliteBackup.make(source, backup, false, share -> {});
            done.set(true);
            load.join();
            assertThat(stored.get()).isGreaterThan(before);
        }
        assertThat(made.messages()).isBetween((long) before, (long) stored.get());
        assertThat(Files.size(backup)).isEqualTo(made.bytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");

        List<StoredMessage> expected = all(source);
        SqliteRestore.Restored restored = SqliteRestore.restore(source, backup, NOW);
        List<StoredMessage> brought = all(source);
        assertThat(brought).hasSize((int) made.messages());
        assertThat(brought).isEqualTo(expected.subList(0, brought.size()));
        assertThat(restored.replaced()).isEqualTo(folder.resolve("test.db.replaced-20261125T120000Z"));
        assertThat(all(file("test.db.replaced-20261125T120000Z"))).hasSize(stored.get());
        try (Store store = open(source)) {
            store.commit(List.of(incoming(1_000_000)));
        }
        assertThat(all(source)).hasSize(brought.size() + 1);
        assertThat(names()).noneMatch(name -> name.contains("partial"));
    }

    @Test
    void aBackupOfAFileThatCannotGiveDiskBackCan() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("old.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE something (id INTEGER)");
            statement.execute("DROP TABLE something");
        }
        open(file("old.db")).close();
        assertThat(autoVacuum("old.db")).isZero();
        SqliteBackup.make(file("old.db"), folder.resolve("new.db"), false, share -> {});
        assertThat(autoVacuum("new.db")).isEqualTo(2);
    }

    private int autoVacuum(String name) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA auto_vacuum")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyOnDemand() throws Exception {
        SqliteFile source = file("test.db");
        open(source).close();
        Path backup = Files.writeString(folder.resolve("backup.db"), "precious");
        assertThatThrownBy(() -> SqliteBackup.make(source, backup, false, share -> {}))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("--force");
        assertThat(backup).hasContent("precious");
        assertThatThrownBy(() -> SqliteBackup.make(source, source.path(), true, share -> {}))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("the database itself");
        SqliteBackup.make(source, backup, true, share -> {});
        assertThat(BackupCheck.of(backup).messages()).isZero();
    }

    @Test
    void aDiskWithoutRoomIsNoticedBefore() {
        assertThatThrownBy(() -> SafeFiles.requireSpace(folder.resolve("backup.db"), 1L << 30, 1L << 20))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("backup.db needs 1,139 MB")
                .hasMessageContaining("1 MB free");
    }

    @Test
    void whatFailsInTheMiddleLeavesNothing() throws Exception {
        SqliteFile source = file("test.db");
        try (Store store = open(source)) {
            fill(store, 0, 100);
        }
        assertThatThrownBy(() -> SqliteBackup.make(source, folder.resolve("backup.db"), false, share -> {
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessageContaining("in the middle");
        assertThat(names()).noneMatch(name -> name.startsWith("backup.db"));
    }

    @Test
    void whatAKilledBackupLeftIsRemovedByTheNext() throws Exception {
        SqliteFile source = file("test.db");
        open(source).close();
        // Beyond the highest that Linux gives a process.
        Files.writeString(folder.resolve("backup.db.partial-9999999"), "half");
        Path running = folder.resolve("backup.db.partial-1");
        Files.writeString(running, "of a process that runs");
        SqliteBackup.make(source, folder.resolve("backup.db"), false, share -> {});
        assertThat(folder.resolve("backup.db.partial-9999999")).doesNotExist();
        assertThat(running).exists();
    }

    @Test
    void aDamagedBackupIsRefusedAndTheDatabaseStays() throws Exception {
        SqliteFile database = file("test.db");
        Path backup = folder.resolve("backup.db");
        try (Store store = open(database)) {
            fill(store, 0, 5_000);
            SqliteBackup.make(database, backup, false, share -> {});
        }
        try (RandomAccessFile bytes = new RandomAccessFile(backup.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            bytes.write(new byte[8_192]);
        }
        assertThatThrownBy(() -> SqliteRestore.restore(database, backup, NOW))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("damaged");
        Path text = Files.writeString(folder.resolve("text.db"), "not a database at all, but long enough");
        assertThatThrownBy(() -> SqliteRestore.restore(database, text, NOW))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("is no SQLite database");
        assertThatThrownBy(() -> SqliteRestore.restore(database, folder.resolve("missing.db"), NOW))
                .isInstanceOf(BackupFailed.class)
                .hasMessageContaining("Cannot read");
        assertThat(all(database)).hasSize(5_000);
        assertThat(names()).noneMatch(name -> name.contains("replaced") || name.contains("partial"));
    }

    @Test
    void aDatabaseOfANewerVersionOrOfSomethingElseIsRefused() throws Exception {
        SqliteFile database = file("test.db");
        open(database).close();
        Path other = folder.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE something (id INTEGER)");
        }
        assertThatThrownBy(() -> SqliteRestore.restore(database, other, NOW)).hasMessageContaining("something else");
        SqliteBackup.make(database, folder.resolve("newer.db"), false, share -> {});
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("newer.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET version = '999'");
        }
        assertThatThrownBy(() -> SqliteRestore.restore(database, folder.resolve("newer.db"), NOW))
                .hasMessageContaining("newer version");
    }

    @Test
    void aDatabaseThatIsOpenIsNotReplaced() throws Exception {
        SqliteFile database = file("test.db");
        Path backup = folder.resolve("backup.db");
        try (Store store = open(database)) {
            SqliteBackup.make(database, backup, false, share -> {});
            store.commit(List.of(incoming(1)));
            assertThatThrownBy(() -> SqliteRestore.restore(database, backup, NOW))
                    .isInstanceOf(BackupFailed.class)
                    .hasMessageContaining("stop the server");
            store.commit(List.of(incoming(2)));
        }
        assertThat(all(database)).hasSize(2);
        SqliteRestore.restore(database, backup, NOW);
        assertThat(all(database)).isEmpty();
    }

    @Test
    void aDamagedDatabaseIsReplacedAndKept() throws Exception {
        SqliteFile database = file("test.db");
        Path backup = folder.resolve("backup.db");
        try (Store store = open(database)) {
            store.commit(List.of(incoming(1)));
            SqliteBackup.make(database, backup, false, share -> {});
        }
        Files.writeString(database.path(), "rubbish ".repeat(1_000));
        SqliteRestore.Restored restored = SqliteRestore.restore(database, backup, NOW);
        assertThat(all(database)).hasSize(1);
        assertThat(restored.replaced()).content().startsWith("rubbish");
    }

    @Test
    void whereThereIsNoDatabaseTheBackupBecomesIt() throws Exception {
        try (Store store = open(file("test.db"))) {
            store.commit(List.of(incoming(1)));
            SqliteBackup.make(file("test.db"), folder.resolve("backup.db"), false, share -> {});
        }
        SqliteFile elsewhere = file("deep/new.db");
        assertThat(SqliteRestore.restore(elsewhere, folder.resolve("backup.db"), NOW)
                        .replaced())
                .isNull();
        assertThat(all(elsewhere)).hasSize(1);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
