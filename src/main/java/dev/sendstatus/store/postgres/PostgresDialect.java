package dev.sendstatus.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: a server that several nodes share. */
public final class PostgresDialect implements Dialect {
    private static final String TAKE_NUMBERS = "SELECT nextval(?::regclass) FROM generate_series(1, ?)";
    private static final String SELECT_THERE = "SELECT id FROM message WHERE id = ANY (?)";
    // Of a million rows, the planner still looks for each one's partners if it may.
    private static final String NO_LOOK_FOR_EACH_ROW = "SET LOCAL enable_nestloop = off";
    private static final String PROBE = "UPDATE probe SET count = count + 1";

    private final PostgresDatabase database;

    public PostgresDialect(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public void prepare() throws StoreException {
        database.prepare();
        try (Session session = new Session(writer())) {
            Sequences.raise(session);
            session.connection().commit();
        } catch (SQLException e) {
            throw failure("opening the database", e);
        }
    }

    @Override
    public void requireReadable() throws StoreException {
        database.requireReadable();
    }

    @Override
    public Connection writer() throws SQLException {
        Connection connection = database.writer();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public boolean twoWriters() {
        return true;
    }

    @Override
    public HikariConfig readers() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.properties(PostgresDatabase.READER_SECONDS));
        config.setConnectionInitSql(PostgresDatabase.SET_UP_READER);
        return config;
    }

    @Override
    public Connection scanner() throws SQLException {
        Connection connection = database.scanner();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection asker() throws SQLException {
        Connection connection = database.asker();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public @Nullable String wrongSql(String sql, int before, SQLException e) {
        return PostgresErrors.wrongSql(sql, before, e);
    }

    @Override
    public StoreException failure(String doing, SQLException e) {
        return PostgresErrors.of(doing, e);
    }

    @Override
    public boolean breaksConnection(SQLException e) {
        return PostgresErrors.isOfTheConnection(e);
    }

    @Override
    public boolean isConflict(SQLException e) {
        return PostgresErrors.isConflict(e);
    }

    @Override
    public long[] numbers(Session session, Numbered kind, int count) throws SQLException {
        List<Long> numbers =
                count == 0 ? List.of() : session.list(TAKE_NUMBERS, row -> row.getLong(1), kind.word() + "_id", count);
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public long eventNumbers(Session session, int count) throws SQLException {
        if (count > Sequences.MOST) {
            throw new SQLException("one transaction has " + count + " events; it may have " + Sequences.MOST, "54000");
        }
        return Sequences.begin(session);
    }

    @Override
    public long completeEvents(Session session) throws SQLException {
        return Sequences.complete(session);
    }

    /**
     * Were the column equal to a constant, the planner might go down all messages by their ids instead, in the hope that enough of the newest
     * have the value.
     */
    @Override
    public String ofOneValue(String column, String id) {
        return "(%1$s, %2$s) < (?, ?) AND (%1$s, %2$s) >= (?, ?) AND %1$s IS NOT NULL".formatted(column, id);
    }

    @Override
    public boolean joinByNumber(Session session) throws SQLException {
        session.update(NO_LOOK_FOR_EACH_ROW);
        return true;
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public String forUpdateSkipLocked() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    public Set<Long> lostRaces(Session session, Collection<Long> messages) throws SQLException {
        Set<Long> lost = new HashSet<>(messages);
        PreparedStatement select = session.prepared(SELECT_THERE);
        select.setArray(1, session.connection().createArrayOf("bigint", messages.toArray()));
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                lost.remove(rows.getLong(1));
            }
        }
        return lost;
    }

    @Override
    public void probe(Session session) throws SQLException {
        session.prepared(PROBE).executeUpdate();
    }
}
