package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Housekeeping.Step;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes what leads to messages that are gone: rows of {@code facet}, {@code span}, {@code posting} and {@code summary} of blocks that no message is
 * left in, and {@code late_posting} and {@code stuck} of removed messages. A block that is complete gets no new messages, so what was found
 * empty stays empty.
 */
final class IndexRemoval {
    private static final String SELECT_SEQUENCE = "SELECT next_sequence, posted_block FROM counter";
    private static final String SELECT_ANY = "SELECT 1 FROM message WHERE id >= ? AND id < ? LIMIT 1";
    private static final String SELECT_FACETS = "SELECT value, block FROM facet WHERE block < ?";
    private static final String SELECT_SPANS = "SELECT block, block FROM span WHERE block < ?";
    private static final String SELECT_POSTINGS = "SELECT place, place / 64 FROM posting WHERE place / 64 < ?";
    private static final String SELECT_SUMMARIES = "SELECT block, block FROM summary WHERE block < ?";
    private static final String SELECT_CHANGES = "SELECT id, block FROM late_change WHERE block < ?";
    private static final String SELECT_LATE = """
            SELECT hash, id FROM late_posting l
            WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = l.id) LIMIT ?""";
    private static final String SELECT_FLAGS = """
            SELECT key FROM stuck s WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = s.message) LIMIT ?""";
    private static final String DELETE_FACET = "DELETE FROM facet WHERE value = ? AND block = ?";
    private static final String DELETE_SPAN = "DELETE FROM span WHERE block = ?1 AND block = ?2";
    private static final String DELETE_POSTING = "DELETE FROM posting WHERE place = ?1 AND place / 64 = ?2";
    private static final String DELETE_SUMMARY = "DELETE FROM summary WHERE block = ?1 AND block = ?2";
    private static final String DELETE_CHANGE = "DELETE FROM late_change WHERE id = ? AND block = ?";
    private static final String DELETE_LATE = "DELETE FROM late_posting WHERE hash = ? AND id = ?";
    // A message of that key may have begun anew.
    private static final String DELETE_FLAG = """
            DELETE FROM stuck WHERE key = ? AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = stuck.message)""";

    /** How many rows are remembered; where there are more, it is read again. */
    private static final int MOST = 65_536;

    private final SideReader reader;
    private final WriteConnection writer;
    private final Deque<Row> found = new ArrayDeque<>();
    private final Deque<byte[]> flags = new ArrayDeque<>();
    private boolean ended;

    IndexRemoval(SqliteFile file, WriteConnection writer) {
        this.reader = new SideReader(file, "looking for what leads to removed messages");
        this.writer = writer;
    }

    /** A row by what identifies it, and the statement that deletes it. */
    private record Row(String delete, long first, long second) {}

    Step step(int limit) throws StoreException {
        if (found.isEmpty() && flags.isEmpty() && !ended) {
            reader.read(this::find);
        }
        List<Row> rows = new ArrayList<>();
        while (rows.size() < limit && !found.isEmpty()) {
            rows.add(found.remove());
        }
        List<byte[]> keys = new ArrayList<>();
        while (rows.size() + keys.size() < limit && !flags.isEmpty()) {
            keys.add(flags.remove());
        }
        long removed = rows.isEmpty() && keys.isEmpty()
                ? 0
                : writer.write("removing what leads to removed messages", c -> remove(c, rows, keys));
        return new Step(removed, !found.isEmpty() || !flags.isEmpty() || !ended);
    }

    private boolean find(Connection connection) throws SQLException {
        long next;
        long posted;
        try (PreparedStatement select = connection.prepareStatement(SELECT_SEQUENCE);
                ResultSet row = select.executeQuery()) {
            row.next();
            next = row.getLong(1);
            posted = row.getLong(2);
        }
        ended = true;
        long complete = next >> IndexWriter.BLOCK_SHIFT;
        find(connection, SELECT_FACETS, complete, IndexWriter.BLOCK_SHIFT, DELETE_FACET);
        find(connection, SELECT_SPANS, complete, IndexWriter.BLOCK_SHIFT, DELETE_SPAN);
        find(connection, SELECT_POSTINGS, posted, PostingIndexer.SHIFT, DELETE_POSTING);
        find(connection, SELECT_SUMMARIES, posted, PostingIndexer.SHIFT, DELETE_SUMMARY);
        find(connection, SELECT_CHANGES, posted, PostingIndexer.SHIFT, DELETE_CHANGE);
        try (PreparedStatement select = connection.prepareStatement(SELECT_LATE)) {
            select.setInt(1, MOST + 1);
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && hasRoom()) {
                    found.add(new Row(DELETE_LATE, row.getLong(1), row.getLong(2)));
                }
            }
        }
        try (PreparedStatement select = connection.prepareStatement(SELECT_FLAGS)) {
            select.setInt(1, MOST + 1);
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && hasRoom()) {
                    flags.add(row.getBytes(1));
                }
            }
        }
        return ended;
    }

    /** Rows whose block, which is their second column, has no message. @param below blocks that are complete */
    private void find(Connection connection, String sql, long below, int shift, String delete) throws SQLException {
        Map<Long, Boolean> empty = new HashMap<>();
        try (PreparedStatement any = connection.prepareStatement(SELECT_ANY);
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, below);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long block = row.getLong(2);
                    Boolean gone = empty.get(block);
                    if (gone == null) {
                        gone = isEmpty(any, block << shift, block + 1 << shift);
                        empty.put(block, gone);
                    }
                    if (gone && hasRoom()) {
                        found.add(new Row(delete, row.getLong(1), block));
                    }
                }
            }
        }
    }

    private static boolean isEmpty(PreparedStatement any, long first, long end) throws SQLException {
        any.setLong(1, first);
        any.setLong(2, end);
        try (ResultSet row = any.executeQuery()) {
            return !row.next();
        }
    }

    private boolean hasRoom() {
        boolean room = found.size() + flags.size() < MOST;
        ended &= room;
        return room;
    }

    private static long remove(WriteConnection connection, List<Row> rows, List<byte[]> keys) throws SQLException {
        long removed = 0;
        for (Row row : rows) {
            PreparedStatement delete = connection.prepared(row.delete());
            delete.setLong(1, row.first());
            delete.setLong(2, row.second());
            removed += delete.executeUpdate();
        }
        PreparedStatement delete = connection.prepared(DELETE_FLAG);
        for (byte[] key : keys) {
            delete.setBytes(1, key);
            removed += delete.executeUpdate();
        }
        return removed;
    }
}
