package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.codec.SegmentCodec;
import dev.sendstatus.store.merge.Known;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch of callbacks: their raw bytes as one segment, their events into the rows of their messages. Used by whoever
 * holds the write connection, so by one thread at a time.
 */
final class MessageWriter implements AutoCloseable {
    private static final String INSERT_MESSAGE =
            "INSERT INTO message (account, waiting_since, history, id, key) VALUES (?, ?, ?, ?, ?)";
    private static final String UPDATE_MESSAGE =
            "UPDATE message SET account = ?, waiting_since = ?, history = ? WHERE id = ?";
    private static final String INSERT_SEGMENT =
            "INSERT INTO segment (first_sequence, next_sequence, received_at, body) VALUES (?, ?, ?, ?)";
    private static final String INSERT_QUARANTINE =
            "INSERT INTO quarantine (sequence, account, received_at, reason) VALUES (?, ?, ?, ?)";
    private static final String SELECT_SEQUENCE = "SELECT next_sequence, summed_block FROM counter";
    private static final String UPDATE_SEQUENCE = "UPDATE counter SET next_sequence = ?";
    private static final String UPDATE_LAST_CALLBACK = """
            UPDATE account SET last_callback_at = ?1
            WHERE id = ?2 AND coalesce(last_callback_at, 0) < ?1""";

