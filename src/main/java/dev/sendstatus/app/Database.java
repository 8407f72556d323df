package dev.sendstatus.app;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.jobs.JobDatabase;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.jdbc.CopyDialect;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.postgres.PostgresCopyDialect;
import dev.sendstatus.store.postgres.PostgresDatabase;
import dev.sendstatus.store.postgres.PostgresDialect;
import dev.sendstatus.store.postgres.PostgresJobs;
import dev.sendstatus.store.sqlite.SqliteCopyDialect;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteJobDialect;
import dev.sendstatus.store.sqlite.SqliteJobs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configured database; the only place that knows which one it is. */
public record Database(DatabaseSettings settings) {

    /** @throws IllegalArgumentException if the URL is none of those that the configuration takes */
    public static Database of(DatabaseSettings settings) {
        Database database = new Database(settings);
        database.dialect();
        return database;
    }

    private boolean isPostgres() {
        return PostgresDatabase.isMeantBy(settings);
    }

    /** The dialect of the database; a new one for each that opens it. */
    public Dialect dialect() {
        return isPostgres()
                ? new PostgresDialect(PostgresDatabase.of(settings))
                : new SqliteDialect(SqliteFile.of(settings));
    }

    /** The dialect for copying it as a whole. */
    public CopyDialect copyDialect() {
        return isPostgres()
                ? new PostgresCopyDialect(PostgresDatabase.of(settings))
                : new SqliteCopyDialect(SqliteFile.of(settings));
    }

    /**
     * The background jobs' rows. To be closed.
     *
     * @param connections closed at the end
     */
    record JobRows(JobDatabase table, AutoCloseable connections) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            connections.close();
        }
    }

    JobRows jobs() {
        if (isPostgres()) {
            HikariDataSource jobs = PostgresJobs.of(PostgresDatabase.of(settings));
            return new JobRows(new JobDatabase(jobs, new PostgreSqlJdbcCustomization(false, false)), jobs);
        }
        HikariDataSource jobs = SqliteJobs.beside(SqliteFile.of(settings));
        return new JobRows(new JobDatabase(jobs, new SqliteJobDialect()), jobs);
    }

    /** Null for a server, which other nodes use as well. */
    @Nullable
    Path file() {
        return isPostgres() ? null : SqliteFile.of(settings).path();
    }

    /** False for a SQLite file that no server has made yet. PostgreSQL is meant to be there. */
    public boolean exists() {
        return isPostgres() || SqliteFile.of(settings).exists();
    }
}
