package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyPlace;
import dev.sendstatus.store.copy.CopyRows;
import dev.sendstatus.store.copy.CopySource;
import dev.sendstatus.store.copy.CopyTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A SQLite database that is filled from another. Synced at the end of each pass: until then only its place says what is there. */
public final class SqliteCopyTarget implements CopyTarget {
    private static final String SELECT_FIRST_MESSAGE = "SELECT 1 FROM message LIMIT 1";
    private static final String UPDATE_SEQUENCE = "UPDATE counter SET next_sequence = max(next_sequence, ?1)";
    private static final String SELECT_PROGRESS = """
            SELECT summed_block, posted_block, next_sequence, (SELECT coalesce(max(id), 0) FROM message) FROM counter""";
    private static final String ANNOUNCE = "INSERT OR IGNORE INTO summary (block, body) VALUES (?, NULL)";
    private static final String UPDATE_BLOCKS = "UPDATE counter SET posted_block = ?1, summed_block = ?1";

    private final SqliteFile file;
    private final SqliteDictionary dictionary = new SqliteDictionary();
    private final WriteConnection connection;
    private final Checkpointer checkpointer;
    private final PostingIndexer indexer;
    private final CopiedMessageWriter messages;
    private final CopyCells cells;
    private final String identity;

    private SqliteCopyTarget(SqliteFile file) throws SQLException {
        this.file = file;
        this.connection = new WriteConnection(file, dictionary);
        this.checkpointer = new Checkpointer(file, connection);
        this.indexer = new PostingIndexer(file, connection);
        this.messages = new CopiedMessageWriter(dictionary);
        this.connection.whenInDoubt(messages::forget);
        this.cells = new CopyCells(dictionary);
        String[] read = new String[1];
        connection.between(own -> {
            read[0] = SqliteCopySource.identity(own);
        });
        this.identity = read[0];
    }

    /** Opens the file, which is made where there is none. */
    public static SqliteCopyTarget open(SqliteFile file) throws StoreException {
        file.prepare();
        try {
            return new SqliteCopyTarget(file);
        } catch (SQLException e) {
            throw SqliteErrors.of("opening " + file.path(), e);
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
        return connection.append("looking what is there", SqliteCopyTarget::firstThing);
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
        return read(CopyPlaceTable::source);
    }

    @Override
    public Optional<CopyPlace> place() throws StoreException {
        return read(CopyPlaceTable::place);
    }

    /** What is read between two transactions. */
    @FunctionalInterface
    private interface Reading<T> {
        Optional<T> of(Connection connection) throws SQLException;
    }

    private <T> Optional<T> read(Reading<T> reading) throws StoreException {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Optional<T>[] found = new Optional[1];
        try {
            connection.between(own -> found[0] = reading.of(own));
        } catch (SQLException e) {
            throw SqliteErrors.of("reading the copy's place", e);
        }
        return found[0];
    }

    @Override
    public void begin(String source, CopyPlace place) throws StoreException {
        connection.write("beginning a copy", c -> CopyPlaceTable.begin(c, source, place));
    }

    @Override
    public void messages(List<CopiedMessage> batch, CopyPlace after) throws StoreException {
        connection.append("copying messages", c -> {
            messages.write(c, batch);
            CopyPlaceTable.reached(c, after);
            return batch.size();
        });
    }

    @Override
    public void segments(List<CopiedRow> segments, CopyPlace after) throws StoreException {
        connection.append("copying raw callbacks", c -> {
            for (CopiedRow segment : segments) {
                insert(c, segment);
            }
            CopyPlaceTable.reached(c, after);
            return segments.size();
        });
    }

    private void insert(WriteConnection connection, CopiedRow row) throws SQLException {
        PreparedStatement insert = connection.prepared(CopyStatements.insert(row.table()));
        cells.bind(insert, row);
        if (row.table() == CopiedTable.STUCK) {
            cells.bindMessage(insert, row, connection);
        }
        connection.insertNewWords();
        insert.executeUpdate();
    }

    @Override
    public void replace(CopiedTable table, CopySource source) throws StoreException {
        // The failure of a reading is no failure of this database: it goes through the work unchanged.
        StoreException[] failed = new StoreException[1];
        try {
            connection.append("copying the table " + table.word(), c -> {
                c.prepared(CopyStatements.delete(table)).executeUpdate();
                try (CopyRows<CopiedRow> rows = source.rows(table)) {
                    for (CopiedRow row = rows.next(); row != null; row = rows.next()) {
                        insert(c, row);
                    }
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

    @Override
    public void finish(long nextSequence, CopyPlace place) throws StoreException {
        connection.write("numbering what comes next", c -> {
            PreparedStatement update = c.prepared(UPDATE_SEQUENCE);
            update.setLong(1, nextSequence);
            return update.executeUpdate();
        });
        while (!connection.append("indexing messages", SqliteCopyTarget::isPosted)) {
            indexer.indexNext();
        }
        connection.write("indexing messages", c -> {
            passGap(c);
            CopyPlaceTable.reached(c, place);
            return place;
        });
    }

    /** Whether all blocks are indexed that have messages, but for one into which the next may come. */
    private static boolean isPosted(WriteConnection connection) throws SQLException {
        try (ResultSet row = connection.prepared(SELECT_PROGRESS).executeQuery()) {
            row.next();
            long last = row.getLong(4) >> PostingIndexer.SHIFT;
            long next = row.getLong(3) >> PostingIndexer.SHIFT;
            return row.getLong(2) >= Math.min(last + 1, next);
        }
    }

    /**
     * Between the last message and the next sequence there may be millions of numbers that no row has. What works through the blocks one by
     * one must begin behind them; the statistics find each block before them announced.
     */
    private static void passGap(WriteConnection connection) throws SQLException {
        long summed;
        long last;
        long next;
        try (ResultSet row = connection.prepared(SELECT_PROGRESS).executeQuery()) {
            row.next();
            summed = row.getLong(1);
            next = row.getLong(3) >> PostingIndexer.SHIFT;
            last = row.getLong(4) >> PostingIndexer.SHIFT;
        }
        PreparedStatement announce = connection.prepared(ANNOUNCE);
        for (long block = summed; block < Math.min(last + 1, next); block++) {
            announce.setLong(1, block);
            announce.executeUpdate();
        }
        PreparedStatement update = connection.prepared(UPDATE_BLOCKS);
        update.setLong(1, next);
        update.executeUpdate();
    }

    @Override
    public void end() throws StoreException {
        connection.write("ending a copy", CopyPlaceTable::end);
    }

    @Override
    public CopySource written() throws StoreException {
        return SqliteCopySource.open(file);
    }

    @Override
    public void close() {
        checkpointer.close();
        connection.close();
    }
}