    /** A second callback mostly comes seconds after the first: these need not be read again. Some 5 MB at the most. */
    private static final int CACHED_MESSAGES = 16_384;
    /** How exact an account's last callback is kept: one update a second, not one a callback. */
    private static final long LAST_CALLBACK_MILLIS = 1_000;

    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;
    private final SegmentCodec segments = new SegmentCodec();
    private final Map<MessageKey, Remembered> cache = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageKey, Remembered> eldest) {
            return size() > CACHED_MESSAGES;
        }
    };
    private final Map<AccountName, Long> lastCallbacks = new HashMap<>();
    private final KeyIndexWriter keys = new KeyIndexWriter();
    private final IndexWriter index = new IndexWriter();

    MessageWriter(SqliteDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
    }

    /** Forgets what may have been changed by somebody else, or was not committed. */
    void forget() {
        cache.clear();
        lastCallbacks.clear();
        keys.forget();
        index.forget();
    }

    /** Forgets a message whose row is removed or replaced in the running transaction. */
    void forget(MessageKey key) {
        cache.remove(key);
    }

    /** @param batch in order of arrival; of none nothing is written */
    int write(WriteConnection connection, List<Incoming> batch) throws SQLException, Damaged {
        if (batch.isEmpty()) {
            return 0;
        }
        long sequence = begin(connection);
        Map<MessageKey, List<RecordedEvent>> drafts = new LinkedHashMap<>();
        for (int from = 0; from < batch.size(); from += SegmentPacker.MOST_EVENTS) {
            List<Incoming> some = batch.subList(from, Math.min(from + SegmentPacker.MOST_EVENTS, batch.size()));
            sequence = writeSegment(connection, some, sequence, drafts);
        }
        for (Map.Entry<MessageKey, List<RecordedEvent>> draft : drafts.entrySet()) {
            write(connection, draft.getKey(), draft.getValue());
        }
        keys.flush(connection);
        PreparedStatement update = connection.prepared(UPDATE_SEQUENCE);
        update.setLong(1, sequence);
        update.executeUpdate();
        return batch.size();
    }

    /** Writes what of some callbacks is no message's. @param drafts receives what they say of each message @return the next sequence */
    private long writeSegment(
            WriteConnection connection, List<Incoming> some, long first, Map<MessageKey, List<RecordedEvent>> drafts)
            throws SQLException {
        long sequence = first;
        Instant last = some.get(0).receivedAt();
        for (Incoming incoming : some) {
            last = incoming.receivedAt().isAfter(last) ? incoming.receivedAt() : last;
        }
        segments.begin();
        for (Incoming incoming : some) {
            segments.add(
                    incoming.raw(),
                    incoming.sequences(),
                    last.toEpochMilli() - incoming.receivedAt().toEpochMilli());
            for (RecordedEvent recorded : incoming.recorded(sequence)) {
                drafts.computeIfAbsent(recorded.event().message(), key -> new ArrayList<>(2))
                        .add(recorded);
            }
            if (incoming.quarantine() != null) {
                quarantine(connection, incoming, incoming.quarantine(), sequence);
            }
            if (incoming.source() == Source.WEBHOOK) {
                // Only what the provider sent by itself shows that its webhook works.
                noteCallback(connection, incoming);
            }
            sequence += incoming.sequences();
        }
        insertSegment(connection, first, sequence, last);
        return sequence;
    }

    /** Adds a batch's events to a message. */
    private void write(WriteConnection connection, MessageKey key, List<RecordedEvent> events)
            throws SQLException, Damaged {
        Remembered remembered = cache.get(key);
        Known known;
        if (remembered != null) {
            known = known(key, remembered.id, remembered.history);
        } else {
            byte[] packed = codec.key(key);
            KeyIndex.Found found = keys.find(connection, packed);
            if (found == null) {
                insert(connection, key, packed, events);
                return;
            }
            known = known(key, found.id(), found.history());
        }
        Known longer = known.with(events);
        if (longer != known) {
            byte[] history = codec.history(longer.history());
            update(connection, longer, history);
            index.write(connection, longer.id(), known.state(), longer.written());
            cache.put(key, new Remembered(longer.id(), history));
        }
    }

    private void insert(WriteConnection connection, MessageKey key, byte[] packed, List<RecordedEvent> events)
            throws SQLException {
        long id = events.get(0).sequence();
        Known fresh = Known.none(id, key).with(events);
        byte[] history = codec.history(fresh.history());
        PreparedStatement insert = connection.prepared(INSERT_MESSAGE);
        bind(insert, fresh, history);
        insert.setBytes(5, packed);
        insert.executeUpdate();
        keys.add(connection, packed, id);
        index.write(connection, id, null, fresh.written());
        cache.put(key, new Remembered(id, history));
    }

    private Known known(MessageKey key, long id, byte[] packed) throws Damaged {
        return Known.stored(id, codec.history(key, packed));
    }

    private void update(WriteConnection connection, Known message, byte[] history) throws SQLException {
        PreparedStatement update = connection.prepared(UPDATE_MESSAGE);
        bind(update, message, history);
        update.executeUpdate();
    }

    private void bind(PreparedStatement statement, Known message, byte[] history) throws SQLException {
        MessageState state = message.written();
        statement.setInt(1, dictionary.number(state.account()));
        setTime(statement, 2, state.open() ? state.waitingSince() : null);
        statement.setBytes(3, history);
        statement.setLong(4, message.id());
    }

    /**
     * A message as its row has it. Packed, because as objects some thousand of them were copied by each garbage collection: pauses
     * of 40 to 70 ms, and a third of a callback's processor time. Unpacking takes two microseconds.
     */
    private record Remembered(long id, byte[] history) {}

    private static void setTime(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        if (time == null) {
            statement.setNull(index, Types.INTEGER);
        } else {
            statement.setLong(index, time.toEpochMilli());
        }
    }

    private void quarantine(WriteConnection connection, Incoming incoming, String reason, long sequence)
            throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT_QUARANTINE);
        insert.setLong(1, sequence);
        insert.setInt(2, dictionary.number(incoming.account()));
        insert.setLong(3, incoming.receivedAt().toEpochMilli());
        insert.setString(4, reason);
        insert.executeUpdate();
    }

    private void noteCallback(WriteConnection connection, Incoming incoming) throws SQLException {
        long now = incoming.receivedAt().toEpochMilli();
        Long last = lastCallbacks.get(incoming.account());
        if (last != null && now - last < LAST_CALLBACK_MILLIS) {
            return;
        }
        int account = dictionary.number(incoming.account());
        connection.insertNewWords();
        PreparedStatement update = connection.prepared(UPDATE_LAST_CALLBACK);
        update.setLong(1, now);
        update.setInt(2, account);
        update.executeUpdate();
        lastCallbacks.put(incoming.account(), now);
    }

    private void insertSegment(WriteConnection connection, long first, long next, Instant receivedAt)
            throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT_SEGMENT);
        insert.setLong(1, first);
        insert.setLong(2, next);
        insert.setLong(3, receivedAt.toEpochMilli());
        insert.setBytes(4, segments.end());
        insert.executeUpdate();
    }

    /** @return the first sequence of this transaction */
    private long begin(WriteConnection connection) throws SQLException {
        try (ResultSet row = connection.prepared(SELECT_SEQUENCE).executeQuery()) {
            row.next();
            index.begin(row.getLong(1), row.getLong(2));
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        segments.close();
    }
}
