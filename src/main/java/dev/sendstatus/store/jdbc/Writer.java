package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that writes. Threads take turns in the order in which they come, so that a small transaction is not starved by a busy
 * ingest. A connection that failed is replaced at the next write, or at once where nothing can have been committed with it.
 */
public final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int ATTEMPTS = 2;

    private final Dialect dialect;
    private final ReentrantLock turn = new ReentrantLock(true);

    // Guarded by turn.
    private @Nullable Session session;
    private boolean closed;

    Writer(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Opens the connection, so that a database that cannot be opened is noticed at the start. */
    void open() throws StoreException {
        turn.lock();
        try {
            session();
        } catch (SQLException e) {
            throw dialect.failure("opening the database", e);
        } finally {
            turn.unlock();
        }
    }

    /** Runs the work in a transaction that is on disk when this returns. @param doing for the message of a failure */
    public <T> T write(String doing, Work<T> work) throws StoreException {
        T result = append(doing, work);
        try {
            dialect.sync();
        } catch (SQLException e) {
            throw dialect.failure(doing, e);
        }
        return result;
    }

    /** The work of a transaction that returns nothing. */
    @FunctionalInterface
    interface Change {
        void run(Session session) throws SQLException;
    }

    /** As {@link #write}, for work that returns nothing. */
    void run(String doing, Change change) throws StoreException {
        write(doing, session -> {
            change.run(session);
            return true;
        });
    }

    /**
     * Runs the work in a transaction that is committed when this returns. A power cut may lose it, as long as nothing was committed by
     * {@link #write} after it.
     */
    public <T> T append(String doing, Work<T> work) throws StoreException {
        turn.lock();
        try {
            return committed(work);
        } catch (SQLException e) {
            throw dialect.failure(doing, e);
        } finally {
            turn.unlock();
        }
    }

    /** Runs the work between two transactions; it must leave no statement open. */
    public <T> T between(Work<T> work) throws SQLException {
        turn.lock();
        try {
            return work.run(session());
        } finally {
            turn.unlock();
        }
    }

    private <T> T committed(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            boolean old = session != null;
            T result;
            try {
                result = worked(session(), work);
            } catch (SQLException e) {
                if (dialect.breaksConnection(e)) {
                    drop();
                }
                // An old connection may have been broken for long, and a new one work. After a commit was sent nobody
                // knows what became of it, so that is not repeated here.
                boolean again = dialect.isConflict(e) || old && dialect.breaksConnection(e);
                if (attempt == ATTEMPTS || !again) {
                    throw e;
                }
                LOG.debug("trying again: {}", e.getMessage());
                continue;
            }
            commit(session());
            return result;
        }
    }

    private <T> T worked(Session current, Work<T> work) throws SQLException {
        boolean done = false;
        dialect.begin(current);
        try {
            T result = work.run(current);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollback(current);
            }
        }
    }

    private void commit(Session current) throws SQLException {
        boolean done = false;
        try {
            dialect.commit(current);
            done = true;
        } finally {
            if (!done) {
                rollback(current);
                drop();
            }
        }
    }

    /** SQLite rolls back by itself when the disk fails; a connection in doubt is replaced. */
    private void rollback(Session current) {
        try {
            dialect.rollback(current);
            if (!current.connection().isClosed()) {
                return;
            }
        } catch (SQLException e) {
            LOG.debug("rolling back: {}", e.getMessage());
        }
        drop();
    }

    private Session session() throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed", "08003");
        }
        Session current = session;
        if (current != null && !dialect.trusts(current)) {
            drop();
            current = null;
        }
        if (current == null) {
            current = new Session(dialect.writer());
            session = current;
        }
        return current;
    }

    private void drop() {
        Session current = session;
        session = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                LOG.debug("closing a connection: {}", e.getMessage());
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
