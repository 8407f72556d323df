package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.PlainText;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database that is copied, or copied into. Its rows come in the order of their keys, which is the same on every database: texts are
 * compared byte for byte. A row is its key and then the other values by the names of their columns: numbers and truth values as
 * {@code Long}, texts, bytes, or null. Used by one thread.
 */
public class CopySide implements AutoCloseable {
    private static final long MOST_BYTES = 4L << 20;

    final CopyDialect dialect;
    final Session session;
    private final Map<CopiedTable, List<Column>> columns = new EnumMap<>(CopiedTable.class);

    /** @param type one of {@link java.sql.Types} */
    record Column(String name, int type) {}

    /** Makes the connection of a side. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    CopySide(CopyDialect dialect, Opening opening) throws StoreException {
        this.dialect = dialect;
        try {
            this.session = new Session(opening.open());
        } catch (SQLException e) {
            throw dialect.failure("opening the database", e);
        }
    }

    /** Opens one that is copied: it is read as of one moment, and nobody can write to it until it is closed. */
    public static CopySide source(CopyDialect dialect) throws StoreException {
        return new CopySide(dialect, dialect::source);
    }

    /** Tells the database from every other. */
    public String identity() throws StoreException {
        return read("reading the database", s -> s.list(dialect.identity(), row -> row.getString(1)))
                .get(0);
    }

    public long count(CopiedTable table) throws StoreException {
        return read("counting the table " + table.word(), s -> s.number("SELECT count(*) FROM " + table.table()));
    }

    /** How much is in it: another text after nearly all changes. */
    public String state() throws StoreException {
        StringBuilder state = new StringBuilder();
        for (CopiedTable table : CopiedTable.values()) {
            if (table.large()) {
                @Nullable Object[] last = lastKey(table);
                state.append(table.word()).append(' ').append(count(table));
                state.append(last == null ? "" : " to " + last[0]).append("; ");
            }
        }
        return state.toString();
    }

    /** For each kind of row that is numbered, a number higher than all that were ever given. */
    public Map<String, Long> numbers() throws StoreException {
        return read("reading the next numbers", s -> {
            Map<String, Long> numbers = new HashMap<>();
            s.each(dialect.numbers(), row -> numbers.put(row.getString(1), row.getLong(2)));
            return numbers;
        });
    }

    /** The names of a row's values, in their order. */
    public List<String> names(CopiedTable table) throws StoreException {
        return read("reading the table " + table.word(), s -> columns(table)).stream()
                .map(Column::name)
                .toList();
    }

    List<Column> columns(CopiedTable table) throws SQLException {
        List<Column> known = columns.get(table);
        if (known == null) {
            known = new ArrayList<>();
            try (ResultSet none =
                    session.bound("SELECT * FROM " + table.table() + " LIMIT 0").executeQuery()) {
                ResultSetMetaData data = none.getMetaData();
                for (int i = 1; i <= data.getColumnCount(); i++) {
                    known.add(new Column(data.getColumnName(i), data.getColumnType(i)));
                }
            }
            known.subList(table.keys(), known.size()).sort(Comparator.comparing(Column::name));
            columns.put(table, known);
        }
        return known;
    }

    /** The key of the last row; null if there is none. */
    public @Nullable Object @Nullable [] lastKey(CopiedTable table) throws StoreException {
        List<String> keys = names(table).subList(0, table.keys());
        String sql = "SELECT " + String.join(", ", keys) + " FROM " + table.table() + " ORDER BY "
                + String.join(" DESC, ", keys) + " DESC LIMIT 1";
        return read("reading the table " + table.word(), s -> s.first(sql, row -> values(row, keys.size())))
                .orElse(null);
    }

    /**
     * The next rows of a table.
     *
     * @param after a row, or its key, that comes before them; null for the first rows
     * @param limit at most so many; fewer where they are large
     * @return empty only if there are none
     */
    public List<@Nullable Object[]> rows(CopiedTable table, @Nullable Object @Nullable [] after, int limit)
            throws StoreException {
        List<String> names = names(table);
        String keys = String.join(", ", names.subList(0, table.keys()));
        List<@Nullable Object> values = new ArrayList<>();
        String where = "";
        if (after != null) {
            where = " WHERE (" + keys + ") > (" + places(table.keys()) + ")";
            values.addAll(Arrays.asList(after).subList(0, table.keys()));
        }
        values.add(limit);
        String sql = "SELECT " + String.join(", ", names) + " FROM " + table.table() + where + " ORDER BY " + keys
                + " LIMIT ?";
        return read("reading the table " + table.word(), s -> {
            List<@Nullable Object[]> rows = new ArrayList<>();
            try (ResultSet row = s.bound(sql, values.toArray()).executeQuery()) {
                for (long bytes = 0; bytes < MOST_BYTES && row.next(); ) {
                    @Nullable Object[] next = values(row, names.size());
                    rows.add(next);
                    bytes += bytes(next);
                }
            }
            return rows;
        });
    }

    static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private static long bytes(@Nullable Object[] row) {
        long bytes = 0;
        for (Object value : row) {
            bytes += value instanceof byte[] binary ? binary.length : value instanceof String text ? text.length() : 0;
        }
        return bytes;
    }

    private static @Nullable Object[] values(ResultSet row, int count) throws SQLException {
        @Nullable Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = value(row.getObject(i + 1));
        }
        return values;
    }

    /** A value as every database can hold it. */
    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof String text ? PlainText.of(text) : value;
    }

    <T> T read(String doing, Work<T> reading) throws StoreException {
        try {
            return reading.run(session);
        } catch (SQLException e) {
            throw dialect.failure(doing, e);
        }
    }

    @Override
    public void close() throws StoreException {
        try {
            session.close();
        } catch (SQLException e) {
            throw dialect.failure("closing the database", e);
        }
    }
}
