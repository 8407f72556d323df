package dev.sendstatus.store.postgres;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for all tests of one JVM, started at its first use and stopped with the JVM. It commits without syncing by
 * default, so a store that trusted the default would be noticed.
 */
public final class PostgresServer {
    private static final String TEMPLATE = "template_of_the_tests";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private PostgresServer() {}

    /** Started by whoever comes first; the JVM makes the others wait. */
    private static final class Holder {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("shared_buffers", "64MB")
                        // Its own transactions would hold back what is complete, for a moment.
                        .setServerConfig("autovacuum", "off")
                        .start();
                execute(server, "CREATE DATABASE " + TEMPLATE);
                new PostgresDialect(PostgresDatabase.of(settings(server, TEMPLATE))).prepare();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException | StoreException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static DatabaseSettings settings(EmbeddedPostgres server, String name) {
        return new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, "postgres", "");
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = connection(settings(server, "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A database of its own with all tables, empty. */
    public static DatabaseSettings fresh() throws SQLException {
        String name = "test" + NUMBER.incrementAndGet();
        execute(Holder.SERVER, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " STRATEGY file_copy");
        return settings(Holder.SERVER, name);
    }

    /** A database without any table. */
    public static DatabaseSettings empty() throws SQLException {
        String name = "test" + NUMBER.incrementAndGet();
        execute(Holder.SERVER, "CREATE DATABASE " + name);
        return settings(Holder.SERVER, name);
    }

    /** A plain connection, as an administrator has it. */
    public static Connection connection(DatabaseSettings database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
