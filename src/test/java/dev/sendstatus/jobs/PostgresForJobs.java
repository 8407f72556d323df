package dev.sendstatus.jobs;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** A real PostgreSQL for all tests of this JVM; it ends with it. */
final class PostgresForJobs {
    private PostgresForJobs() {}

    /** Started by the first who asks. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static void make(String database) throws SQLException, IOException {
        run("postgres", "CREATE DATABASE " + database);
        try (InputStream migration = PostgresForJobs.class.getResourceAsStream("/db/postgresql/V2__jobs.sql")) {
            run(database, new String(Objects.requireNonNull(migration).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static HikariDataSource connections(String database) {
        HikariDataSource connections = new HikariDataSource();
        connections.setDataSource(Server.POSTGRES.getDatabase("postgres", database));
        connections.setMaximumPoolSize(2);
        return connections;
    }

    private static void run(String database, String sql) throws SQLException {
        try (Connection connection =
                        Server.POSTGRES.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
