package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.codec.SegmentCodec;
import dev.sendstatus.store.merge.Known;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes a batch of callbacks: their raw bytes as segments, their events into the rows of their messages. Remembers no message: another
 * node may change any at any time. Used by whoever holds the write connection, so by one thread at a time.
 */
final class MessageWriter implements AutoCloseable {
    private static final String SELECT_LOCKED = "SELECT id, key, history FROM message WHERE key = ANY (?::bytea[])";
    private static final String INSERT_SEGMENTS = """
            INSERT INTO segment (first_sequence, next_sequence, received_at, body)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bytea[])""";
    private static final String INSERT_QUARANTINE =
            "INSERT INTO quarantine (sequence, account, received_at, reason) VALUES (?, ?, ?, ?)";
    private static final String UPDATE_LAST_CALLBACK =
            "UPDATE account SET last_callback_at = ? WHERE id = ? AND coalesce(last_callback_at, 0) < ?";

    /** How exact an account's last callback is kept: one update a second and node, not one a callback. */
    private static final long LAST_CALLBACK_MILLIS = 1_000;

    private final PostgresDictionary dictionary;
    private final HistoryCodec codec;
    private final MessageDecoder decoder;
    private final SegmentCodec segments = new SegmentCodec();
    private final Map<AccountName, Instant> lastCallbacks = new ConcurrentHashMap<>();

    MessageWriter(PostgresDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
        this.decoder = new MessageDecoder(dictionary);
    }

    /** Notes what {@link #write} returned, once it is committed. */
    void committed(Map<AccountName, Instant> noted) {
        lastCallbacks.putAll(noted);
    }

    /** @return the accounts whose last callback was written */
    Map<AccountName, Instant> write(WriteConnection connection, List<Incoming> batch) throws SQLException, Damaged {
        BatchDraft draft = BatchDraft.of(batch, Sequences.begin(connection), segments);
        Map<MessageKey, byte[]> keys = new HashMap<>();
        Map<MessageKey, Known> fresh = new HashMap<>();
        MessageRows rows = new MessageRows(codec);
        for (Map.Entry<MessageKey, List<RecordedEvent>> message :
                draft.messages().entrySet()) {
            MessageKey key = message.getKey();
            dictionary.require(key.provider());
            keys.put(key, codec.key(key));
            Known known = Known.none(message.getValue().get(0).sequence(), key).with(message.getValue());
            fresh.put(key, known);
            rows.add(keys.get(key), known);
        }
        for (Incoming incoming : batch) {
            dictionary.number(incoming.account());
        }
        if (dictionary.misses()) {
            // Before anything is locked: all this is done again once the database has numbered what is new.
            return Map.of();
        }
        Set<Long> inserted = rows.insertOrLock(connection);
        WaitingRows waiting = new WaitingRows(dictionary);
        List<byte[]> locked = new ArrayList<>();
        fresh.forEach((key, known) -> {
            if (inserted.contains(known.id())) {
                waiting.add(known.id(), null, known.written());
            } else {
                locked.add(keys.get(key));
            }
        });
        RoundTrip trip = new RoundTrip(connection);
        merge(trip, locked, draft, waiting);
        waiting.addTo(trip);
        insertSegments(trip, draft.segments());
        trip.run();
        insertQuarantine(connection, draft.quarantine());
        return noteCallbacks(connection, draft.lastCallbacks());
    }

    /** Adds the batch's events to messages that were there; a statement of its own sees them as they are now that they are locked. */
    private void merge(RoundTrip trip, List<byte[]> locked, BatchDraft draft, WaitingRows waiting)
            throws SQLException, Damaged {
        WriteConnection connection = trip.connection();
        if (locked.isEmpty()) {
            return;
        }
        MessageRows changed = new MessageRows(codec);
        PreparedStatement select = connection.prepared(SELECT_LOCKED);
        select.setArray(1, connection.array("bytea", locked.toArray(new byte[0][])));
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                MessageKey key = decoder.key(connection.connection(), row.getBytes(2));
                Known known =
                        Known.stored(row.getLong(1), decoder.history(connection.connection(), key, row.getBytes(3)));
                List<RecordedEvent> events = draft.messages().get(key);
                Known longer = events == null ? known : known.with(events);
                if (longer != known) {
                    changed.add(longer);
                    waiting.add(longer.id(), known.state(), longer.written());
                }
            }
        }
        changed.updateIn(trip);
    }

    private static void insertSegments(RoundTrip trip, List<BatchDraft.Segment> segments) throws SQLException {
        WriteConnection connection = trip.connection();
        long[] first = new long[segments.size()];
        long[] next = new long[first.length];
        long[] receivedAt = new long[first.length];
        byte[][] bodies = new byte[first.length][];
        for (int i = 0; i < first.length; i++) {
            BatchDraft.Segment segment = segments.get(i);
            first[i] = segment.first();
            next[i] = segment.next();
            receivedAt[i] = segment.receivedAt().toEpochMilli();
            bodies[i] = segment.body();
        }
        trip.add(
                INSERT_SEGMENTS,
                connection.array(first),
                connection.array(next),
                connection.array(receivedAt),
                connection.array("bytea", bodies));
    }

    private void insertQuarantine(WriteConnection connection, List<BatchDraft.Quarantined> quarantine)
            throws SQLException {
        if (quarantine.isEmpty()) {
            return;
        }
        PreparedStatement insert = connection.prepared(INSERT_QUARANTINE);
        for (BatchDraft.Quarantined callback : quarantine) {
            insert.setLong(1, callback.sequence());
            insert.setInt(2, dictionary.number(callback.account()));
            insert.setLong(3, callback.receivedAt().toEpochMilli());
            insert.setString(4, PlainText.of(callback.reason()));
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** After all messages are locked, and by name: no two nodes can wait for each other crosswise. */
    private Map<AccountName, Instant> noteCallbacks(WriteConnection connection, Map<AccountName, Instant> callbacks)
            throws SQLException {
        Map<AccountName, Instant> written = new HashMap<>();
        for (Map.Entry<AccountName, Instant> callback : callbacks.entrySet()) {
            Instant noted = lastCallbacks.get(callback.getKey());
            long now = callback.getValue().toEpochMilli();
            if (noted == null || now - noted.toEpochMilli() >= LAST_CALLBACK_MILLIS) {
                PreparedStatement update = connection.prepared(UPDATE_LAST_CALLBACK);
                update.setLong(1, now);
                update.setInt(2, dictionary.number(callback.getKey()));
                update.setLong(3, now);
                update.executeUpdate();
                written.put(callback.getKey(), callback.getValue());
            }
        }
        return written;
    }

    @Override
    public void close() {
        segments.close();
    }
}
