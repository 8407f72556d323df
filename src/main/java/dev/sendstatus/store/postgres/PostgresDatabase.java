package dev.sendstatus.store.postgres;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Schema;
import dev.sendstatus.store.jdbc.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** The database: how its connections are set up, and its tables made. */
public final class PostgresDatabase {
    static final String URL_PREFIX = "jdbc:postgresql:";

    private static final int CONNECT_SECONDS = 3;
    private static final int LOGIN_SECONDS = 5;
    /** A server that is dead without having said so is noticed after so long. */
    private static final int WRITER_SECONDS = 6;

    private static final int PATIENT_SECONDS = 3_600;

    static final int READER_SECONDS = 40;
    /** A scan that has to sort answers with its first row only when that is done. */
    static final int SCAN_SECONDS = 300;

    // Set here, not left to a default of the server, the database or the user. A 200 rests on the first. The
    // time-outs end a transaction whose node stalls or dies, and no commit waits for it without an end. Statements
    // that write find their rows by keys. A table that was made a moment ago has no statistics, and the planner would
    // read it whole for each group of callbacks.
    private static final String SET_UP_WRITER = """
            SET synchronous_commit = on;
            SET default_transaction_isolation = 'read committed';
            SET lock_timeout = '2s';
            SET plan_cache_mode = force_generic_plan;
            SET enable_seqscan = off;
            SET enable_hashjoin = off;
            SET enable_mergejoin = off;
            SET idle_in_transaction_session_timeout = '5s';
            SET tcp_user_timeout = '6s'""";
    // A list's best plan depends on its values: how rare they are. Pages in no order are as near as others, in memory
    // and on a disk without a head.
    static final String SET_UP_READER = """
            SET default_transaction_read_only = on;
            SET default_transaction_isolation = 'repeatable read';
            SET plan_cache_mode = force_custom_plan;
            SET random_page_cost = 1.1;
            SET statement_timeout = '30s'""";
    static final String SET_UP_SCAN = """
            SET default_transaction_read_only = on;
            SET default_transaction_isolation = 'repeatable read';
            SET plan_cache_mode = force_custom_plan;
            SET random_page_cost = 1.1;
            SET cursor_tuple_fraction = 1""";
    // The server gives up before the driver does, and says why. Days begin when they do on SQLite.
    private static final String SET_UP_ASKER = """
            SET default_transaction_read_only = on;
            SET default_transaction_isolation = 'repeatable read';
            SET statement_timeout = '290s';
            SET TimeZone = 'UTC'""";

    private final DatabaseSettings settings;
    private final int writerSeconds;

    private PostgresDatabase(DatabaseSettings settings, int writerSeconds) {
        this.settings = settings;
        this.writerSeconds = writerSeconds;
    }

    /** @throws IllegalArgumentException if the URL is none of PostgreSQL's */
    public static PostgresDatabase of(DatabaseSettings settings) {
        if (!isMeantBy(settings)) {
            throw new IllegalArgumentException("database.url is not of the form " + URL_PREFIX + "//HOST/NAME");
        }
        return new PostgresDatabase(settings, WRITER_SECONDS);
    }

    /** The same, written with patience: an index of millions of messages takes its time. */
    PostgresDatabase patient() {
        return new PostgresDatabase(settings, PATIENT_SECONDS);
    }

    public static boolean isMeantBy(DatabaseSettings settings) {
        return settings.url().startsWith(URL_PREFIX);
    }

    /** Makes the tables where they are missing, and brings them up to date; of several nodes one does it. */
    public void prepare() throws StoreException {
        try (Connection connection = writer()) {
            if (Schema.isUpToDate(connection, name(connection))) {
                return;
            }
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
        try {
            Flyway.configure()
                    .dataSource(settings.url(), settings.user(), settings.password())
                    .locations("classpath:db/postgresql")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw notMade(e);
        }
    }

    /** Flyway's own message quotes the URL, in which there may be a password. */
    private static StoreException notMade(FlywayException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return PostgresErrors.of("making the tables, or bringing them up to date", sql);
            }
        }
        return new StoreException.Broken(
                "the tables could not be brought up to date: " + e.getClass().getSimpleName(), e);
    }

    /** @throws StoreException if there are no tables of this version in it */
    void requireReadable() throws StoreException {
        try (Connection connection = scanner()) {
            Schema.requireReadable(connection, name(connection));
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
    }

    private static String name(Connection connection) throws SQLException {
        return "the database " + connection.getCatalog();
    }

    /** A connection that writes, with automatic commits. */
    Connection writer() throws SQLException {
        return connect(properties(writerSeconds), SET_UP_WRITER);
    }

    /** A connection for one long reading. */
    Connection scanner() throws SQLException {
        return connect(properties(SCAN_SECONDS), SET_UP_SCAN);
    }

    /** A connection for a question that a person asks, who is told all that the server says is wrong with it. */
    Connection asker() throws SQLException {
        Properties properties = properties(SCAN_SECONDS);
        properties.setProperty("logServerErrorDetail", "true");
        return connect(properties, SET_UP_ASKER);
    }

    private Connection connect(Properties properties, String setUp) throws SQLException {
        Connection connection = new Driver().connect(settings.url(), properties);
        if (connection == null) {
            throw new SQLException("database.url is not of the form " + URL_PREFIX + "//HOST:PORT/NAME", "08001");
        }
        return Session.setUp(connection, statement -> statement.execute(setUp));
    }

    String url() {
        return settings.url();
    }

    /** The properties of all connections. Those of the URL go first. */
    Properties properties(int socketSeconds) {
        Properties properties = new Properties();
        put(properties, "user", settings.user());
        put(properties, "password", settings.password());
        put(properties, "ApplicationName", "sendstatus");
        put(properties, "connectTimeout", Integer.toString(CONNECT_SECONDS));
        put(properties, "loginTimeout", Integer.toString(LOGIN_SECONDS));
        put(properties, "socketTimeout", Integer.toString(socketSeconds));
        put(properties, "tcpKeepAlive", "true");
        // The statements are few and run for ever: planned at their first use, not at their fifth.
        put(properties, "prepareThreshold", "1");
        // A detail quotes values of the rows concerned, so numbers of people and texts.
        put(properties, "logServerErrorDetail", "false");
        // A batch goes as few statements of many rows.
        put(properties, "reWriteBatchedInserts", "true");
        return properties;
    }

    private static void put(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
