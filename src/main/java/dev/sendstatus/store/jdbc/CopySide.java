package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a database that is copied, or copied into. Used by one thread. */
public final class CopySide implements AutoCloseable {
    private final CopyDialect dialect;
    private final Session session;

    CopySide(CopyDialect dialect, Connection connection) {
        this.dialect = dialect;
        this.session = new Session(connection);
    }

    /** Opens one that is copied: it is read as of one moment, and nobody can write to it until it is closed. */
    public static CopySide source(CopyDialect dialect) throws StoreException {
        try {
            return new CopySide(dialect, dialect.source());
        } catch (SQLException e) {
            throw dialect.failure("opening the database", e);
        }
    }

    Session session() {
        return session;
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

    /** The key of the last row; null if there is none. */
    public @Nullable Object @Nullable [] lastKey(CopiedTable table) throws StoreException {
        List<@Nullable Object[]> last = read("reading the table " + table.word(), s -> {
            List<TableRows.Column> keys =
                    TableRows.columns(s.connection(), table).subList(0, table.keys());
            String order = String.join(
                    " DESC, ", keys.stream().map(TableRows.Column::name).toList());
            return s.list(
                    "SELECT " + TableRows.names(keys) + " FROM " + table.table() + " ORDER BY " + order
                            + " DESC LIMIT 1",
                    row -> TableRows.values(row, keys));
        });
        return last.isEmpty() ? null : last.get(0);
    }

    /** The rows of a table in the order of their keys. To be closed. @param after the key after which they begin; null for all */
    public TableRows rows(CopiedTable table, @Nullable Object @Nullable [] after) throws StoreException {
        return read("reading the table " + table.word(), s -> new TableRows(dialect, s.connection(), table, after));
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
            session.connection().close();
        } catch (SQLException e) {
            throw dialect.failure("closing the database", e);
        }
    }
}
