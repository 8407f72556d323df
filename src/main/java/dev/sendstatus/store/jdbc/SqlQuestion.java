package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.SqlAnswer;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.WrongSql;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question in SQL that a person asks. Two things keep it from changing anything, and neither looks at the text: the connection cannot
 * write, and the database's parser must first accept the statement as a subquery, where only one statement that reads can stand. The
 * statement is run as it was written, on a connection that is used for nothing else.
 */
final class SqlQuestion {
    private static final String BEFORE = "SELECT * FROM (";
    /** The line end closes a comment in the last line. */
    private static final String AFTER = "\n) AS answer";

    private static final String ONE_STATEMENT =
            ". Only one statement that reads is taken: SELECT, VALUES, or WITH before a SELECT";
    /** A base table's rows may be large. */
    private static final int FETCHED_ROWS = 100;
    /** As many digits of a binary fraction are exact; more would show 0.1 + 0.2 as 0.30000000000000004. */
    private static final MathContext EXACT_DIGITS = new MathContext(15);
    /** As the views of SQLite show times. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private SqlQuestion() {}

    static void ask(Dialect dialect, String text, SqlAnswer answer) throws StoreException, WrongSql, IOException {
        String sql = withoutEnd(text);
        boolean compiled = false;
        try (Connection connection = dialect.asker()) {
            compile(connection, BEFORE + sql + AFTER);
            compiled = true;
            run(connection, sql, answer);
        } catch (SQLException e) {
            String wrong = dialect.wrongSql(sql, compiled ? 0 : BEFORE.length(), e);
            if (wrong == null) {
                throw dialect.failure("asking the database", e);
            }
            String message = wrong.replace(AFTER, "").replace('\n', ' ');
            throw new WrongSql(message.contains("syntax error") ? message + ONE_STATEMENT : message, e);
        }
    }

    private static String withoutEnd(String text) {
        String sql = text.strip();
        while (sql.endsWith(";")) {
            sql = sql.substring(0, sql.length() - 1).stripTrailing();
        }
        return sql;
    }

    private static void compile(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            // PostgreSQL's driver has the server parse it only now.
            statement.getMetaData();
        }
    }

    private static void run(Connection connection, String sql, SqlAnswer answer) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setFetchSize(FETCHED_ROWS);
            try (ResultSet rows = statement.executeQuery(sql)) {
                Columns columns = Columns.of(rows.getMetaData());
                answer.columns(columns.names());
                while (rows.next()) {
                    answer.row(columns.values(rows));
                }
                answer.end();
            }
        }
    }

    /** The columns of an answer. */
    record Columns(List<String> names, List<String> types) {
        static Columns of(ResultSetMetaData answer) throws SQLException {
            List<String> names = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= answer.getColumnCount(); i++) {
                names.add(answer.getColumnLabel(i));
                types.add(answer.getColumnTypeName(i));
            }
            return new Columns(names, types);
        }

        /** As {@link SqlAnswer} takes them. */
        List<@Nullable Object> values(ResultSet row) throws SQLException {
            List<@Nullable Object> values = new ArrayList<>(types.size());
            for (int i = 0; i < types.size(); i++) {
                values.add(value(row, i + 1, types.get(i)));
            }
            return values;
        }
    }

    private static @Nullable Object value(ResultSet row, int column, String type) throws SQLException {
        Object value = row.getObject(column);
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? new BigDecimal(number, EXACT_DIGITS).stripTrailingZeros()
                    : value.toString();
        }
        if (value instanceof Number) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (type.equals("timestamptz")) {
            return TIME.format(row.getObject(column, OffsetDateTime.class));
        }
        return row.getString(column);
    }
}
