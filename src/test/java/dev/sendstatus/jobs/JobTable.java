package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteJobDialect;
import dev.sendstatus.store.sqlite.SqliteJobs;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** A real database with the jobs' table, to which each node has connections of its own, as if it were a process of its own. */
public final class JobTable implements AutoCloseable {
    /** The databases that there are. */
    public enum Kind {
        SQLITE,
        POSTGRESQL
    }

    private final Kind kind;
    private final Path file;
    private final String database;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private JobTable(Kind kind, Path file, String database) {
        this.kind = kind;
        this.file = file;
        this.database = database;
    }

    /** An empty one. @param folder where SQLite's file is made */
    public static JobTable make(Kind kind, Path folder) throws Exception {
        Path file = folder.resolve("jobs.db");
        String database = "jobs_" + UUID.randomUUID().toString().replace("-", "");
        switch (kind) {
            case SQLITE -> firstUse(sqlite(file));
            case POSTGRESQL -> PostgresForJobs.make(database);
        }
        return new JobTable(kind, file, database);
    }

    /** Makes the file: nodes that did that at the same moment would be in each other's way. */
    private static void firstUse(SqliteFile file) throws SQLException {
        try (SqliteJobs jobs = SqliteJobs.beside(file)) {
            jobs.connections().getConnection().close();
        }
    }

    private static SqliteFile sqlite(Path file) {
        return SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + file, null, null));
    }

    public NodeConnections connections() {
        if (kind == Kind.SQLITE) {
            SqliteJobs jobs = SqliteJobs.beside(sqlite(file));
            opened.push(jobs);
            return new NodeConnections(jobs.connections());
        }
        HikariDataSource pool = PostgresForJobs.connections(database);
        opened.push(pool);
        return new NodeConnections(pool);
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
