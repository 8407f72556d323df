package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** The database file: how its connections are set up, and its tables made. */
public final class SqliteFile {
    static final String URL_PREFIX = "jdbc:sqlite:";
    /** The newest migration under {@code db/sqlite}; a test holds it against the folder. */
    static final String NEWEST_MIGRATION = "1";

    private static final int WRITE_CACHE_KIB = 32 * 1024;
    private static final int READ_CACHE_KIB = 4 * 1024;

    private final String url;
    private final Path path;

    private SqliteFile(String url, Path path) {
        this.url = url;
        this.path = path;
    }

    /** @throws IllegalArgumentException if the URL is none of SQLite's */
    public static SqliteFile of(DatabaseSettings settings) {
        String url = settings.url();
        if (!url.startsWith(URL_PREFIX)) {
            throw new IllegalArgumentException("database.url is not of the form " + URL_PREFIX + "FILE");
        }
        String file = url.substring(URL_PREFIX.length());
        int mark = file.indexOf('?');
        return new SqliteFile(url, Path.of(mark < 0 ? file : file.substring(0, mark)));
    }

    public Path path() {
        return path;
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /** Makes the file and its folder where they are missing, and brings its tables up to date. */
    public void prepare() throws StoreException {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (!exists() || Files.size(path) == 0) {
                decideBeforeTheFirstTable();
            }
        } catch (SQLException e) {
            throw SqliteErrors.of("making " + path, e);
        } catch (IOException e) {
            throw new StoreException.Unavailable("cannot make the folder of " + path + ": " + e.getMessage(), e);
        }
        try (Connection connection = writer(5_000)) {
            if (isUpToDate(connection)) {
                return;
            }
        } catch (SQLException e) {
            throw SqliteErrors.of("opening " + path, e);
        }
        try {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("classpath:db/sqlite")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException.Broken(
                    "the tables of " + path + " could not be brought up to date: " + e.getMessage(), e);
        }
    }

    /** Whether a file can give back what it no longer needs, without being written anew as a whole, is decided while it is empty. */
    private void decideBeforeTheFirstTable() throws SQLException {
        try (Connection connection = JDBC.createConnection(url, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("VACUUM");
        }
    }

    /** Asked before Flyway is loaded, which takes longer than all else at a start. */
    private static boolean isUpToDate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet tables = statement.executeQuery(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'")) {
                if (!tables.next()) {
                    return false;
                }
            }
            try (ResultSet newest = statement.executeQuery(
                    "SELECT version FROM flyway_schema_history WHERE success = 1 ORDER BY installed_rank DESC LIMIT 1")) {
                return newest.next() && NEWEST_MIGRATION.equals(newest.getString(1));
            }
        }
    }

    /** The connection that writes. @param busyMillis how long to wait for another process's lock before giving up */
    Connection writer(int busyMillis) throws SQLException {
        SQLiteConfig config = config(busyMillis);
        config.setCacheSize(-WRITE_CACHE_KIB);
        // Checkpoints are synced by SQLite, commits by LogSync.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        // A commit must not also move pages from the log to the file: the checkpointer does that beside it.
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(256 << 20));
        Connection connection = JDBC.createConnection(url, config.toProperties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            // Where a page is written anyway, nothing stays in the place of a row that was moved or deleted.
            statement.execute("PRAGMA secure_delete = FAST");
        }
        return connection;
    }

    /**
     * How reading connections are set up. They may not be opened read-only: the log of a file nobody has open is theirs to read. They do not map
     * the file: SQLite takes a map away after each commit, which interrupts every processor.
     */
    Properties readerProperties() {
        SQLiteConfig config = config(2_000);
        config.setCacheSize(-READ_CACHE_KIB);
        Properties properties = config.toProperties();
        properties.setProperty("query_only", "true");
        return properties;
    }

    /**
     * How the connection of the background jobs is set up, which has a file of its own. Its commits are not synced: if the power
     * goes, a job runs once more, and no sync of a callback waits for the disk behind one of these.
     */
    static Properties jobProperties() {
        SQLiteConfig config = config(5_000);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        return config.toProperties();
    }

    String jobsUrl() {
        return URL_PREFIX + path + "-jobs";
    }

    String url() {
        return url;
    }

    private static SQLiteConfig config(int busyMillis) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(busyMillis);
        // Else the driver asks for the last row's number after every insert: a statement more for each.
        config.setGetGeneratedKeys(false);
        return config;
    }
}
