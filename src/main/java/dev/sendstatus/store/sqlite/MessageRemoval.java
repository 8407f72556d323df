package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.store.Housekeeping.Step;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Removes messages by when they were last heard of, with their flags and the memory of look-ups. They lie in the order in which they
 * were first heard of, so the old ones are among the first; when each was last heard of stands in its history.
 */
final class MessageRemoval {
    static final String SELECT_NEXT = "SELECT id, key, history FROM message WHERE id >= ? ORDER BY id LIMIT ?";
    private static final String DELETE_MESSAGE = "DELETE FROM message WHERE id = ?";
    private static final String DELETE_FLAG = "DELETE FROM stuck WHERE key = ?";
    private static final String DELETE_LOOKUP = "DELETE FROM lookup WHERE key = ?";

    /**
     * If so many in a row were first heard of after that time, what follows was too. What a replay or a wrong clock put among younger
     * ones leaves with them.
     */
    private static final int ROW_OF_YOUNG = 16_384;

    private final SideReader reader;
    private final WriteConnection writer;
    private final MessageWriter messages;
    private final HistoryCodec codec;
    private final MessageDecoder decoder = new MessageDecoder(new SqliteDictionary());
    private final Deque<Long> found = new ArrayDeque<>();
    private long from;
    private boolean ended;

    MessageRemoval(SqliteFile file, WriteConnection writer, MessageWriter messages, HistoryCodec codec) {
        this.reader = new SideReader(file, "looking for messages to remove");
        this.writer = writer;
        this.messages = messages;
        this.codec = codec;
    }

    Step step(Instant before, int limit) throws StoreException {
        if (found.isEmpty() && !ended) {
            reader.read(connection -> find(connection, before));
        }
        List<Long> some = new ArrayList<>();
        while (some.size() < limit && !found.isEmpty()) {
            some.add(found.remove());
        }
        long removed = some.isEmpty() ? 0 : writer.write("removing messages", c -> remove(c, some, before));
        return new Step(removed, !found.isEmpty() || !ended);
    }

    private boolean find(Connection connection, Instant before) throws SQLException, Damaged {
        int rows = 0;
        boolean old = false;
        try (PreparedStatement select = connection.prepareStatement(SELECT_NEXT)) {
            select.setLong(1, from);
            select.setInt(2, ROW_OF_YOUNG);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    from = row.getLong(1) + 1;
                    MessageKey key = decoder.key(connection, row.getBytes(2));
                    MessageHistory history = decoder.history(connection, key, row.getBytes(3));
                    old |= history.events().get(0).receivedAt().isBefore(before);
                    if (history.lastReceivedAt().isBefore(before)) {
                        found.add(row.getLong(1));
                    }
                }
            }
        }
        ended = rows < ROW_OF_YOUNG || !old;
        return ended;
    }

    private long remove(WriteConnection connection, List<Long> ids, Instant before) throws SQLException, Damaged {
        PreparedStatement select = connection.prepared(MessageDecoder.SELECT_ONE);
        long removed = 0;
        for (long id : ids) {
            byte[] packed;
            MessageKey key;
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    continue;
                }
                packed = row.getBytes(1);
                key = codec.key(packed);
                // It may have been heard of since it was found.
                if (!codec.history(key, row.getBytes(2)).lastReceivedAt().isBefore(before)) {
                    continue;
                }
            }
            PreparedStatement delete = connection.prepared(DELETE_MESSAGE);
            delete.setLong(1, id);
            removed += delete.executeUpdate();
            Summarizer.forgetBlockOf(connection, id);
            delete(connection.prepared(DELETE_FLAG), packed);
            delete(connection.prepared(DELETE_LOOKUP), packed);
            // Else its next callback would go to a row that is no longer there.
            messages.forget(key);
        }
        return removed;
    }

    private static void delete(PreparedStatement delete, byte[] key) throws SQLException {
        delete.setBytes(1, key);
        delete.executeUpdate();
    }
}
