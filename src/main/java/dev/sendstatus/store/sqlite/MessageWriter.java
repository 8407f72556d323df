package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
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
    private static final String SELECT_HISTORY = "SELECT history FROM message WHERE key = ?";
    private static final String REPLACE_MESSAGE =
            "REPLACE INTO message (key, account, waiting_since, history) VALUES (?, ?, ?, ?)";
    private static final String INSERT_SEGMENT =
            "INSERT INTO segment (first_sequence, next_sequence, received_at, body) VALUES (?, ?, ?, ?)";
    private static final String INSERT_QUARANTINE =
            "INSERT INTO quarantine (sequence, account, received_at, reason) VALUES (?, ?, ?, ?)";
    private static final String SELECT_SEQUENCE = "SELECT next_sequence FROM counter";
    private static final String UPDATE_SEQUENCE = "UPDATE counter SET next_sequence = ?";
    private static final String UPDATE_LAST_CALLBACK = """
            UPDATE account SET last_callback_at = ?1
            WHERE id = ?2 AND coalesce(last_callback_at, 0) < ?1""";

    /** A second callback mostly comes seconds after the first: these need not be read again. Some 20 MB at the most. */
    private static final int CACHED_MESSAGES = 16_384;
    /** How exact an account's last callback is kept: one update a second, not one a callback. */
    private static final long LAST_CALLBACK_MILLIS = 1_000;

    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;
    private final SegmentCodec segments = new SegmentCodec();
    private final Map<MessageKey, MessageHistory> cache = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MessageKey, MessageHistory> eldest) {
            return size() > CACHED_MESSAGES;
        }
    };
    private final Map<AccountName, Long> lastCallbacks = new HashMap<>();

    MessageWriter(SqliteDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
    }

    /** Forgets what may have been changed by somebody else, or was not committed. */
    void forget() {
        cache.clear();
        lastCallbacks.clear();
    }

    Void write(WriteConnection connection, List<Incoming> batch) throws SQLException, Damaged {
        long first = nextSequence(connection);
        long sequence = first;
        Map<MessageKey, MessageHistory> changed = new LinkedHashMap<>();
        segments.begin();
        for (Incoming incoming : batch) {
            int sequences = Math.max(1, incoming.events().size());
            segments.add(incoming.raw(), sequences);
            for (int i = 0; i < incoming.events().size(); i++) {
                add(connection, incoming, incoming.events().get(i), sequence + i, changed);
            }
            if (incoming.quarantine() != null) {
                quarantine(connection, incoming, incoming.quarantine(), sequence);
            }
            noteCallback(connection, incoming);
            sequence += sequences;
        }
        for (MessageHistory history : changed.values()) {
            replace(connection, history);
        }
        insertSegment(connection, first, sequence, batch.get(0).receivedAt());
        PreparedStatement update = connection.prepared(UPDATE_SEQUENCE);
        update.setLong(1, sequence);
        update.executeUpdate();
        cache.putAll(changed);
        return null;
    }

    private void add(
            WriteConnection connection,
            Incoming incoming,
            DeliveryEvent event,
            long sequence,
            Map<MessageKey, MessageHistory> changed)
            throws SQLException, Damaged {
        MessageHistory history = changed.get(event.message());
        if (history == null) {
            history = history(connection, event.message());
        }
        RecordedEvent recorded =
                new RecordedEvent(sequence, incoming.receivedAt(), true, incoming.source(), incoming.account(), event);
        if (history.says(recorded)) {
            return;
        }
        MessageHistory longer = history.with(recorded);
        if (!history.events().isEmpty() && !changes(history, longer)) {
            longer = history.with(new RecordedEvent(
                    sequence, incoming.receivedAt(), false, incoming.source(), incoming.account(), event));
        }
        changed.put(event.message(), longer);
    }

    private static boolean changes(MessageHistory before, MessageHistory after) {
        return !MessageState.of(before).sameOutcome(MessageState.of(after));
    }

    private MessageHistory history(WriteConnection connection, MessageKey key) throws SQLException, Damaged {
        MessageHistory cached = cache.get(key);
        if (cached != null) {
            return cached;
        }
        PreparedStatement select = connection.prepared(SELECT_HISTORY);
        select.setBytes(1, codec.key(key));
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? codec.history(key, row.getBytes(1)) : MessageHistory.none(key);
        }
    }

    private void replace(WriteConnection connection, MessageHistory history) throws SQLException {
        MessageState state = MessageState.of(history);
        PreparedStatement replace = connection.prepared(REPLACE_MESSAGE);
        replace.setBytes(1, codec.key(history.message()));
        replace.setInt(2, dictionary.number(state.account()));
        setTime(replace, 3, state.open() ? state.waitingSince() : null);
        replace.setBytes(4, codec.history(history));
        replace.executeUpdate();
    }

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

    private static long nextSequence(WriteConnection connection) throws SQLException {
        try (ResultSet row = connection.prepared(SELECT_SEQUENCE).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        segments.close();
    }
}
