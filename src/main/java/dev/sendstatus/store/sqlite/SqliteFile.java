package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.SafeFiles;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Schema;
import dev.sendstatus.store.jdbc.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** The database file: how its connections are set up, and its tables made. */
public final class SqliteFile {
    static final String URL_PREFIX = "jdbc:sqlite:";

    /** Keeps a reading connection from writing. The driver has no property for it. */
    static final String QUERY_ONLY = "PRAGMA query_only = ON";

    private static final int PATIENT_MILLIS = 5_000;
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

    Path log() {
        return Path.of(path + "-wal");
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /** Makes the files and their folder where they are missing, for their owner only, and brings its tables up to date. */
    public void prepare() throws StoreException {
        try {
            SafeFiles.createFolderForOwner(SafeFiles.folder(path));
            SafeFiles.createForOwner(path);
            SafeFiles.createForOwner(Path.of(path + "-jobs"));
            if (Files.size(path) == 0) {
                decideBeforeTheFirstTable();
            }
        } catch (SQLException e) {
            throw cannotOpen(e);
        } catch (IOException e) {
            throw noRight(e);
        }
        // SQLite itself opens such a file for reading, and would fail at the first write only.
        String missing = missingRight();
        if (missing != null) {
            throw new StoreException.Unavailable(missing, null);
        }
        try (Connection connection = untouched(PATIENT_MILLIS)) {
            // Asked before Flyway is loaded, which takes longer than all else at a start.
            if (Schema.isUpToDate(connection, path.toString())) {
                return;
            }
        } catch (SQLException e) {
            throw cannotOpen(e);
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

    /** @throws StoreException if there is no database whose tables are of this version */
    void requireReadable() throws StoreException {
        if (!exists()) {
            throw new StoreException.Unavailable(
                    "there is no database at " + path + " yet: the first start of the server makes it", null);
        }
        try (Connection connection = untouched(PATIENT_MILLIS)) {
            Schema.requireReadable(connection, path.toString());
        } catch (SQLException e) {
            throw cannotOpen(e);
        }
    }

    /** A connection to what may be another program's file: nothing is set up that would change it. */
    Connection untouched(int busyMillis) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(busyMillis));
        return JDBC.createConnection(url, properties);
    }

    StoreException cannotOpen(SQLException e) {
        return switch (SqliteErrors.code(e)) {
            case 26 ->
                new StoreException.Unavailable(
                        path + " is not a SQLite database: name another file in database.url, or move this one away",
                        e);
            case 3, 8, 14, 23 -> noRight(e);
            default -> SqliteErrors.of("opening " + path, e);
        };
    }

    private StoreException noRight(Exception e) {
        String missing = missingRight();
        return new StoreException.Unavailable(
                missing == null ? "cannot open " + path + ": " + e.getMessage() : missing, e);
    }

    /** The reason why this user cannot write, for a person; null if none is known. */
    private @Nullable String missingRight() {
        Path folder = SafeFiles.folder(path);
        String what;
        if (Files.isDirectory(path)) {
            return path + " is a folder: name a file in it in database.url";
        } else if (exists() && !(Files.isReadable(path) && Files.isWritable(path))) {
            what = path.toString();
        } else if (!Files.isDirectory(folder)) {
            what = "the folder " + folder + ", which has to be made";
        } else if (!Files.isWritable(folder)) {
            what = "the folder " + folder + ", where SQLite keeps files beside the database";
        } else {
            return null;
        }
        return "no right to read and write " + what + ": run this as the server's user, or give this user the right";
    }

    /**
     * A connection beside which nobody can open the file, for as long as it is open, with transactions; each commit is on disk when it returns.
     *
     * @param reading whether it must not write
     */
    Connection alone(boolean reading) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setBusyTimeout(0);
        config.setGetGeneratedKeys(false);
        return Session.setUp(JDBC.createConnection(url, config.toProperties()), statement -> {
            // The first reading takes the lock. Statements before it, but for the mode, could open the file without.
            statement.execute("SELECT count(*) FROM sqlite_master");
            statement.execute("PRAGMA cache_size = -" + WRITE_CACHE_KIB);
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA query_only = " + reading);
            statement.getConnection().setAutoCommit(false);
        });
    }

    /** The connection that writes. @param busyMillis how long to wait for another process's lock before giving up */
    Connection writer(int busyMillis) throws SQLException {
        SQLiteConfig config = config(busyMillis);
        config.setCacheSize(-WRITE_CACHE_KIB);
        // Checkpoints are synced by SQLite, commits by FileSync.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        // A commit must not also move pages from the log to the file: the checkpointer does that beside it.
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(256 << 20));
        return Session.setUp(JDBC.createConnection(url, config.toProperties()), statement -> {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            // In a page that is written anyway, the place of a row that was moved or deleted is overwritten.
            statement.execute("PRAGMA secure_delete = FAST");
        });
    }

    /**
     * How reading connections are set up. They may not be opened read-only: the log of a file nobody has open is theirs to read. They do not map
     * the file: SQLite takes a map away after each commit, which interrupts every processor.
     */
    Properties readerProperties() {
        SQLiteConfig config = config(2_000);
        config.setCacheSize(-READ_CACHE_KIB);
        return config.toProperties();
    }

    /**
     * How the connection of the background jobs is set up, which has a file of its own. Its commits are not synced: if the power
     * goes, a job runs once more, and no sync of a callback waits for the disk behind one of these.
     */
    static Properties jobProperties() {
        SQLiteConfig config = config(PATIENT_MILLIS);
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
