package dev.sendstatus.store.postgres;

import com.zaxxer.hikari.HikariDataSource;

/** Connections to the background jobs' rows, apart from those of the commits and the readers. */
public final class PostgresJobs {
    private static final int CONNECTIONS = 2;
    private static final int WAIT_MILLIS = 10_000;
    private static final int SOCKET_SECONDS = 15;

    private PostgresJobs() {}

    public static HikariDataSource of(PostgresDatabase database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("jobs");
        pool.setJdbcUrl(database.url());
        pool.setDataSourceProperties(database.properties(SOCKET_SECONDS));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(WAIT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }
}
