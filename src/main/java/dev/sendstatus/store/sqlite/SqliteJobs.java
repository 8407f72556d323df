package dev.sendstatus.store.sqlite;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The background jobs' rows, in a file of their own beside the database's. In the same file a job would hardly ever be taken while
 * callbacks keep coming: SQLite gives its one write lock to a connection that asks at the right moment, and a commit that follows on a commit
 * leaves no such moment for seconds. Nothing in it has to be kept: a start makes the rows that are missing.
 */
public final class SqliteJobs {
    private static final long WAIT_MILLIS = 10_000;

    /** The columns are those of db-scheduler without its "priority"; no index, since there are only a handful of rows. */
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS scheduled_tasks (
                task_name            TEXT    NOT NULL,
                task_instance        TEXT    NOT NULL,
                task_data            BLOB,
                execution_time       INTEGER NOT NULL,
                picked               INTEGER NOT NULL,
                picked_by            TEXT,
                last_success         INTEGER,
                last_failure         INTEGER,
                consecutive_failures INTEGER,
                last_heartbeat       INTEGER,
                version              INTEGER NOT NULL,
                PRIMARY KEY (task_name, task_instance)
            ) WITHOUT ROWID""";

    private SqliteJobs() {}

    /** Opens nothing yet: the first use does, and makes the file where there is none. */
    public static HikariDataSource beside(SqliteFile file) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("jobs");
        pool.setJdbcUrl(file.jobsUrl());
        pool.setDataSourceProperties(SqliteFile.jobProperties());
        pool.setConnectionInitSql(TABLE);
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(WAIT_MILLIS);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }
}
