package dev.sendstatus.store.sqlite;

import dev.sendstatus.state.Likeness;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.BlockSummary;
import dev.sendstatus.store.codec.BlockSummaryCodec;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * Sums up the messages of large blocks for the statistics. First the block is announced: from then on every commit that changes one of
 * its messages says so in {@code late_change}. Then it is read, beside the writer, and its summary is written with all that was
 * known then; changes that came later stay listed, so nothing is missed and nothing counted twice.
 */
final class Summarizer {
    static final String SELECT_MISSING = "SELECT min(block) FROM summary WHERE body IS NULL";
    static final String SELECT_OUTDATED =
            "SELECT block FROM late_change GROUP BY block HAVING count(*) >= ? ORDER BY block LIMIT 1";
    static final String SELECT_NEXT = "SELECT summed_block, posted_block, next_sequence FROM counter";
    static final String SELECT_NEWEST = "SELECT received_at FROM segment ORDER BY first_sequence DESC LIMIT 1";
    static final String SELECT_AFTER =
            "SELECT received_at FROM segment WHERE first_sequence >= ? ORDER BY first_sequence LIMIT 1";
    private static final String ANNOUNCE = "INSERT OR IGNORE INTO summary (block, body) VALUES (?, NULL)";
    private static final String UPDATE_SUMMED = "UPDATE counter SET summed_block = ?1 + 1 WHERE summed_block = ?1";
    private static final String UPDATE_SUMMARY = "UPDATE summary SET body = ? WHERE block = ?";
    private static final String DELETE_CHANGES = "DELETE FROM late_change WHERE block = ? AND sequence < ?";

    /** Most messages end within that time, and are then counted without being read themselves. */
    private static final long SETTLED_MILLIS = 120_000;
    /** From that many changed messages on a block is summed up again. */
    private static final int OUTDATED = 256;

    private final SqliteFile file;
    private final WriteConnection writer;
    private final MessageDecoder decoder = new MessageDecoder(new SqliteDictionary());

    Summarizer(SqliteFile file, WriteConnection writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Sums up a block that needs it. @return false if none does */
    boolean sumUpNext() throws StoreException {
        try (Connection connection = JDBC.createConnection(file.url(), file.readerProperties());
                Statements statements = new Statements(connection)) {
            Long block = missing(statements);
            if (block == null) {
                block = settled(statements);
                if (block == null) {
                    return false;
                }
                announce(block);
            }
            sumUp(connection, statements, block);
            Long outdated = outdated(statements);
            if (outdated != null) {
                sumUp(connection, statements, outdated);
            }
            return true;
        } catch (SQLException e) {
            throw SqliteErrors.of("summing up messages", e);
        } catch (Damaged e) {
            throw SqliteErrors.of("summing up messages", e);
        }
    }

    private static @Nullable Long missing(Statements statements) throws SQLException {
        try (ResultSet row = statements.prepared(SELECT_MISSING).executeQuery()) {
            long block = row.next() ? row.getLong(1) : 0;
            return row.wasNull() ? null : block;
        }
    }

    private static @Nullable Long outdated(Statements statements) throws SQLException {
        PreparedStatement select = statements.prepared(SELECT_OUTDATED);
        select.setInt(1, OUTDATED);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    /** The next block, if it is complete and what came after it shows that its last messages are old enough. */
    private static @Nullable Long settled(Statements statements) throws SQLException {
        long block;
        try (ResultSet row = statements.prepared(SELECT_NEXT).executeQuery()) {
            row.next();
            block = row.getLong(1);
            if (block >= row.getLong(2)) {
                return null;
            }
        }
        Long newest = time(statements.prepared(SELECT_NEWEST));
        PreparedStatement after = statements.prepared(SELECT_AFTER);
        after.setLong(1, block + 1 << PostingIndexer.SHIFT);
        Long next = time(after);
        // Without raw callbacks of that time retention has removed them: it is long ago.
        return newest == null || next == null || newest - next >= SETTLED_MILLIS ? block : null;
    }

    private static @Nullable Long time(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    private void announce(long block) throws StoreException {
        writer.write("summing up messages", connection -> {
            PreparedStatement insert = connection.prepared(ANNOUNCE);
            insert.setLong(1, block);
            insert.executeUpdate();
            PreparedStatement update = connection.prepared(UPDATE_SUMMED);
            update.setLong(1, block);
            return update.executeUpdate();
        });
    }

    private void sumUp(Connection connection, Statements statements, long block)
            throws SQLException, Damaged, StoreException {
        long upTo;
        byte[] body;
        connection.setAutoCommit(false);
        try {
            try (ResultSet row = statements.prepared(SELECT_NEXT).executeQuery()) {
                row.next();
                upTo = row.getLong(3);
            }
            body = BlockSummaryCodec.write(read(connection, statements, block));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        writer.write("summing up messages", writing -> {
            PreparedStatement update = writing.prepared(UPDATE_SUMMARY);
            update.setBytes(1, body);
            update.setLong(2, block);
            update.executeUpdate();
            PreparedStatement delete = writing.prepared(DELETE_CHANGES);
            delete.setLong(1, block);
            delete.setLong(2, upTo);
            return delete.executeUpdate();
        });
    }

    private BlockSummary read(Connection connection, Statements statements, long block) throws SQLException, Damaged {
        PreparedStatement select = statements.prepared(PostingIndexer.SELECT_MESSAGES);
        select.setLong(1, block << PostingIndexer.SHIFT);
        select.setLong(2, block + 1 << PostingIndexer.SHIFT);
        Draft draft = new Draft();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] key = rows.getBytes(2);
                byte[] history = rows.getBytes(3);
                draft.add(
                        rows.getLong(1),
                        new BlockSummary.Kind(key, history),
                        MessageState.of(decoder.history(connection, decoder.key(connection, key), history)));
            }
        }
        return draft.summary();
    }

    /** What was read of one block. */
    private static final class Draft {
        private final Map<Likeness, Integer> numbers = new HashMap<>();
        private final List<BlockSummary.Kind> kinds = new ArrayList<>();
        private final List<Long> live = new ArrayList<>();
        private final List<Long> ids = new ArrayList<>();
        private final List<Integer> kindOf = new ArrayList<>();
        private final List<Long> firstEventAt = new ArrayList<>();
        private final List<Long> latencies = new ArrayList<>();

        private void add(long id, BlockSummary.Kind packed, MessageState state) {
            if (state.open()) {
                live.add(id);
                return;
            }
            Likeness likeness = Likeness.of(state);
            Integer kind = numbers.get(likeness);
            if (kind == null) {
                kind = kinds.size();
                numbers.put(likeness, kind);
                kinds.add(packed);
            }
            ids.add(id);
            kindOf.add(kind);
            firstEventAt.add(state.firstEventAt().toEpochMilli());
            latencies.add(state.latencyMillis());
        }

        private BlockSummary summary() {
            return new BlockSummary(
                    kinds,
                    longs(live),
                    longs(ids),
                    kindOf.stream().mapToInt(Integer::intValue).toArray(),
                    longs(firstEventAt),
                    longs(latencies));
        }

        private static long[] longs(List<Long> values) {
            return values.stream().mapToLong(Long::longValue).toArray();
        }
    }
}
