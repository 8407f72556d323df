package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.postgres.PostgresDatabase;
import dev.sendstatus.store.postgres.PostgresJobs;
import dev.sendstatus.store.postgres.PostgresServer;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteJobDialect;
import dev.sendstatus.store.sqlite.SqliteJobs;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A real database with the jobs' table, to which each node has connections of its own, as if it were a process of its own. */
public final class JobTable implements AutoCloseable {
    /** The databases that there are. */
    public enum Kind {
        SQLITE,
        POSTGRESQL
    }

    private final Kind kind;
    private final DatabaseSettings database;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private JobTable(Kind kind, DatabaseSettings database) {
        this.kind = kind;
        this.database = database;
    }

    /** An empty one. @param folder where SQLite's file is made */
    public static JobTable make(Kind kind, Path folder) throws Exception {
        if (kind == Kind.POSTGRESQL) {
            return new JobTable(kind, PostgresServer.fresh());
        }
        DatabaseSettings file = new DatabaseSettings("jdbc:sqlite:" + folder.resolve("jobs.db"), null, null);
        firstUse(SqliteFile.of(file));
        return new JobTable(kind, file);
    }

    /** Makes the file: nodes that did that at the same moment would be in each other's way. */
    private static void firstUse(SqliteFile file) throws SQLException {
        try (HikariDataSource jobs = SqliteJobs.beside(file)) {
            jobs.getConnection().close();
        }
    }

    public NodeConnections connections() {
        if (kind == Kind.SQLITE) {
            HikariDataSource jobs = SqliteJobs.beside(SqliteFile.of(database));
            opened.push(jobs);
            return new NodeConnections(jobs);
        }
        HikariDataSource jobs = PostgresJobs.of(PostgresDatabase.of(database));
        opened.push(jobs);
        return new NodeConnections(jobs);
    }

    public JobDatabase through(NodeConnections connections) {
        JdbcCustomization dialect =
                kind == Kind.SQLITE ? new SqliteJobDialect() : new PostgreSqlJdbcCustomization(false, false);
        return new JobDatabase(connections, dialect);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }
}
