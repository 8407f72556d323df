package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.BackupFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;

/**
 * The sole use of a database, for as long as this is open. SQLite proves it: a process gives a log up only if it is alone, and every other
 * that has the database open, writing or not, keeps it from being so.
 */
final class SoleUse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoleUse.class);
    /** The bytes that SQLite locks in a file that is in use: those after the first GiB ({@code SHARED_FIRST} and {@code SHARED_SIZE}). */
    private static final long SHARED_FIRST = (1L << 30) + 2;

    private static final long SHARED_SIZE = 510;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int CORRUPT = 11;
    private static final int NO_DATABASE = 26;

    private final @Nullable Connection connection;
    private final @Nullable FileChannel channel;

    private SoleUse(@Nullable Connection connection, @Nullable FileChannel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    static SoleUse of(SqliteFile file) throws BackupFailed, IOException {
        if (!file.exists()) {
            return new SoleUse(null, null);
        }
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "500");
        Connection connection = null;
        boolean taken = false;
        try {
            connection = JDBC.createConnection(file.url(), properties);
            takeAlone(connection, file);
            taken = true;
            return new SoleUse(connection, null);
        } catch (SQLException e) {
            requireDamaged(file, e);
        } finally {
            if (!taken && connection != null) {
                close(connection);
            }
        }
        // Only now: a file that a process closes loses all locks that the process has on it.
        return ofDamaged(file);
    }

    /** A damaged database is what a backup is for; whatever else fails is told. */
    private static void requireDamaged(SqliteFile file, SQLException e) throws BackupFailed {
        int code = SqliteErrors.code(e);
        if (code == BUSY || code == LOCKED) {
            throw inUse(file, e);
        }
        if (code != CORRUPT && code != NO_DATABASE) {
            throw new BackupFailed("Cannot open " + file.path() + ": " + e.getMessage() + ". Nothing was changed.", e);
        }
        LOG.debug("the database cannot be read: {}", e.getMessage());
    }

    private static void takeAlone(Connection connection, SqliteFile file) throws SQLException, BackupFailed {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
                if (!mode.next() || !mode.getString(1).equals("delete")) {
                    throw inUse(file, null);
                }
            }
            statement.execute("BEGIN EXCLUSIVE");
        }
    }

    private static SoleUse ofDamaged(SqliteFile file) throws BackupFailed, IOException {
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            FileLock lock = channel.tryLock(SHARED_FIRST, SHARED_SIZE, false);
            if (lock == null) {
                throw inUse(file, null);
            }
            done = true;
            return new SoleUse(null, channel);
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    private static BackupFailed inUse(SqliteFile file, @Nullable Throwable cause) {
        return new BackupFailed(
                file.path() + " is in use: stop the server and every other command on it, then try again. Nothing was"
                        + " changed.",
                cause);
    }

    /** Whether there is a database. */
    boolean existed() {
        return connection != null || channel != null;
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("closing the database: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            close(connection);
        }
        if (channel != null) {
            channel.close();
        }
    }
}
