package dev.sendstatus.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** Connections to the background jobs' rows, apart from those of the commits and the readers. */
public final class PostgresJobs implements AutoCloseable {
    private static final int CONNECTIONS = 2;
    private static final int WAIT_MILLIS = 10_000;
    private static final int SOCKET_SECONDS = 15;

    private final HikariDataSource pool;

    private PostgresJobs(PostgresDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("jobs");
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.properties(SOCKET_SECONDS));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    public static PostgresJobs of(PostgresDatabase database) {
        return new PostgresJobs(database);
    }

    public DataSource connections() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
