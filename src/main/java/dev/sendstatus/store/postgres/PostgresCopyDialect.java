package dev.sendstatus.store.postgres;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.CopiedTable;
import dev.sendstatus.store.jdbc.CopyDialect;
import dev.sendstatus.store.jdbc.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** A PostgreSQL database that is copied, or copied into. */
public record PostgresCopyDialect(PostgresDatabase database) implements CopyDialect {
    private static final int LOOKS = 8;

    private static final String COUNT_OTHERS = """
            SELECT count(*), CASE WHEN count(*) > 0 THEN pg_sleep(0.2) END FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'sendstatus' AND pid <> pg_backend_pid()""";
    // While one side is waited for, the other is idle.
    private static final String BE_PATIENT = "SET idle_in_transaction_session_timeout = 0";
    // A write meanwhile waits, and fails after a while.
    private static final String LOCK = """
            SET LOCAL lock_timeout = '5s';
            LOCK TABLE %s IN SHARE MODE""";
    // When its tables were made, and its number, which a copy of it does not share.
    private static final String SELECT_IDENTITY = """
            SELECT 'postgresql ' || d.oid || ' '
                || (SELECT installed_on::text FROM flyway_schema_history ORDER BY installed_rank LIMIT 1)
            FROM pg_database d WHERE d.datname = current_database()""";
    private static final String SELECT_INDEXES = """
            SELECT tablename, indexname, indexdef FROM pg_indexes
            WHERE schemaname = current_schema()
                AND NOT EXISTS (SELECT 1 FROM pg_constraint
                    WHERE conindid = (quote_ident(schemaname) || '.' || quote_ident(indexname))::regclass)""";
    private static final String SELECT_NUMBERS = """
            SELECT 'account', last_value + 1 FROM account_id
            UNION ALL SELECT 'callback', last_value + 1 FROM callback_id
            UNION ALL SELECT 'message', last_value + 1 FROM message_id
            UNION ALL SELECT 'alert', last_value + 1 FROM alert_id
            UNION ALL SELECT 'event', greatest(
                reached,
                (SELECT coalesce(max(id), 0) + 1 FROM event),
                (pg_snapshot_xmax(pg_current_snapshot())::text::bigint << 16) + event_offset) FROM counter""";
    private static final String RAISE = "SELECT setval(?::regclass, ?, false)";
    private static final String REACH = "UPDATE counter SET reached = greatest(reached, ?)";

    @Override
    public void prepare() throws StoreException {
        database.prepare();
    }

    @Override
    public boolean isInUse() throws StoreException {
        try (Connection connection = database.writer();
                PreparedStatement count = connection.prepareStatement(COUNT_OTHERS)) {
            // A session that its client has just closed is still listed for a moment.
            for (int look = 0; look < LOOKS; look++) {
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    if (row.getLong(1) == 0) {
                        return false;
                    }
                }
            }
            return true;
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
    }

    @Override
    public Connection source() throws SQLException {
        String tables =
                Arrays.stream(CopiedTable.values()).map(CopiedTable::table).collect(Collectors.joining(", "));
        return transactional(database.scanner(), LOCK.formatted(tables));
    }

    @Override
    public Connection target() throws SQLException {
        return transactional(database.patient().writer(), "");
    }

    /** @param first what its first transaction begins with */
    private static Connection transactional(Connection connection, String first) throws SQLException {
        return Session.setUp(connection, statement -> {
            statement.execute(BE_PATIENT);
            connection.setAutoCommit(false);
            statement.execute(first);
        });
    }

    @Override
    public String identity() {
        return SELECT_IDENTITY;
    }

    @Override
    public String indexes() {
        return SELECT_INDEXES;
    }

    @Override
    public String numbers() {
        return SELECT_NUMBERS;
    }

    @Override
    public void finish(Session session, Map<String, Long> numbers) throws SQLException {
        for (Map.Entry<String, Long> kind : numbers.entrySet()) {
            if (kind.getKey().equals("event")) {
                session.update(REACH, kind.getValue());
            } else {
                session.number(RAISE, kind.getKey() + "_id", kind.getValue());
            }
        }
        Sequences.goOn(session);
        Sequences.raise(session);
        session.prepared("ANALYZE").execute();
    }

    @Override
    public void empty(Session session, CopiedTable table) throws SQLException {
        session.update("TRUNCATE " + table.table());
    }

    @Override
    public StoreException failure(String doing, SQLException e) {
        return PostgresErrors.of(doing, e);
    }
}
