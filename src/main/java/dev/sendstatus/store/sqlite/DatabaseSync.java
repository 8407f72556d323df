package dev.sendstatus.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Syncs the database file beside SQLite, which would do it while the writer waits.
 *
 * <p>A process that closes any descriptor of a file loses all its locks on it, those of SQLite included; another process could then take
 * this one for gone, and remove the log under it. So all of this process that have the file open share one descriptor, and it is closed with
 * the last of them. Any thread.
 */
final class DatabaseSync implements AutoCloseable {
    private static final Map<Path, DatabaseSync> SHARED = new HashMap<>();

    private final Path file;

    // Guarded by SHARED.
    private int users;
    private @Nullable FileSync sync;

    private DatabaseSync(Path file) {
        this.file = file;
    }

    /** Code that opens connections to the file asks for this, and closes it after the last of them. */
    static DatabaseSync of(Path database) throws SQLException {
        try {
            Path real = database.toRealPath();
            synchronized (SHARED) {
                DatabaseSync shared = SHARED.computeIfAbsent(real, DatabaseSync::new);
                shared.users++;
                return shared;
            }
        } catch (IOException e) {
            throw new SQLiteException("opening " + database + ": " + e.getMessage(), SQLiteErrorCode.SQLITE_CANTOPEN);
        }
    }

    /** When this returns, all pages that a checkpoint has written before are on disk. */
    void sync() throws SQLException {
        opened().sync();
    }

    /** Opened late: most commands write so little that they never sync the file, and then close nothing either. */
    private FileSync opened() throws SQLException {
        synchronized (SHARED) {
            FileSync open = sync;
            if (open == null) {
                open = new FileSync(file);
                sync = open;
            }
            return open;
        }
    }

    @Override
    public void close() throws SQLException {
        synchronized (SHARED) {
            users--;
            if (users == 0) {
                SHARED.remove(file);
                if (sync != null) {
                    sync.close();
                }
            }
        }
    }
}
