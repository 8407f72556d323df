package dev.sendstatus.app;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import dev.sendstatus.jobs.JobDatabase;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.CopySource;
import dev.sendstatus.store.copy.CopyTarget;
import dev.sendstatus.store.postgres.PostgresCopySource;
import dev.sendstatus.store.postgres.PostgresCopyTarget;
import dev.sendstatus.store.postgres.PostgresDatabase;
import dev.sendstatus.store.postgres.PostgresJobs;
import dev.sendstatus.store.postgres.PostgresReads;
import dev.sendstatus.store.postgres.PostgresStore;
import dev.sendstatus.store.sqlite.SqliteCopySource;
import dev.sendstatus.store.sqlite.SqliteCopyTarget;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteJobDialect;
import dev.sendstatus.store.sqlite.SqliteJobs;
import dev.sendstatus.store.sqlite.SqliteReads;
import dev.sendstatus.store.sqlite.SqliteStore;

/** The configured database; the only place that knows which one it is. */
public sealed interface Database {

    /** @throws IllegalArgumentException if the URL is none of those that the configuration takes */
    static Database of(DatabaseSettings settings) {
        return PostgresDatabase.isMeantBy(settings)
                ? new Postgres(PostgresDatabase.of(settings))
                : new Sqlite(SqliteFile.of(settings));
    }

    /** Opens it for writing, with its tables made or brought up to date. To be closed. */
    Store store() throws StoreException;

    /** Opens it for reading; it must be there. To be closed. */
    Reads reads() throws StoreException;

    /** Opens it for both in one process. To be closed, the reads first. */
    Both both() throws StoreException;

    /** What {@link #both} opens. */
    record Both(Store store, Reads reads) {
        /** With the reads opened beside a store, which is closed if that fails. */
        private static Both of(Store store, Opening reads) throws StoreException {
            boolean complete = false;
            try {
                Both both = new Both(store, reads.open());
                complete = true;
                return both;
            } finally {
                if (!complete) {
                    store.close();
                }
            }
        }

        @FunctionalInterface
        private interface Opening {
            Reads open() throws StoreException;
        }
    }

    /** Where the background jobs' rows are. To be closed. */
    JobRows jobs();

    /**
     * The background jobs' rows.
     *
     * @param connections what is closed at the end
     */
    record JobRows(JobDatabase table, AutoCloseable connections) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            connections.close();
        }
    }

    /** Whether a command that only reads can expect anything: false where no server has started yet. */
    boolean exists();

    /** Whether a server or a command has it open, as far as that can be told; to be asked before it is opened. */
    boolean inUse() throws StoreException;

    /** Opens it to be copied as a whole. To be closed. */
    CopySource copySource() throws StoreException;

    /** Opens it to be filled from another, with its tables made or brought up to date. To be closed. */
    CopyTarget copyTarget() throws StoreException;

    /** A file. */
    record Sqlite(SqliteFile file) implements Database {
        @Override
        public Store store() throws StoreException {
            return SqliteStore.open(file);
        }

        @Override
        public Reads reads() throws StoreException {
            return SqliteReads.open(file);
        }

        @Override
        public Both both() throws StoreException {
            SqliteStore store = SqliteStore.open(file);
            return Both.of(store, () -> SqliteReads.beside(store));
        }

        @Override
        public JobRows jobs() {
            SqliteJobs jobs = SqliteJobs.beside(file);
            return new JobRows(new JobDatabase(jobs.connections(), new SqliteJobDialect()), jobs);
        }

        @Override
        public boolean exists() {
            return file.exists();
        }

        @Override
        public boolean inUse() throws StoreException {
            return SqliteCopySource.isInUse(file);
        }

        @Override
        public CopySource copySource() throws StoreException {
            return SqliteCopySource.open(file);
        }

        @Override
        public CopyTarget copyTarget() throws StoreException {
            return SqliteCopyTarget.open(file);
        }
    }

    /** A server, which other nodes use as well. */
    record Postgres(PostgresDatabase database) implements Database {
        @Override
        public Store store() throws StoreException {
            return PostgresStore.open(database);
        }

        @Override
        public Reads reads() throws StoreException {
            return PostgresReads.open(database);
        }

        @Override
        public Both both() throws StoreException {
            return Both.of(store(), this::reads);
        }

        @Override
        public JobRows jobs() {
            PostgresJobs jobs = PostgresJobs.of(database);
            return new JobRows(
                    new JobDatabase(jobs.connections(), new PostgreSqlJdbcCustomization(false, false)), jobs);
        }

        /** Whoever runs a server means it to be there: that it is not is an error that opening it says. */
        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public boolean inUse() throws StoreException {
            return PostgresCopySource.isInUse(database);
        }

        @Override
        public CopySource copySource() throws StoreException {
            return PostgresCopySource.open(database);
        }

        @Override
        public CopyTarget copyTarget() throws StoreException {
            return PostgresCopyTarget.open(database);
        }
    }
}
