package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.Provider;
import dev.sendstatus.store.TokenHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements. The values of a statement are bound as {@link #bound} says. Used by one thread at a time. */
public final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    public Session(Connection connection) {
        this.connection = connection;
    }

    /** Statements by which a connection is set up. */
    @FunctionalInterface
    public interface SetUp {
        void run(Statement statement) throws SQLException;
    }

    /** Sets a new connection up, and closes it if that fails. */
    public static Connection setUp(Connection connection, SetUp setUp) throws SQLException {
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            setUp.run(statement);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    public Connection connection() {
        return connection;
    }

    /** The statement of that text, prepared once. Not to be closed, and to be executed again only when its rows have been read. */
    public PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** The statement of that text with the values of its places. */
    public PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, values);
        return statement;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, column(values[i]));
        }
    }

    /** A value as columns hold it: of a time its milliseconds, of a constant its word, of a hash its bytes, all else as it is. */
    private static @Nullable Object column(@Nullable Object value) {
        if (value instanceof Instant time) {
            return time.toEpochMilli();
        }
        if (value instanceof Provider provider) {
            return provider.word();
        }
        if (value instanceof Enum<?> constant) {
            return Rows.word(constant);
        }
        return value instanceof TokenHash hash ? hash.bytes() : value;
    }

    /** Changes rows. @return how many */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** Changes rows by one statement for each of these, in one batch. @param values of its places */
    public <T> void batch(String sql, Iterable<T> each, Function<T, @Nullable Object[]> values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (T one : each) {
            bind(statement, values.apply(one));
            statement.addBatch();
        }
        statement.executeBatch();
    }

    /**
     * Says what a row means.
     *
     * @param <T> its meaning
     */
    @FunctionalInterface
    public interface Mapper<T> {
        @Nullable
        T of(ResultSet row) throws SQLException;
    }

    /** All rows, in their order. */
    public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        each(sql, row -> all.add(mapper.of(row)), values);
        return all;
    }

    /** Takes a row. */
    @FunctionalInterface
    public interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /** Reads all rows, in their order. */
    public void each(String sql, Reader reader, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** The first row; empty if there is none, or it means null. */
    public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        try (ResultSet row = bound(sql, values).executeQuery()) {
            return row.next() ? Optional.ofNullable(mapper.of(row)) : Optional.empty();
        }
    }

    /** The number in the first row; 0 if there is none, or it is null. */
    public long number(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    /** Closes the statements and the connection. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        }
    }
}
