package dev.sendstatus.store;

import dev.sendstatus.store.jdbc.CopyDialect;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.postgres.PostgresCopyDialect;
import dev.sendstatus.store.postgres.PostgresDatabase;
import dev.sendstatus.store.postgres.PostgresDialect;
import dev.sendstatus.store.postgres.PostgresServer;
import dev.sendstatus.store.sqlite.SqliteCopyDialect;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of a test's own, open for writing and reading, that can be opened again. To be registered as an extension. */
public final class TestDatabase implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private final boolean postgres;
    private @Nullable Path folder;
    private @Nullable DatabaseSettings settings;
    private @Nullable Store store;
    private @Nullable Reads reads;

    private TestDatabase(boolean postgres) {
        this.postgres = postgres;
    }

    /** A file in a folder that is removed after the test. */
    public static TestDatabase sqlite() {
        return new TestDatabase(false);
    }

    /** A database of a PostgreSQL server that all tests share. */
    public static TestDatabase postgres() {
        return new TestDatabase(true);
    }

    /** One that is open already, for tests that are no JUnit test methods. To be closed. */
    public static TestDatabase opened() throws Exception {
        TestDatabase database = sqlite();
        database.make();
        return database;
    }

    /** That file as it is, or where it is missing an empty database with its tables: to copy one takes less time than to make it anew. */
    public static DatabaseSettings file(Path file) {
        if (!Files.exists(file)) {
            try {
                Files.copy(Template.FILE, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sqlite(file);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        make();
    }

    private void make() throws Exception {
        if (postgres) {
            settings = PostgresServer.fresh();
        } else {
            folder = Files.createTempDirectory("sendstatus-test");
            settings = file(folder.resolve("sendstatus.db"));
        }
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        shut();
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(TestDatabase::delete);
            }
        }
    }

    private static final class Template {
        private static final Path FILE = make();

        private static Path make() {
            try {
                Path file = Files.createTempDirectory("sendstatus-template").resolve("empty.db");
                file.toFile().deleteOnExit();
                Store.open(dialect(sqlite(file))).close();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static DatabaseSettings sqlite(Path file) {
        return new DatabaseSettings("jdbc:sqlite:" + file, null, null);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DatabaseSettings settings() {
        return present(settings);
    }

    public Dialect dialect() {
        return dialect(settings());
    }

    /** @param settings of either database */
    public static Dialect dialect(DatabaseSettings settings) {
        return PostgresDatabase.isMeantBy(settings)
                ? new PostgresDialect(PostgresDatabase.of(settings))
                : new SqliteDialect(SqliteFile.of(settings));
    }

    /** @param settings of either database */
    public static CopyDialect copyDialect(DatabaseSettings settings) {
        return PostgresDatabase.isMeantBy(settings)
                ? new PostgresCopyDialect(PostgresDatabase.of(settings))
                : new SqliteCopyDialect(SqliteFile.of(settings));
    }

    private void open() throws StoreException {
        store = Store.open(dialect());
        reads = Reads.open(dialect());
    }

    private void shut() {
        if (reads != null) {
            reads.close();
        }
        if (store != null) {
            store.close();
        }
    }

    public Store store() {
        return present(store);
    }

    public Reads reads() {
        return present(reads);
    }

    /** The first column of what a person would see who asks the database, by rows. */
    public List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Changes rows behind the program's back. */
    public int update(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(
                settings().url(), settings().user(), settings().password());
    }

    /** Closes both and opens them again, as a restart would. */
    public void reopen() throws StoreException {
        shut();
        open();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("only within a test");
        }
        return value;
    }
}
