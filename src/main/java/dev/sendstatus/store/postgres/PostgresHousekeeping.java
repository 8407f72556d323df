package dev.sendstatus.store.postgres;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is removed, on PostgreSQL: raw callbacks by dropping their days, the rest by deleting rows, whose room the server's own vacuum
 * makes free. Commits of this node go on between the steps, those of other nodes beside them.
 */
final class PostgresHousekeeping implements Housekeeping {
    private static final String DELETE_SEGMENTS = """
            DELETE FROM segment s USING (
                SELECT first_sequence, received_at FROM segment WHERE received_at < ? ORDER BY received_at LIMIT ?) old
            WHERE s.first_sequence = old.first_sequence AND s.received_at = old.received_at
            RETURNING s.next_sequence - s.first_sequence""";
    private static final String DELETE_QUARANTINE = """
            DELETE FROM quarantine q WHERE NOT EXISTS (
                SELECT 1 FROM (
                    SELECT next_sequence FROM segment s WHERE s.first_sequence <= q.sequence
                    ORDER BY s.first_sequence DESC LIMIT 1) last
                WHERE last.next_sequence > q.sequence)""";
    private static final String SELECT_CANDIDATES =
            "SELECT id, key, history FROM message WHERE id > ? ORDER BY id LIMIT ?";
    // In the order of the keys, as all who lock messages.
    private static final String LOCK =
            "SELECT id, key, history FROM message WHERE id = ANY (?) ORDER BY key FOR UPDATE";
    private static final String DELETE_MESSAGES = "DELETE FROM message WHERE id = ANY (?)";
    private static final String DELETE_WAITING = "DELETE FROM waiting WHERE id = ANY (?)";
    private static final String DELETE_FLAGS = "DELETE FROM stuck WHERE key = ANY (?)";
    private static final String DELETE_LOST_FLAGS =
            "DELETE FROM stuck s WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.key = s.key)";
    private static final String DELETE_LOOKUPS = "DELETE FROM lookup WHERE key = ANY (?)";

    /** Ids are in the order in which messages were first heard of: after so many young ones in a row there are only young ones. */
    private static final int ROW_OF_YOUNG = 16_384;

    private final PostgresStore store;
    private final WriteConnection writer;
    private final HistoryCodec codec;
    private final PostgresDictionary dictionary;
    private boolean daysDropped;
    private long after;
    private int youngInARow;

    PostgresHousekeeping(
            PostgresStore store, WriteConnection writer, HistoryCodec codec, PostgresDictionary dictionary) {
        this.store = store;
        this.writer = writer;
        this.codec = codec;
        this.dictionary = dictionary;
    }

    @Override
    public Step removeRaw(Instant before, int limit) throws StoreException {
        if (!daysDropped) {
            long removed = store.dropDays(before);
            daysDropped = true;
            return new Step(removed, true);
        }
        return writer.write("removing raw callbacks", connection -> {
            PreparedStatement delete = connection.prepared(DELETE_SEGMENTS);
            delete.setLong(1, before.toEpochMilli());
            delete.setInt(2, limit);
            long removed = 0;
            int segments = 0;
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    removed += rows.getLong(1);
                    segments++;
                }
            }
            boolean more = segments == limit;
            if (!more) {
                connection.prepared(DELETE_QUARANTINE).executeUpdate();
            }
            return new Step(removed, more);
        });
    }

    @Override
    public Step removeMessages(Instant before, int limit) throws StoreException {
        // The work may run more than once, so the place is moved only afterwards.
        Done done = writer.write("removing messages", connection -> {
            Found found = find(connection, before, limit);
            return new Done(found, found.old().isEmpty() ? 0 : remove(connection, before, found.old()));
        });
        Found found = done.found();
        after = found.last();
        youngInARow = found.youngInARow();
        return new Step(done.removed(), found.looked() > 0 && youngInARow < ROW_OF_YOUNG);
    }

    private record Done(Found found, long removed) {}

    /**
     * What was looked through.
     *
     * @param old ids of those that are to leave
     * @param looked how many were looked at
     * @param last the id of the last of them
     * @param youngInARow how many up to that one were first heard of too late, one after another
     */
    private record Found(List<Long> old, int looked, long last, int youngInARow) {}

    private Found find(WriteConnection connection, Instant before, int limit) throws SQLException, Damaged {
        MessageDecoder decoder = new MessageDecoder(dictionary);
        PreparedStatement select = connection.prepared(SELECT_CANDIDATES);
        select.setLong(1, after);
        select.setInt(2, limit);
        List<Long> old = new ArrayList<>();
        int looked = 0;
        long last = after;
        int young = youngInARow;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                looked++;
                last = rows.getLong(1);
                MessageKey key = decoder.key(connection.connection(), rows.getBytes(2));
                MessageHistory history = decoder.history(connection.connection(), key, rows.getBytes(3));
                young = history.events().get(0).receivedAt().isBefore(before) ? 0 : young + 1;
                if (history.lastReceivedAt().isBefore(before)) {
                    old.add(last);
                }
            }
        }
        return new Found(old, looked, last, young);
    }

    private long remove(WriteConnection connection, Instant before, List<Long> old) throws SQLException, Damaged {
        List<Long> ids = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        PreparedStatement lock = connection.prepared(LOCK);
        lock.setArray(1, connection.array(MessageRows.longs(old)));
        try (ResultSet rows = lock.executeQuery()) {
            while (rows.next()) {
                byte[] key = rows.getBytes(2);
                // It may have been heard of since it was found.
                if (codec.history(codec.key(key), rows.getBytes(3))
                        .lastReceivedAt()
                        .isBefore(before)) {
                    ids.add(rows.getLong(1));
                    keys.add(key);
                }
            }
        }
        byte[][] packed = keys.toArray(new byte[0][]);
        for (String delete : List.of(DELETE_WAITING, DELETE_MESSAGES)) {
            PreparedStatement statement = connection.prepared(delete);
            statement.setArray(1, connection.array(MessageRows.longs(ids)));
            statement.executeUpdate();
        }
        for (String delete : List.of(DELETE_FLAGS, DELETE_LOOKUPS)) {
            PreparedStatement statement = connection.prepared(delete);
            statement.setArray(1, connection.array("bytea", packed));
            statement.executeUpdate();
        }
        return ids.size();
    }

    /** Indexes are of the rows themselves here; only a flag may have come after its message had left. */
    @Override
    public Step tidy(int limit) throws StoreException {
        return new Step(
                writer.write(
                        "removing what leads to removed messages",
                        connection -> connection.prepared(DELETE_LOST_FLAGS).executeUpdate()),
                false);
    }

    /** A dropped day is given back at once; the room of deleted rows is used again. */
    @Override
    public boolean giveBack() {
        return false;
    }

    @Override
    public void shortenLog() {
        // The server does that by itself.
    }

    @Override
    public Erasure erasure(PhoneNumber number) {
        return new PostgresErasure(writer, codec, dictionary, number);
    }
}
