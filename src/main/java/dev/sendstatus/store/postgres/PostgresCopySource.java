package dev.sendstatus.store.postgres;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyRows;
import dev.sendstatus.store.copy.CopySource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of a PostgreSQL database, read in one transaction. */
public final class PostgresCopySource implements CopySource {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCopySource.class);
    private static final String WAIT = "SELECT pg_sleep(0.2)";

    private static final int LOOKS = 8;
    /** Raw callbacks come to some ten kilobytes a row. */
    private static final int FETCHED_AT_ONCE = 512;

    private static final String DOING = "reading the database";
    // When its tables were made, and its number, which a copy of it does not share.
    private static final String SELECT_IDENTITY = """
            SELECT d.oid || ' ' || (SELECT installed_on::text FROM flyway_schema_history ORDER BY installed_rank LIMIT 1)
            FROM pg_database d WHERE d.datname = current_database()""";
    // Not the number that the next transaction would have: that changes with every other database of the cluster.
    private static final String SELECT_SEQUENCE = """
            SELECT greatest(
                (SELECT reached FROM counter),
                (SELECT coalesce(max(id), 0) + 1 FROM message),
                (SELECT coalesce(max(sequence), 0) + 1 FROM quarantine),
                (SELECT coalesce(max(next_sequence), 0) FROM (
                    SELECT next_sequence FROM segment ORDER BY first_sequence DESC LIMIT 1) newest))""";
    private static final String COUNT_OTHERS = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'sendstatus' AND pid <> pg_backend_pid()""";
    private static final String SELECT_SIZE = "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM segment)";
    private static final String SELECT_MESSAGES = "SELECT id, key, history FROM message WHERE id > ? ORDER BY id";

    private final PostgresDatabase database;
    private final Connection connection;
    private final String identity;
    private final MessageDecoder decoder;
    private final CopyCells cells;

    private PostgresCopySource(PostgresDatabase database, Connection connection) throws SQLException {
        this.database = database;
        this.connection = connection;
        PostgresDictionary dictionary = new PostgresDictionary();
        this.decoder = new MessageDecoder(dictionary);
        this.cells = new CopyCells(dictionary);
        this.identity = identity(connection);
    }

    /** Opens a database that is there. */
    public static PostgresCopySource open(PostgresDatabase database) throws StoreException {
        database.prepare();
        Connection connection;
        try {
            connection = database.scanner();
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
        boolean done = false;
        try {
            PostgresCopySource source = new PostgresCopySource(database, connection);
            // Its moment is that of the first reading that follows. Without a transaction the driver would fetch
            // everything at once.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            done = true;
            return source;
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        } finally {
            if (!done) {
                close(connection);
            }
        }
    }

    /** Whether a server or command has it open, as far as the user may see that. To be asked before it is opened. */
    public static boolean isInUse(PostgresDatabase database) throws StoreException {
        try (Connection connection = database.writer()) {
            // A session that its client has just closed is still listed for a moment.
            for (int look = 0; look < LOOKS; look++) {
                if (number(connection, COUNT_OTHERS) == 0) {
                    return false;
                }
                try (Statement statement = connection.createStatement()) {
                    statement.execute(WAIT);
                }
            }
            return true;
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
    }

    static String identity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_IDENTITY)) {
            row.next();
            return "postgresql " + row.getString(1);
        }
    }

    @Override
    public String identity() {
        return identity;
    }

    /** By a connection of its own: this one's sees its own moment only. */
    @Override
    public long nextSequence() throws StoreException {
        try (Connection now = database.scanner()) {
            return number(now, SELECT_SEQUENCE);
        } catch (SQLException e) {
            throw PostgresErrors.of(DOING, e);
        }
    }

    @Override
    public long size() throws StoreException {
        try {
            return number(connection, SELECT_SIZE);
        } catch (SQLException e) {
            throw PostgresErrors.of(DOING, e);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public CopyRows<CopiedMessage> messages(long after) throws StoreException {
        return rows(SELECT_MESSAGES, after, row -> {
            MessageKey key = decoder.key(connection, row.getBytes(2));
            return new CopiedMessage(row.getLong(1), decoder.history(connection, key, row.getBytes(3)));
        });
    }

    @Override
    public CopyRows<CopiedRow> segments(long after) throws StoreException {
        return rows(
                CopyStatements.SELECT_SEGMENTS_AFTER, after, row -> cells.read(CopiedTable.SEGMENT, connection, row));
    }

    private <T> CopyRows<T> rows(String sql, long after, PostgresCopyRows.Reader<T> reader) throws StoreException {
        try {
            PreparedStatement select = connection.prepareStatement(sql);
            select.setFetchSize(FETCHED_AT_ONCE);
            select.setLong(1, after);
            return new PostgresCopyRows<>(DOING, select, reader);
        } catch (SQLException e) {
            throw PostgresErrors.of(DOING, e);
        }
    }

    @Override
    public CopyRows<CopiedRow> rows(CopiedTable table) throws StoreException {
        try {
            PreparedStatement select = connection.prepareStatement(CopyStatements.select(table));
            select.setFetchSize(FETCHED_AT_ONCE);
            return new PostgresCopyRows<>(DOING, select, row -> cells.read(table, connection, row));
        } catch (SQLException e) {
            throw PostgresErrors.of(DOING, e);
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("closing the database: {}", e.getMessage());
        }
    }
}
