package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sendstatus.migrate.CannotMigrate;
import dev.sendstatus.migrate.Migrator;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.postgres.PostgresServer;
import dev.sendstatus.store.sqlite.SqliteBackup;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that cannot be used is said to be what it is, in one line, by whatever opens it, and left as it was. */
class OpeningTest {
    @TempDir
    private Path folder;

    private final List<Path> protectedPaths = new ArrayList<>();

    private Path file() {
        return folder.resolve("test.db");
    }

    private DatabaseSettings sqlite() {
        return new DatabaseSettings("jdbc:sqlite:" + file(), null, null);
    }

    private static void make(DatabaseSettings settings) throws StoreException {
        Store.open(TestDatabase.dialect(settings)).close();
    }

    private static void execute(DatabaseSettings settings, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void assertSaid(ThrowingCallable opening, String... words) {
        assertThatThrownBy(opening)
                .isInstanceOfAny(StoreException.Unavailable.class, BackupFailed.class, CannotMigrate.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())
                                .lines()
                                .findFirst()
                                .orElseThrow())
                        .contains(words)
                        .doesNotContain("Exception", "SQLITE_", "org."));
    }

    private static void assertWritersSay(DatabaseSettings settings, String... words) {
        assertSaid(() -> make(settings), words);
    }

    private static void assertReadersSay(DatabaseSettings settings, String... words) {
        assertSaid(() -> Reads.open(TestDatabase.dialect(settings)).close(), words);
    }

    private void assertBackupSays(String... words) {
        assertSaid(
                () -> SqliteBackup.make(SqliteFile.of(sqlite()), folder.resolve("backup"), false, share -> {}), words);
        assertThat(folder.resolve("backup")).doesNotExist();
    }

    private void assertMigrationSays(DatabaseSettings from, DatabaseSettings to, String... words) {
        Migrator.Listener nobody = new Migrator.Listener() {
            @Override
            public void begins(String what, long total) {}

            @Override
            public void at(long rows) {}
        };
        assertSaid(() -> Migrator.run(TestDatabase.copyDialect(from), TestDatabase.copyDialect(to), nobody), words);
    }

    private void assertAllSay(DatabaseSettings settings, String... words) {
        assertWritersSay(settings, words);
        assertReadersSay(settings, words);
        DatabaseSettings other = new DatabaseSettings("jdbc:sqlite:" + folder.resolve("other.db"), null, null);
        assertMigrationSays(settings, other, words);
        assertMigrationSays(other, settings, words);
    }

    @Test
    void aFileOfANewerVersionIsRefusedAndLeftAsItIs() throws Exception {
        make(sqlite());
        execute(sqlite(), "UPDATE flyway_schema_history SET version = '999'");
        byte[] before = Files.readAllBytes(file());
        String[] words = {"test.db is of a newer Sendstatus", "version 999", "Use the newer one"};
        assertAllSay(sqlite(), words);
        assertBackupSays(words);
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void aFileOfBeforePlainTablesIsRefusedAndLeftAsItIs() throws Exception {
        execute(
                sqlite(),
                "CREATE TABLE flyway_schema_history (installed_rank INTEGER, version TEXT, success BOOLEAN)",
                "INSERT INTO flyway_schema_history VALUES (1, '5', true)",
                "CREATE TABLE word (id INTEGER)",
                "CREATE TABLE segment (id INTEGER)");
        byte[] before = Files.readAllBytes(file());
        assertAllSay(sqlite(), "of before 2026-11-30", "docs/start-over.md");
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void aFileOfAnOlderVersionHasToBeBroughtUpToDateBeforeItIsRead() throws Exception {
        make(sqlite());
        execute(sqlite(), "UPDATE flyway_schema_history SET version = '-1'");
        assertReadersSay(sqlite(), "the tables of", "start its server once");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws Exception {
        Files.writeString(file(), "not a database at all, but long enough ".repeat(100));
        byte[] before = Files.readAllBytes(file());
        String[] words = {"test.db is not a SQLite database", "database.url"};
        assertAllSay(sqlite(), words);
        assertBackupSays(words);
        assertThat(file()).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE customer (id INTEGER)",
                // That uses the same tool for its own tables, with versions of its own making.
                "CREATE TABLE flyway_schema_history (installed_rank INTEGER, version TEXT, success BOOLEAN);"
                        + "CREATE TABLE customer (id INTEGER);"
                        + "INSERT INTO flyway_schema_history VALUES (1, '20240101.1', true)"
            })
    void anotherProgramsDatabaseIsRefusedAndLeftAsItIs(String tables) throws Exception {
        execute(sqlite(), tables.split(";"));
        byte[] before = Files.readAllBytes(file());
        String[] words = {"test.db is a database of another program", "Name an empty database in database.url"};
        assertAllSay(sqlite(), words);
        assertBackupSays(words);
        assertThat(file()).hasBinaryContent(before);
        assertThat(Path.of(file() + "-wal")).doesNotExist();
    }

    @Test
    void aFolderInTheFilesPlaceIsRefused() throws Exception {
        Files.createDirectory(file());
        assertWritersSay(sqlite(), "test.db is a folder", "name a file in it");
        assertReadersSay(sqlite(), "test.db is a folder", "name a file in it");
    }

    @Test
    void readersOfWhatIsNotThereMakeNothing() throws Exception {
        assertReadersSay(sqlite(), "there is no database at", "the first start of the server makes it");
        assertThat(file()).doesNotExist();
        Files.createFile(file());
        assertReadersSay(sqlite(), "there are no tables in", "the first start of the server makes them");
        assertThat(file()).isEmptyFile();
    }

    /** As a first start leaves it that was killed before the tables were there. */
    @Test
    void aFirstStartThatWasCutShortIsGoneOnWith() throws Exception {
        make(sqlite());
        Path begun = folder.resolve("begun.db");
        DatabaseSettings second = new DatabaseSettings("jdbc:sqlite:" + begun, null, null);
        execute(
                second,
                "ATTACH '" + file() + "' AS whole",
                "CREATE TABLE flyway_schema_history AS SELECT * FROM whole.flyway_schema_history WHERE false");
        assertReadersSay(second, "there are no tables in");
        make(second);
        Reads.open(TestDatabase.dialect(second)).close();
    }

    @Test
    void aFileThatThisUserMayNotWriteIsNamedWithTheRemedy() throws Exception {
        make(sqlite());
        protect(file());
        assertWritersSay(sqlite(), "no right to read and write " + file(), "run this as the server's user");
    }

    @Test
    void aFolderThatThisUserMayNotWriteIsNamedWithTheRemedy() throws Exception {
        make(sqlite());
        protect(folder);
        String[] words = {"no right to read and write the folder " + folder, "run this as the server's user"};
        assertWritersSay(sqlite(), words);
        // Its log has to be made beside it even to read.
        assertReadersSay(sqlite(), words);
        DatabaseSettings inside = new DatabaseSettings("jdbc:sqlite:" + folder.resolve("data/new.db"), null, null);
        assertWritersSay(inside, "no right to read and write the folder " + folder.resolve("data"), "has to be made");
    }

    /** The rights of a file mean nothing to root, but that it cannot be changed does. */
    private void protect(Path path) throws Exception {
        protectedPaths.add(path);
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
        if (Files.isWritable(path)) {
            attribute("+i", path);
        }
        assumeThat(Files.isWritable(path)).as("protected from this user").isFalse();
    }

    @AfterEach
    void unprotect() throws Exception {
        for (Path path : protectedPaths) {
            attribute("-i", path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void attribute(String change, Path path) throws InterruptedException {
        try {
            new ProcessBuilder("chattr", change, path.toString())
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // Not on this system: whoever is not root does not need it.
            assertThat(e).isNotNull();
        }
    }

    @Tag("slow")
    @Test
    void aPostgresqlDatabaseOfANewerVersionIsRefused() throws Exception {
        DatabaseSettings settings = PostgresServer.fresh();
        execute(settings, "UPDATE flyway_schema_history SET version = '999'");
        assertAllSay(settings, "is of a newer Sendstatus", "version 999", "Use the newer one");
    }

    @Tag("slow")
    @Test
    void aPostgresqlDatabaseOfAnotherProgramIsRefused() throws Exception {
        DatabaseSettings settings = PostgresServer.empty();
        execute(settings, "CREATE TABLE customer (id INTEGER)");
        assertAllSay(settings, "is a database of another program", "Name an empty database in database.url");
    }

    @Tag("slow")
    @Test
    void aPostgresqlUserWithoutRightsIsToldSo() throws Exception {
        DatabaseSettings owner = PostgresServer.fresh();
        String name = "stranger" + System.nanoTime();
        execute(owner, "CREATE ROLE " + name + " LOGIN");
        DatabaseSettings stranger = new DatabaseSettings(owner.url(), name, "");
        String[] words = {"database.user has no right to do this", "the user who owns the database"};
        assertAllSay(stranger, words);
        DatabaseSettings empty = new DatabaseSettings(PostgresServer.empty().url(), name, "");
        assertWritersSay(empty, words);
    }
}
