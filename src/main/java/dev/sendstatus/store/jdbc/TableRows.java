package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.PlainText;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in the order of its key, which is the same on every database: texts are compared byte for byte. A row is its key and
 * then the other values by the names of their columns: numbers and truth values as {@code Long}, texts, bytes, or null.
 */
public final class TableRows implements AutoCloseable {
    private static final int FETCHED_AT_ONCE = 500;

    private final CopyDialect dialect;
    private final CopiedTable table;
    private final List<Column> columns;
    private final PreparedStatement select;
    private final ResultSet rows;

    enum Kind {
        NUMBER,
        TRUTH,
        TEXT,
        BYTES
    }

    record Column(String name, Kind kind) {}

    /** @param after the key after which they begin; null for all */
    TableRows(CopyDialect dialect, Connection connection, CopiedTable table, Object @Nullable [] after)
            throws SQLException {
        this.dialect = dialect;
        this.table = table;
        this.columns = columns(connection, table);
        String keys = names(columns.subList(0, table.keys()));
        String where = after == null ? "" : " WHERE (" + keys + ") > (" + places(table.keys()) + ")";
        this.select = connection.prepareStatement(
                "SELECT " + names(columns) + " FROM " + table.table() + where + " ORDER BY " + keys);
        select.setFetchSize(FETCHED_AT_ONCE);
        if (after != null) {
            bind(select, columns.subList(0, table.keys()), after);
        }
        this.rows = select.executeQuery();
    }

    static List<Column> columns(Connection connection, CopiedTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table.table() + " LIMIT 0")) {
            ResultSetMetaData data = none.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                columns.add(new Column(data.getColumnName(i), kind(data.getColumnTypeName(i))));
            }
            columns.subList(table.keys(), columns.size()).sort(Comparator.comparing(Column::name));
            return columns;
        }
    }

    private static Kind kind(String type) throws SQLException {
        return switch (type) {
            case "INTEGER", "int4", "int8" -> Kind.NUMBER;
            case "bool" -> Kind.TRUTH;
            case "TEXT", "text" -> Kind.TEXT;
            case "BLOB", "bytea" -> Kind.BYTES;
            default -> throw new SQLException("a column of type " + type + " cannot be copied", "0A000");
        };
    }

    static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    static void bind(PreparedStatement statement, List<Column> columns, @Nullable Object[] row) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Object value = row[i];
            boolean truth = value != null && columns.get(i).kind() == Kind.TRUTH;
            statement.setObject(i + 1, truth ? (Object) value.equals(1L) : value);
        }
    }

    /** The names of the values, in their order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The next row; null after the last. */
    public @Nullable Object @Nullable [] next() throws StoreException {
        try {
            return rows.next() ? values(rows, columns) : null;
        } catch (SQLException e) {
            throw dialect.failure("reading the table " + table.word(), e);
        }
    }

    static @Nullable Object[] values(ResultSet row, List<Column> columns) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, i + 1, columns.get(i).kind());
        }
        return values;
    }

    /** A text without what not every database can hold. */
    private static @Nullable Object value(ResultSet row, int column, Kind kind) throws SQLException {
        Object value =
                switch (kind) {
                    case NUMBER -> row.getLong(column);
                    case TRUTH -> row.getBoolean(column) ? 1L : 0L;
                    case TEXT -> PlainText.orNull(row.getString(column));
                    case BYTES -> row.getBytes(column);
                };
        return row.wasNull() ? null : value;
    }

    @Override
    public void close() throws StoreException {
        try {
            select.close();
        } catch (SQLException e) {
            throw dialect.failure("reading the table " + table.word(), e);
        }
    }
}
