package dev.sendstatus.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Syncs the database file beside SQLite, which would do it while the writer waits.
 *
 * <p>A process that closes any descriptor of a file loses all its locks on it, those of SQLite included; another process could then take
 * this one for gone, and remove the log under it. So there is one descriptor for all of this process that have the file open, and it is
 * closed with the last of them. Any thread.
 */
final class DatabaseSync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSync.class);
    private static final Map<Path, DatabaseSync> SHARED = new HashMap<>();

    private final Path file;

    // Guarded by SHARED.
    private int users;
    private @Nullable FileChannel channel;

    /** After a sync that failed, earlier writes may be lost, though later syncs succeed. */
    private volatile boolean failed;

    private DatabaseSync(Path file) {
        this.file = file;
    }

    /** Code that opens connections to the file asks for this, and closes it after the last of them. */
    static DatabaseSync of(Path database) throws SQLException {
        try {
            Path real = database.toRealPath();
            synchronized (SHARED) {
                DatabaseSync sync = SHARED.computeIfAbsent(real, DatabaseSync::new);
                sync.users++;
                return sync;
            }
        } catch (IOException e) {
            throw new SQLiteException("opening " + database + ": " + e.getMessage(), SQLiteErrorCode.SQLITE_CANTOPEN);
        }
    }

    /** When this returns, what a checkpoint has written before is on disk. */
    void sync() throws SQLException {
        try {
            if (failed) {
                throw new IOException("an earlier sync failed");
            }
            channel().force(false);
        } catch (IOException e) {
            failed = true;
            throw new SQLiteException("syncing " + file + ": " + e.getMessage(), SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        }
    }

    private FileChannel channel() throws IOException {
        synchronized (SHARED) {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(file, StandardOpenOption.WRITE);
                channel = open;
            }
            return open;
        }
    }

    @Override
    public void close() {
        synchronized (SHARED) {
            users--;
            if (users == 0) {
                SHARED.remove(file);
                try {
                    if (channel != null) {
                        channel.close();
                    }
                } catch (IOException e) {
                    LOG.warn("closing {}: {}", file, e.getMessage());
                }
            }
        }
    }
}
