package dev.sendstatus.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** A small pool of connections that never write. Each question is one transaction, so that what its statements read agrees. */
final class Readers implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    /** A read may have waited a second for callbacks to be applied, and is to be answered within two. */
    private static final long WAIT_MILLIS = 800;
    /** A question whose connection turned out to be broken by then is asked once more: it has not waited yet. */
    private static final long AT_ONCE_NANOS = 100_000_000;

    private static final long VALIDATION_MILLIS = 500;

    private final Dialect dialect;
    private final HikariDataSource pool;

    Readers(Dialect dialect) {
        this.dialect = dialect;
        var config = dialect.readers();
        config.setPoolName("readers");
        config.setAutoCommit(false);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    Dialect dialect() {
        return dialect;
    }

    <T> T query(String doing, Work<T> work) throws StoreException {
        long begun = System.nanoTime();
        try {
            try {
                return queried(work);
            } catch (SQLTransientConnectionException e) {
                // No connection is to be had.
                throw e;
            } catch (SQLException e) {
                if (!dialect.breaksConnection(e)) {
                    throw e;
                }
                // The server was away since the pool last used it: then all of its connections are broken, not only
                // this one.
                pool.getHikariPoolMXBean().softEvictConnections();
                if (System.nanoTime() - begun > AT_ONCE_NANOS) {
                    throw e;
                }
            }
            return queried(work);
        } catch (SQLException e) {
            throw dialect.failure(doing, e);
        }
    }

    private <T> T queried(Work<T> work) throws SQLException {
        try (Session session = new Session(pool.getConnection())) {
            return work.run(session);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
