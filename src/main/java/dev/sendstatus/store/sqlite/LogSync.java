package dev.sendstatus.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Syncs the log after a commit, in SQLite's place. The driver's SQLite calls {@code fsync}, which also waits for the file system's
 * own log, because the time at which the file was changed is in it: while the file system writes back a checkpoint, that took up to
 * 137 ms. {@code fdatasync} waits for the bytes and the length of the file only, which is all that a recovery reads.
 *
 * <p>The log has no locks of SQLite, so a file descriptor of it may be closed here. After a sync that failed, the system may call the
 * next one a success though the bytes never came to the disk; so all further ones fail too. Any thread.
 */
final class LogSync implements AutoCloseable {
    private final FileChannel channel;
    private volatile boolean failed;

    /** @param database in use by a connection that has read or written something, so that there is a log */
    LogSync(Path database) throws SQLException {
        try {
            this.channel = FileChannel.open(log(database), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new SQLiteException("opening the log: " + e.getMessage(), SQLiteErrorCode.SQLITE_CANTOPEN);
        }
    }

    /** The same for a process that only reads: without a log, all is on disk. */
    static void once(Path database) throws SQLException {
        if (Files.exists(log(database))) {
            try (LogSync sync = new LogSync(database)) {
                sync.sync();
            }
        }
    }

    private static Path log(Path database) {
        return Path.of(database + "-wal");
    }

    /** When this returns, all that was committed before it was called is on disk. */
    void sync() throws SQLException {
        if (failed) {
            throw new SQLiteException("the log could not be synced", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            failed = true;
            throw new SQLiteException("syncing the log: " + e.getMessage(), SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        }
    }

    boolean failed() {
        return failed;
    }

    @Override
    public void close() throws SQLException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new SQLiteException("closing the log: " + e.getMessage(), SQLiteErrorCode.SQLITE_IOERR_CLOSE);
        }
    }
}
