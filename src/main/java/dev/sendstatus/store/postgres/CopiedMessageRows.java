package dev.sendstatus.store.postgres;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.merge.Facets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes messages of another database, all of a batch in one statement. The ids stay as they are. */
final class CopiedMessageRows {
    // A batch may be there already if the source was copied once before.
    private static final String UPSERT = """
            INSERT INTO message (id, key, first_event_at, facets, history)
            SELECT id, key, first_event_at, facets::bigint[], history
            FROM unnest(?::bigint[], ?::bytea[], ?::bigint[], ?::text[], ?::bytea[])
                AS copied (id, key, first_event_at, facets, history)
            ON CONFLICT (key) DO UPDATE
            SET first_event_at = excluded.first_event_at, facets = excluded.facets, history = excluded.history""";
    private static final String DELETE_WAITING = "DELETE FROM waiting WHERE id = ANY (?::bigint[])";

    private final PostgresDictionary dictionary;
    private final HistoryCodec codec;

    CopiedMessageRows(PostgresDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
    }

    /** Where a word has no number yet, the transaction is begun again with it: see {@link WriteConnection#write}. */
    void write(WriteConnection connection, List<CopiedMessage> messages) throws SQLException {
        int count = messages.size();
        long[] ids = new long[count];
        byte[][] keys = new byte[count][];
        long[] firstEvents = new long[count];
        String[] facets = new String[count];
        byte[][] histories = new byte[count][];
        WaitingRows waiting = new WaitingRows(dictionary);
        for (int i = 0; i < count; i++) {
            CopiedMessage message = messages.get(i);
            MessageState state = MessageState.of(message.history());
            dictionary.require(message.history().message().provider());
            ids[i] = message.id();
            keys[i] = codec.key(message.history().message());
            firstEvents[i] = state.firstEventAt().toEpochMilli();
            facets[i] = MessageRows.literal(Facets.of(state));
            histories[i] = codec.history(message.history());
            waiting.add(message.id(), null, state);
        }
        if (dictionary.misses()) {
            return;
        }
        PreparedStatement upsert = connection.prepared(UPSERT);
        upsert.setArray(1, connection.array(ids));
        upsert.setArray(2, connection.array("bytea", keys));
        upsert.setArray(3, connection.array(firstEvents));
        upsert.setArray(4, connection.array("text", facets));
        upsert.setArray(5, connection.array("bytea", histories));
        upsert.executeUpdate();
        PreparedStatement delete = connection.prepared(DELETE_WAITING);
        delete.setArray(1, connection.array(ids));
        delete.executeUpdate();
        RoundTrip trip = new RoundTrip(connection);
        waiting.addTo(trip);
        trip.run();
    }
}
