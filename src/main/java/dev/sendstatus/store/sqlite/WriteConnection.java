package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one connection of this process that writes. Whoever writes waits for its turn, in order of arrival, so that a duty's
 * small transaction is not starved by a busy ingest.
 */
final class WriteConnection implements Prepared, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);
    /** A locked database is reported soon: the caller knows how long it may go on trying. */
    private static final int BUSY_MILLIS = 200;

    private final SqliteFile file;
    private final SqliteDictionary dictionary;
    private final ReentrantLock turn = new ReentrantLock(true);

    private final DatabaseSync database;
    private volatile LogSync log;

    // Guarded by turn.
    private Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private long dataVersion;
    private Runnable whenInDoubt = () -> {};
    private boolean suspect;

    WriteConnection(SqliteFile file, SqliteDictionary dictionary) throws SQLException {
        this.file = file;
        this.dictionary = dictionary;
        this.connection = open(file);
        this.database = DatabaseSync.of(file.path());
        dictionary.load(connection);
        this.log = new LogSync(file.path());
        this.dataVersion = dataVersion();
    }

    /** Each transaction is begun and ended here; the driver would else try to begin one before every statement, to see whether there is one. */
    private static Connection open(SqliteFile file) throws SQLException {
        Connection connection = file.writer(BUSY_MILLIS);
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
        return connection;
    }

    /** What one transaction does. */
    @FunctionalInterface
    interface Work<T> {
        T run(WriteConnection connection) throws SQLException, Damaged;
    }

    /**
     * Runs when what is held in memory may not be what is stored: after a rollback, and after another process has written, before the next
     * transaction's work. Within a turn.
     */
    void whenInDoubt(Runnable forget) {
        this.whenInDoubt = forget;
    }

    /** Runs the work in a transaction that is synced when this returns. */
    <T> T write(String doing, Work<T> work) throws StoreException {
        T result = append(doing, work);
        sync(doing);
        return result;
    }

    /** Runs the work in a transaction that is committed when this returns, and on disk after the next {@link #sync}. */
    <T> T append(String doing, Work<T> work) throws StoreException {
        return append(doing, work, () -> {});
    }

    /** As {@link #append(String, Work)}. @param committed runs after the commit, before anybody else's turn */
    <T> T append(String doing, Work<T> work, Runnable committed) throws StoreException {
        turn.lock();
        try {
            if (log.failed()) {
                writeBack();
                suspect = true;
            }
            if (suspect) {
                reopen();
            }
            prepared("BEGIN IMMEDIATE").execute();
            boolean done = false;
            try {
                noticeForeignChange();
                T result = work.run(this);
                dictionary.insertNew(connection);
                prepared("COMMIT").execute();
                dictionary.committed();
                done = true;
                committed.run();
                return result;
            } finally {
                if (!done) {
                    dictionary.rolledBack();
                    rollback();
                    whenInDoubt.run();
                }
            }
        } catch (SQLException e) {
            throw SqliteErrors.of(doing, e);
        } catch (Damaged e) {
            throw SqliteErrors.of(doing, e);
        } finally {
            turn.unlock();
        }
    }

    /** When this returns, what was appended before it was called is on disk. Waits for nobody's turn. */
    void sync(String doing) throws StoreException {
        try {
            log.sync();
        } catch (SQLException e) {
            throw SqliteErrors.of(doing, e);
        }
    }

    /** When this returns, what a checkpoint has written into the database file before is on disk. Waits for nobody's turn. */
    void syncDatabase() throws SQLException {
        database.sync();
    }

    /** After a failed sync nothing may be added to the log before all that is in it is on disk: in the database file. */
    private void writeBack() throws SQLException {
        try (ResultSet row = prepared("PRAGMA wal_checkpoint(RESTART)").executeQuery()) {
            if (!row.next() || row.getInt(1) != 0) {
                throw new SQLiteException("the log could not be written back", SQLiteErrorCode.SQLITE_BUSY);
            }
        }
    }

    /** What is done between two transactions; must leave no statement open. */
    @FunctionalInterface
    interface Between {
        void run(Connection connection) throws SQLException;
    }

    void between(Between work) throws SQLException {
        turn.lock();
        try {
            work.run(connection);
        } finally {
            turn.unlock();
        }
    }

    /** The statement of that text, prepared once. Only within {@link #write}. */
    @Override
    public PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** Inserts what was given a number in this transaction, for statements that refer to it. */
    void insertNewWords() throws SQLException {
        dictionary.insertNew(connection);
    }

    /** SQLite counts the commits of other connections; ours do not change the number. */
    private void noticeForeignChange() throws SQLException {
        long now = dataVersion();
        if (now != dataVersion) {
            dataVersion = now;
            dictionary.load(connection);
            whenInDoubt.run();
        }
    }

    private long dataVersion() throws SQLException {
        try (ResultSet row = prepared("PRAGMA data_version").executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void rollback() {
        try {
            prepared("ROLLBACK").execute();
        } catch (SQLException e) {
            // SQLite rolls back by itself when the disk fails; if the connection is in doubt, a new one is made.
            suspect = true;
            LOG.debug("rolling back: {}", e.getMessage());
        }
    }

    private void reopen() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        connection.close();
        connection = open(file);
        dictionary.load(connection);
        // If nobody else had the file open, the log is another file now.
        LogSync former = log;
        log = new LogSync(file.path());
        former.close();
        dataVersion = dataVersion();
        whenInDoubt.run();
        suspect = false;
    }

    @Override
    public void close() {
        turn.lock();
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            connection.close();
            database.close();
            log.close();
        } catch (SQLException e) {
            LOG.warn("closing the database: {}", e.getMessage());
        } finally {
            turn.unlock();
        }
    }
}
