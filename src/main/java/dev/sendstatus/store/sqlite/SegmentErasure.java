package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Erasure.Erased;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Empties the raw callbacks that mention a number. Not only the number is removed from them: what else they say of the person, as the
 * text of the message, is nobody's business either, and a callback with a hole in it could be read again as something else.
 */
final class SegmentErasure {
    // The number may lie within a segment: segments are packed together while this goes on.
    private static final String SELECT_NEXT = """
            SELECT first_sequence, next_sequence, body FROM segment
            WHERE first_sequence >= coalesce((SELECT max(first_sequence) FROM segment WHERE first_sequence <= ?1), 0)
                AND next_sequence > ?1 ORDER BY first_sequence LIMIT ?2""";
    private static final String SELECT_SEQUENCE = "SELECT next_sequence FROM counter";
    private static final String UPDATE = "UPDATE segment SET body = ? WHERE first_sequence = ?";
    private static final String DELETE_QUARANTINE = "DELETE FROM quarantine WHERE sequence >= ? AND sequence < ?";

    private static final int LOOKED_THROUGH = 256;
    /** A segment is written whole, which costs less a callback than anything else that a step may be about. */
    private static final int CALLBACKS_OF_LIMIT = 4;

    private final SideReader reader;
    private final WriteConnection writer;
    private final PhoneNumber number;
    private final MessageDecoder decoder = new MessageDecoder(new SqliteDictionary());
    /** The numbers of callbacks to empty, together those of a segment. */
    private final Deque<List<Long>> found = new ArrayDeque<>();

    private long from;
    private long end = 1;
    private long unreadable;
    private boolean ended;

    SegmentErasure(SqliteFile file, WriteConnection writer, PhoneNumber number) {
        this.reader = new SideReader(file, "looking for raw callbacks of an erased number");
        this.writer = writer;
        this.number = number;
    }

    /** Before that number all are looked through, once a step says that there are no more; another step looks whether more have come. */
    long reached() {
        return from;
    }

    double progress() {
        return ended ? 1 : Math.min(1, (double) from / end);
    }

    Erased step(int limit) throws StoreException {
        unreadable = 0;
        if (found.isEmpty()) {
            reader.read(this::find);
        }
        NavigableSet<Long> callbacks = new TreeSet<>();
        while (callbacks.size() < CALLBACKS_OF_LIMIT * limit && !found.isEmpty()) {
            callbacks.addAll(found.remove());
        }
        long emptied = callbacks.isEmpty() ? 0 : writer.write("emptying raw callbacks", c -> empty(c, callbacks));
        return new Erased(0, 0, emptied, unreadable, !found.isEmpty() || !ended);
    }

    private boolean find(Connection connection) throws SQLException {
        int rows = 0;
        try (PreparedStatement select = connection.prepareStatement(SELECT_SEQUENCE);
                ResultSet row = select.executeQuery()) {
            row.next();
            end = row.getLong(1);
        }
        try (Statements statements = new Statements(connection)) {
            WholeCallbacks whole = new WholeCallbacks(statements, decoder);
            PreparedStatement select = statements.prepared(SELECT_NEXT);
            select.setLong(1, from);
            select.setInt(2, LOOKED_THROUGH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    from = row.getLong(2);
                    look(whole, row.getLong(1), row.getBytes(3));
                }
            }
        }
        ended = rows < LOOKED_THROUGH;
        return ended;
    }

    private void look(WholeCallbacks whole, long first, byte[] body) throws SQLException {
        List<Long> callbacks = new ArrayList<>();
        try {
            for (SegmentCodec.Entry entry : SegmentCodec.read(body, first)) {
                if (mentions(whole, entry)) {
                    callbacks.add(entry.firstSequence());
                }
            }
        } catch (Damaged e) {
            // Told by its count: nobody can read it, and so nobody can empty a part of it.
            unreadable++;
        }
        if (!callbacks.isEmpty()) {
            found.add(callbacks);
        }
    }

    private boolean mentions(WholeCallbacks whole, SegmentCodec.Entry entry) throws SQLException {
        try {
            return number.occursIn(whole.of(entry).callback());
        } catch (Damaged e) {
            // Its message's row is: the others of the segment can be read.
            unreadable++;
            return false;
        }
    }

    /**
     * Empties raw callbacks, within a transaction.
     *
     * @param callbacks a number of each; none is left in it
     * @return how many there were, but for those that were empty
     */
    static long empty(WriteConnection connection, NavigableSet<Long> callbacks) throws SQLException, Damaged {
        SecureDelete.on(connection);
        long emptied = 0;
        try (SegmentCodec codec = new SegmentCodec()) {
            while (!callbacks.isEmpty()) {
                long one = callbacks.first();
                PreparedStatement select = connection.prepared(SegmentTable.SELECT_SEGMENT);
                select.setLong(1, one);
                long first = 0;
                List<SegmentCodec.Entry> entries = List.of();
                try (ResultSet row = select.executeQuery()) {
                    // Retention may have been there meanwhile.
                    if (row.next() && row.getLong(2) > one) {
                        first = row.getLong(1);
                        entries = SegmentCodec.read(row.getBytes(3), first);
                    }
                }
                emptied += empty(connection, codec, first, entries, callbacks);
                callbacks.remove(one);
            }
        }
        return emptied;
    }

    private static long empty(
            WriteConnection connection,
            SegmentCodec codec,
            long first,
            List<SegmentCodec.Entry> entries,
            Set<Long> callbacks)
            throws SQLException {
        long emptied = 0;
        codec.begin();
        for (SegmentCodec.Entry entry : entries) {
            boolean leaves = false;
            for (int i = 0; i < entry.sequences(); i++) {
                leaves |= callbacks.remove(entry.firstSequence() + i);
            }
            leaves &= !entry.callback().isEmpty();
            codec.add(leaves ? entry.emptied() : entry, entry.earlierMillis());
            if (leaves) {
                emptied++;
                PreparedStatement release = connection.prepared(DELETE_QUARANTINE);
                release.setLong(1, entry.firstSequence());
                release.setLong(2, entry.firstSequence() + entry.sequences());
                release.executeUpdate();
            }
        }
        if (emptied > 0) {
            PreparedStatement update = connection.prepared(UPDATE);
            update.setBytes(1, codec.end());
            update.setLong(2, first);
            update.executeUpdate();
        }
        return emptied;
    }
}
