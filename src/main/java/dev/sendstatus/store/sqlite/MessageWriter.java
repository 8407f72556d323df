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

    /** How exact an account's last callback is kept: one update a second, not one a callback. */
    private static final long LAST_CALLBACK_MILLIS = 1_000;

    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;
    private final SegmentCodec segments = new SegmentCodec();
    private final RecentMessages recent = new RecentMessages();
    private final Map<AccountName, Long> lastCallbacks = new HashMap<>();
    private final KeyIndexWriter keys = new KeyIndexWriter();
    private final IndexWriter index = new IndexWriter();

    MessageWriter(SqliteDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
    }

    /** Forgets what may have been changed by somebody else, or was not committed. */
    void forget() {
        recent.clear();
        lastCallbacks.clear();
        keys.forget();
        index.forget();
    }

    /** Forgets a message whose row is removed or replaced in the running transaction. */
    void forget(MessageKey key) {
        recent.remove(codec.key(key));
    }

    /** @param batch in order of arrival; of none nothing is written */
    int write(WriteConnection connection, List<Incoming> batch) throws SQLException, Damaged {
        if (batch.isEmpty()) {
            return 0;
        }
        long first = begin(connection);
        Map<MessageKey, Draft> drafts = new LinkedHashMap<>();
        long sequence = first;
        for (Incoming incoming : batch) {
            for (RecordedEvent recorded : incoming.recorded(sequence)) {
                drafts.computeIfAbsent(recorded.event().message(), key -> new Draft())
                        .events
                        .add(recorded);
            }
            note(connection, incoming, sequence);
            sequence += incoming.sequences();
        }
        for (Map.Entry<MessageKey, Draft> draft : drafts.entrySet()) {
            write(connection, draft.getKey(), draft.getValue());
        }
        keys.flush(connection);
        sequence = first;
        for (int from = 0; from < batch.size(); from += SegmentPacker.MOST_EVENTS) {
            List<Incoming> some = batch.subList(from, Math.min(from + SegmentPacker.MOST_EVENTS, batch.size()));
            sequence = writeSegment(connection, some, sequence, drafts);
        }
        PreparedStatement update = connection.prepared(UPDATE_SEQUENCE);
        update.setLong(1, sequence);
        update.executeUpdate();
        return batch.size();
    }

    /** What a batch says of one message. */
    private static final class Draft {
        private final List<RecordedEvent> events = new ArrayList<>(2);
        /** Of the message's row, once it is written. */
        private long id;
        /** What its row says, once it is written; nothing where all was known before. */
        private List<RecordedEvent> recorded = List.of();

        /** Null if the message knew it already: then its row does not have it by that number. */
        private @Nullable RecordedEvent recorded(long sequence) {
            for (RecordedEvent event : recorded) {
                if (event.sequence() == sequence) {
                    return event;
                }
            }
            return null;
        }
    }

    /** Writes what of a callback is neither a message's nor its raw bytes. @param first the first of its sequence numbers */
    private void note(WriteConnection connection, Incoming incoming, long first) throws SQLException {
        if (incoming.quarantine() != null) {
            quarantine(connection, incoming, incoming.quarantine(), first);
        }
        if (incoming.source() == Source.WEBHOOK) {
            // Only what the provider sent by itself shows that its webhook works.
            noteCallback(connection, incoming);
        }
    }

    /** @param drafts as they were written, so that the raw bytes need not say again what rows say @return the next sequence */
    private long writeSegment(
            WriteConnection connection, List<Incoming> some, long first, Map<MessageKey, Draft> drafts)
            throws SQLException {
        long sequence = first;
        long last = 0;
        for (Incoming incoming : some) {
            last = Math.max(last, incoming.receivedAt().toEpochMilli());
        }
        segments.begin();
        for (Incoming incoming : some) {
            long earlier = last - incoming.receivedAt().toEpochMilli();
            Draft draft = incoming.events().size() == 1
                    ? drafts.get(incoming.events().get(0).message())
                    : null;
            RecordedEvent recorded = draft == null ? null : draft.recorded(sequence);
            if (draft == null || recorded == null) {
                segments.add(incoming.raw(), incoming.sequences(), earlier);
            } else {
                segments.add(incoming.raw(), recorded, draft.id, earlier);
            }
            sequence += incoming.sequences();
        }
        insertSegment(connection, first, sequence, last);
        return sequence;
    }

    /** Adds a batch's events to a message. */
    private void write(WriteConnection connection, MessageKey key, Draft draft) throws SQLException, Damaged {
        byte[] packed = codec.key(key);
        KeyIndex.Found found = recent.find(packed);
        if (found == null) {
            found = keys.find(connection, packed);
        }
        if (found == null) {
            insert(connection, key, packed, draft);
            return;
        }
        Known known = Known.stored(found.id(), codec.history(key, found.history()));
        Known longer = known.with(draft.events);
        if (longer != known) {
            byte[] history = codec.history(longer.history());
            update(connection, longer, history);
            index.write(connection, longer.id(), known.state(), longer.written());
            remember(packed, longer, history, draft);
        }
    }

    private void insert(WriteConnection connection, MessageKey key, byte[] packed, Draft draft) throws SQLException {
        long id = draft.events.get(0).sequence();
        Known fresh = Known.none(id, key).with(draft.events);
        byte[] history = codec.history(fresh.history());
        PreparedStatement insert = connection.prepared(INSERT_MESSAGE);
        bind(insert, fresh, history);
        insert.setBytes(5, packed);
        insert.executeUpdate();
        keys.add(connection, packed, id);
        index.write(connection, id, null, fresh.written());
        remember(packed, fresh, history, draft);
    }

    private void remember(byte[] packed, Known message, byte[] history, Draft draft) {
        draft.id = message.id();
        draft.recorded = message.history().events();
        recent.put(packed, message.id(), history);
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

    private void insertSegment(WriteConnection connection, long first, long next, long receivedAt) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT_SEGMENT);
        insert.setLong(1, first);
        insert.setLong(2, next);
        insert.setLong(3, receivedAt);
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
