package dev.sendstatus.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Syncs a file in SQLite's place. The driver's SQLite calls {@code fsync}, which also waits for the file system's own log, because the time at
 * which the file was changed is in it: while the file system writes back a checkpoint, that took up to 137 ms. {@code fdatasync} waits for the
 * bytes and the length of the file only, which is all that a recovery reads.
 *
 * <p>After a sync that failed, the system may call the next one a success though the bytes never came to the disk; so all further ones fail
 * too. Any thread.
 */
final class FileSync implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private volatile boolean failed;

    FileSync(Path file) throws SQLException {
        this.file = file;
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new SQLiteException("opening " + file + ": " + e.getMessage(), SQLiteErrorCode.SQLITE_CANTOPEN);
        }
    }

    /** When this returns, all that was written before it was called is on disk. */
    void sync() throws SQLException {
        try {
            if (failed) {
                throw new IOException("an earlier sync failed");
            }
            channel.force(false);
        } catch (IOException e) {
            failed = true;
            throw new SQLiteException("syncing " + file + ": " + e.getMessage(), SQLiteErrorCode.SQLITE_IOERR_FSYNC);
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
            throw new SQLiteException("closing " + file + ": " + e.getMessage(), SQLiteErrorCode.SQLITE_IOERR_CLOSE);
        }
    }
}
