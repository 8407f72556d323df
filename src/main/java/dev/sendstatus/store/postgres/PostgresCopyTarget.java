package dev.sendstatus.store.postgres;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.Cell;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyPlace;
import dev.sendstatus.store.copy.CopyRows;
import dev.sendstatus.store.copy.CopySource;
import dev.sendstatus.store.copy.CopyTarget;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL database that is filled from another. */
public final class PostgresCopyTarget implements CopyTarget {
    private static final String SELECT_FIRST_MESSAGE = "SELECT 1 FROM message LIMIT 1";
    // Made again at the end, as in the first migration; a test holds them against it. To keep them while millions of
    // rows come
    // takes several times as long.
    private static final String DROP_INDEXES = "DROP INDEX IF EXISTS message_first_event, message_facets";
    private static final String SET_UP_INDEXES = "SET LOCAL maintenance_work_mem = '128MB'";
    private static final String CREATE_FIRST_EVENT =
            "CREATE INDEX IF NOT EXISTS message_first_event ON message (first_event_at)";
    private static final String CREATE_FACETS = """
            CREATE INDEX IF NOT EXISTS message_facets ON message USING gin (facets)
            WITH (fastupdate = on, gin_pending_list_limit = 16384)""";
    private static final String REACH = "UPDATE counter SET reached = greatest(reached, ?)";
    private static final String ANALYZE = "ANALYZE message, waiting, segment, stuck";

    private static final int ROWS_AT_ONCE = 1_000;

    private final PostgresDatabase database;
    private final PostgresDictionary dictionary = new PostgresDictionary();
    private final WriteConnection connection;
    private final CopiedMessageRows messages;
    private final CopyCells cells;
    private final String identity;

    private PostgresCopyTarget(PostgresDatabase database) throws SQLException, StoreException {
        this.database = database;
        this.connection = new WriteConnection(database.patient(), dictionary);
        this.messages = new CopiedMessageRows(dictionary);
        this.cells = new CopyCells(dictionary);
        boolean done = false;
        try {
            this.identity = connection.write("opening the database", c -> PostgresCopySource.identity(c.connection()));
            done = true;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** Opens the database, with its tables made or brought up to date. */
    public static PostgresCopyTarget open(PostgresDatabase database) throws StoreException {
        database.prepare();
        try {
            return new PostgresCopyTarget(database);
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Optional<String> occupied() throws StoreException {
        if (source().isPresent()) {
            return Optional.empty();
        }
        return connection.write("looking what is there", PostgresCopyTarget::firstThing);
    }

    private static Optional<String> firstThing(WriteConnection connection) throws SQLException {
        if (hasRow(connection, SELECT_FIRST_MESSAGE)) {
            return Optional.of("messages");
        }
        for (CopiedTable table : CopiedTable.values()) {
            if (table != CopiedTable.ACCOUNT && hasRow(connection, CopyStatements.select(table))) {
                return Optional.of("rows of the table " + table.word());
            }
        }
        return Optional.empty();
    }

    private static boolean hasRow(WriteConnection connection, String select) throws SQLException {
        try (ResultSet row = connection.prepared(select).executeQuery()) {
            return row.next();
        }
    }

    @Override
    public Optional<String> source() throws StoreException {
        return connection.write("reading the copy's place", c -> CopyPlaceTable.source(c.connection()));
    }

    @Override
    public Optional<CopyPlace> place() throws StoreException {
        return connection.write("reading the copy's place", c -> CopyPlaceTable.place(c.connection()));
    }

    @Override
    public void begin(String source, CopyPlace place) throws StoreException {
        connection.write("beginning a copy", c -> {
            if (place.since() == 0) {
                c.prepared(DROP_INDEXES).execute();
            }
            return CopyPlaceTable.begin(c, source, place);
        });
    }

    @Override
    public void messages(List<CopiedMessage> batch, CopyPlace after) throws StoreException {
        connection.write("copying messages", c -> {
            messages.write(c, batch);
            CopyPlaceTable.reached(c, after);
            return batch.size();
        });
    }

    @Override
    public void segments(List<CopiedRow> segments, CopyPlace after) throws StoreException {
        connection.write("copying raw callbacks", c -> {
            SegmentDays.make(
                    c.connection(),
                    segments.stream().map(PostgresCopyTarget::receivedAt).toList());
            insert(c, CopiedTable.SEGMENT, segments);
            CopyPlaceTable.reached(c, after);
            return segments.size();
        });
    }

    private static Instant receivedAt(CopiedRow segment) {
        if (segment.cells().get(2) instanceof Cell.Number millis) {
            return Instant.ofEpochMilli(millis.value());
        }
        throw new IllegalArgumentException("a segment's third cell is its time");
    }

    private void insert(WriteConnection connection, CopiedTable table, List<CopiedRow> rows) throws SQLException {
        PreparedStatement insert = connection.prepared(CopyStatements.insert(table));
        for (CopiedRow row : rows) {
            cells.bind(insert, row);
            insert.addBatch();
        }
        if (dictionary.misses()) {
            insert.clearBatch();
        } else {
            insert.executeBatch();
        }
    }

    @Override
    public void replace(CopiedTable table, CopySource source) throws StoreException {
        // The failure of a reading is no failure of this database: it goes through the work unchanged.
        StoreException[] failed = new StoreException[1];
        try {
            connection.write("copying the table " + table.word(), c -> {
                c.prepared(CopyStatements.delete(table)).executeUpdate();
                try (CopyRows<CopiedRow> rows = source.rows(table)) {
                    insertAll(c, table, rows);
                } catch (StoreException e) {
                    failed[0] = e;
                    throw new SQLException("the source failed", e);
                }
                return table;
            });
        } catch (StoreException e) {
            throw failed[0] == null ? e : failed[0];
        }
    }

    private void insertAll(WriteConnection connection, CopiedTable table, CopyRows<CopiedRow> rows)
            throws SQLException, StoreException {
        List<CopiedRow> some = new ArrayList<>();
        for (CopiedRow row = rows.next(); row != null; row = rows.next()) {
            some.add(row);
            if (some.size() == ROWS_AT_ONCE) {
                insert(connection, table, some);
                some.clear();
            }
        }
        insert(connection, table, some);
    }

    @Override
    public void finish(long nextSequence, CopyPlace place) throws StoreException {
        connection.write("indexing messages", c -> {
            c.prepared(SET_UP_INDEXES).execute();
            c.prepared(CREATE_FIRST_EVENT).execute();
            return c.prepared(CREATE_FACETS).execute();
        });
        connection.write("numbering what comes next", c -> {
            PreparedStatement reach = c.prepared(REACH);
            reach.setLong(1, nextSequence);
            reach.executeUpdate();
            Sequences.raise(c);
            c.prepared(ANALYZE).execute();
            CopyPlaceTable.reached(c, place);
            return place;
        });
    }

    @Override
    public void end() throws StoreException {
        connection.write("ending a copy", CopyPlaceTable::end);
    }

    @Override
    public CopySource written() throws StoreException {
        return PostgresCopySource.open(database);
    }

    @Override
    public void close() {
        connection.close();
    }
}
