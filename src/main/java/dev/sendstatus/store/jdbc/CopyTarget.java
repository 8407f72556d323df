package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A database that is copied into. Rows are added in the order of their keys, so the last one tells how far a table is. Used by one thread. */
public final class CopyTarget extends CopySide {
    // There only as long as the copy is not finished.
    private static final String CREATE_NOTES =
            "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)";
    private static final String SELECT_NOTES = "SELECT name, value FROM migration";
    private static final String NOTE = """
            INSERT INTO migration (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value""";
    private static final String SOURCE = "source";
    private static final String STATE = "state";
    private static final String INDEX = "index ";

    public CopyTarget(CopyDialect dialect) throws StoreException {
        super(dialect, dialect::target);
    }

    /** A table with rows that no start of a server made; empty if there is none. */
    public Optional<CopiedTable> occupied() throws StoreException {
        for (CopiedTable table : CopiedTable.values()) {
            if (!table.filledByAStart() && lastKey(table) != null) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /**
     * A copy that was begun and not finished.
     *
     * @param source the identity of the database that is copied
     * @param state of the source, when the copy was begun
     */
    public record Begun(String source, String state) {}

    public Optional<Begun> begun() throws StoreException {
        Map<String, String> notes = read("reading how far the copy is", s -> {
            // Not committed before something is written.
            execute(CREATE_NOTES);
            return notes();
        });
        String source = notes.get(SOURCE);
        String state = notes.get(STATE);
        return source == null || state == null ? Optional.empty() : Optional.of(new Begun(source, state));
    }

    private Map<String, String> notes() throws SQLException {
        Map<String, String> notes = new HashMap<>();
        session.each(SELECT_NOTES, row -> notes.put(row.getString(1), row.getString(2)));
        return notes;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** Begins a copy, with empty tables. Their indexes are made at its end: row by row they take longer, the more so the more rows there are. */
    public void begin(Begun copy) throws StoreException {
        write("beginning a copy", () -> {
            session.update(NOTE, SOURCE, copy.source());
            session.update(NOTE, STATE, copy.state());
            for (CopiedTable table : CopiedTable.values()) {
                dialect.empty(session, table);
            }
            Set<String> tables =
                    Arrays.stream(CopiedTable.values()).map(CopiedTable::table).collect(Collectors.toSet());
            Map<String, String> definitions = new HashMap<>();
            session.each(dialect.indexes(), row -> {
                if (tables.contains(row.getString(1))) {
                    definitions.put(row.getString(2), row.getString(3));
                }
            });
            for (Map.Entry<String, String> index : definitions.entrySet()) {
                session.update(NOTE, INDEX + index.getKey(), index.getValue());
                execute("DROP INDEX " + index.getKey());
            }
        });
    }

    public void empty(CopiedTable table) throws StoreException {
        write("emptying the table " + table.word(), () -> dialect.empty(session, table));
    }

    /** Adds rows. @param names of their values, as {@link #names} gives them of the source */
    public void insert(CopiedTable table, List<String> names, List<@Nullable Object[]> rows) throws StoreException {
        write("copying the table " + table.word(), () -> {
            List<Column> columns = columns(table);
            PreparedStatement insert = session.prepared("INSERT INTO " + table.table() + " (" + String.join(", ", names)
                    + ") VALUES (" + places(names.size()) + ")");
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i], columns.get(i).type());
                }
                insert.addBatch();
            }
            insert.executeBatch();
        });
    }

    /** Makes the indexes, and sees to it that later rows get these numbers, by kind, or higher ones. */
    public void finish(Map<String, Long> numbers) throws StoreException {
        Map<String, String> notes = read("reading which indexes are missing", s -> notes());
        for (Map.Entry<String, String> note : notes.entrySet()) {
            if (note.getKey().startsWith(INDEX)) {
                write(
                        "making an index",
                        () -> execute(note.getValue().replaceFirst(" INDEX ", " INDEX IF NOT EXISTS ")));
            }
        }
        write("numbering what comes next", () -> dialect.finish(session, numbers));
    }

    /** Notes that the copy is worth nothing, so that the next run begins anew. */
    public void spoil() throws StoreException {
        write("ending a copy", () -> session.update(NOTE, STATE, ""));
    }

    /** Forgets that it was a copy: it is an ordinary database now. */
    public void end() throws StoreException {
        write("ending a copy", () -> execute("DROP TABLE migration"));
    }

    /** The work of a transaction. */
    @FunctionalInterface
    private interface Writing {
        void run() throws SQLException;
    }

    private void write(String doing, Writing writing) throws StoreException {
        read(doing, s -> {
            boolean done = false;
            try {
                writing.run();
                s.connection().commit();
                done = true;
            } finally {
                if (!done) {
                    s.connection().rollback();
                }
            }
            return done;
        });
    }
}
