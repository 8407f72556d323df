package dev.sendstatus.store.postgres;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.merge.Facets;
import dev.sendstatus.store.merge.Known;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows of the table {@code message} on their way to it, all in one statement. One thread. */
final class MessageRows {
    // One statement for both: it inserts the new ones, and it locks those that are there, all in the order of the keys,
    // so that two
    // nodes with the same messages wait for each other the same way round. The condition is false, so nothing is
    // updated; but a row
    // is locked before its condition is looked at, also one that another node commits while this waits.
    private static final String INSERT_OR_LOCK = """
            INSERT INTO message (id, key, first_event_at, facets, history)
            SELECT id, key, first_event_at, facets::bigint[], history
            FROM unnest(?::bigint[], ?::bytea[], ?::bigint[], ?::text[], ?::bytea[])
                AS fresh (id, key, first_event_at, facets, history)
            ORDER BY key
            ON CONFLICT (key) DO UPDATE SET history = excluded.history WHERE false
            RETURNING id""";
    private static final String UPDATE = """
            UPDATE message m
            SET first_event_at = u.first_event_at, facets = u.facets::bigint[], history = u.history
            FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::bytea[]) AS u (id, first_event_at, facets, history)
            WHERE m.id = u.id""";

    private final HistoryCodec codec;
    private final List<Long> ids = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final List<Long> firstEvents = new ArrayList<>();
    private final List<String> facets = new ArrayList<>();
    private final List<byte[]> histories = new ArrayList<>();

    MessageRows(HistoryCodec codec) {
        this.codec = codec;
    }

    void add(Known message) {
        MessageState state = message.written();
        ids.add(message.id());
        firstEvents.add(state.firstEventAt().toEpochMilli());
        facets.add(literal(Facets.of(state)));
        histories.add(codec.history(message.history()));
    }

    void add(byte[] key, Known message) {
        keys.add(key);
        add(message);
    }

    /** Arrays of different lengths are no array of arrays, so each goes as a text. */
    static String literal(long[] values) {
        StringBuilder text = new StringBuilder(20 * values.length).append('{');
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ",").append(values[i]);
        }
        return text.append('}').toString();
    }

    /** Inserts the new ones and locks the others until the transaction ends. @return the ids of the new ones */
    Set<Long> insertOrLock(WriteConnection connection) throws SQLException {
        Set<Long> inserted = new HashSet<>();
        if (ids.isEmpty()) {
            return inserted;
        }
        PreparedStatement insert = connection.prepared(INSERT_OR_LOCK);
        insert.setArray(1, connection.array(longs(ids)));
        insert.setArray(2, connection.array("bytea", keys.toArray(new byte[0][])));
        insert.setArray(3, connection.array(longs(firstEvents)));
        insert.setArray(4, connection.array("text", facets.toArray(new String[0])));
        insert.setArray(5, connection.array("bytea", histories.toArray(new byte[0][])));
        try (ResultSet rows = insert.executeQuery()) {
            while (rows.next()) {
                inserted.add(rows.getLong(1));
            }
        }
        return inserted;
    }

    /** Of rows that are locked. */
    void updateIn(RoundTrip trip) throws SQLException {
        if (!ids.isEmpty()) {
            WriteConnection connection = trip.connection();
            trip.add(
                    ids.size(),
                    UPDATE,
                    connection.array(longs(ids)),
                    connection.array(longs(firstEvents)),
                    connection.array("text", facets.toArray(new String[0])),
                    connection.array("bytea", histories.toArray(new byte[0][])));
        }
    }

    static long[] longs(List<Long> values) {
        long[] longs = new long[values.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = values.get(i);
        }
        return longs;
    }
}
