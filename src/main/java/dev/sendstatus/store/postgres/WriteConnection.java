package dev.sendstatus.store.postgres;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of this node that writes. Whoever writes waits for its turn, in order of arrival. A connection that failed is
 * replaced at the next write, or at once where nothing can have been committed with it.
 */
final class WriteConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);
    private static final int ATTEMPTS = 2;

    private final PostgresDatabase database;
    private final PostgresDictionary dictionary;
    private final ReentrantLock turn = new ReentrantLock(true);

    // Guarded by turn.
    private @Nullable Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean closed;

    WriteConnection(PostgresDatabase database, PostgresDictionary dictionary) throws SQLException {
        this.database = database;
        this.dictionary = dictionary;
        connected();
    }

    /** What one transaction does. It may run more than once, and must change nothing but the database. */
    @FunctionalInterface
    interface Work<T> {
        T run(WriteConnection connection) throws SQLException, Damaged;
    }

    /** Runs the work in a transaction that is on the server's disk when this returns. */
    <T> T write(String doing, Work<T> work) throws StoreException {
        turn.lock();
        try {
            return written(work);
        } catch (SQLException e) {
            throw PostgresErrors.of(doing, e);
        } catch (Damaged e) {
            throw PostgresErrors.of(doing, e);
        } finally {
            turn.unlock();
        }
    }

    private <T> T written(Work<T> work) throws SQLException, Damaged {
        for (int attempt = 1; ; attempt++) {
            boolean old = connection != null;
            T result;
            try {
                result = worked(connected(), work);
            } catch (SQLException e) {
                if (PostgresErrors.isOfTheConnection(e)) {
                    // Also one that works and leads to a server that became a standby.
                    drop();
                }
                // An old connection may have been broken for long, and the next one succeed. After a commit was sent
                // nobody knows
                // what became of it, so that is left to whoever called: see below.
                boolean again = PostgresErrors.isConflict(e) || old && PostgresErrors.isOfTheConnection(e);
                if (attempt == ATTEMPTS || !again) {
                    throw e;
                }
                LOG.debug("trying again: {}", e.getMessage());
                continue;
            }
            commit(connected());
            return result;
        }
    }

    /** All up to the commit. */
    private <T> T worked(Connection current, Work<T> work) throws SQLException, Damaged {
        boolean done = false;
        try {
            T result = work.run(this);
            while (dictionary.misses()) {
                current.rollback();
                dictionary.learn(current);
                result = work.run(this);
            }
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(current);
            }
        }
    }

    private void commit(Connection current) throws SQLException {
        boolean done = false;
        try {
            current.commit();
            done = true;
        } finally {
            if (!done) {
                drop();
            }
        }
    }

    private void rollBack(Connection current) {
        try {
            current.rollback();
            if (!current.isClosed()) {
                return;
            }
        } catch (SQLException e) {
            LOG.debug("rolling back: {}", e.getMessage());
        }
        drop();
    }

    private Connection connected() throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed", "08003");
        }
        Connection current = connection;
        if (current == null) {
            current = database.writer();
            boolean done = false;
            try {
                dictionary.load(current);
                current.setAutoCommit(false);
                done = true;
            } finally {
                if (!done) {
                    current.close();
                }
            }
            connection = current;
        }
        return current;
    }

    /** The statement of that text, prepared once for each connection. Only within {@link #write}. */
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connected().prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** Values of one type of PostgreSQL's, for {@code unnest} and {@code ANY}. Only within {@link #write}. */
    Array array(String type, Object[] values) throws SQLException {
        return connected().createArrayOf(type, values);
    }

    Array array(long[] values) throws SQLException {
        return connected().unwrap(org.postgresql.PGConnection.class).createArrayOf("int8", values);
    }

    /** Only within {@link #write}. */
    Connection connection() throws SQLException {
        return connected();
    }

    private void drop() {
        Connection current = connection;
        connection = null;
        statements.clear();
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("closing a broken connection: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            drop();
        } finally {
            turn.unlock();
        }
    }
}
