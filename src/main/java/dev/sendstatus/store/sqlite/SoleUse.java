package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.jdbc.Session;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The sole use of a database, for as long as this is open. SQLite proves it: a process gives a log up only if it is alone, and every other
 * that has the database open, writing or not, keeps it from being so.
 *
 * @param held the connection or the file that has the lock; null if there is no database
 */
record SoleUse(@Nullable AutoCloseable held) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SoleUse.class);
    /** The bytes that SQLite locks in a file that is in use: those after the first GiB ({@code SHARED_FIRST} and {@code SHARED_SIZE}). */
    private static final long SHARED_FIRST = (1L << 30) + 2;

    private static final long SHARED_SIZE = 510;
    private static final int BUSY_MILLIS = 500;

    static SoleUse of(SqliteFile file) throws BackupFailed, IOException {
        if (!file.exists()) {
            return new SoleUse(null);
        }
        try {
            return new SoleUse(Session.setUp(file.untouched(BUSY_MILLIS), SoleUse::takeAlone));
        } catch (SQLException e) {
            switch (SqliteErrors.code(e)) {
                case 5, 6 -> throw inUse(file, e);
                // A damaged database is what a backup is for.
                case 11, 26 -> LOG.debug("the database cannot be read: {}", e.getMessage());
                default ->
                    throw new BackupFailed(
                            "Cannot open " + file.path() + ": " + e.getMessage() + ". Nothing was changed.", e);
            }
        }
        // Only now: a file that a process closes loses all locks that the process has on it.
        return ofDamaged(file);
    }

    private static void takeAlone(Statement statement) throws SQLException {
        try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = DELETE")) {
            if (!mode.next() || !mode.getString(1).equals("delete")) {
                throw new SQLiteException("the log is in use", SQLiteErrorCode.SQLITE_BUSY);
            }
        }
        statement.execute("BEGIN EXCLUSIVE");
    }

    private static SoleUse ofDamaged(SqliteFile file) throws BackupFailed, IOException {
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            if (channel.tryLock(SHARED_FIRST, SHARED_SIZE, false) == null) {
                throw inUse(file, null);
            }
            done = true;
            return new SoleUse(channel);
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

    @Override
    public void close() {
        try {
            if (held != null) {
                held.close();
            }
        } catch (Exception e) {
            LOG.debug("closing the database: {}", e.getMessage());
        }
    }
}
