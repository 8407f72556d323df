package dev.sendstatus.store.postgres;

import dev.sendstatus.state.MessageState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of the table {@code waiting}: the open messages. Whoever changes a row holds its message. One thread. */
final class WaitingRows {
    private static final String UPSERT = """
            INSERT INTO waiting (id, account, since)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[])
            ON CONFLICT (id) DO UPDATE SET account = excluded.account, since = excluded.since""";
    private static final String DELETE = "DELETE FROM waiting WHERE id = ANY (?::bigint[])";

    private final PostgresDictionary dictionary;
    private final List<Long> ids = new ArrayList<>();
    private final List<Long> accounts = new ArrayList<>();
    private final List<Long> since = new ArrayList<>();
    private final List<Long> ended = new ArrayList<>();

    WaitingRows(PostgresDictionary dictionary) {
        this.dictionary = dictionary;
    }

    /** @param before null for a new message */
    void add(long id, @Nullable MessageState before, MessageState after) {
        MessageState was = before != null && before.open() ? before : null;
        if (after.open()) {
            if (was == null
                    || !was.account().equals(after.account())
                    || !was.waitingSince().equals(after.waitingSince())) {
                ids.add(id);
                accounts.add((long) dictionary.number(after.account()));
                since.add(after.waitingSince().toEpochMilli());
            }
        } else if (was != null) {
            ended.add(id);
        }
    }

    void addTo(RoundTrip trip) throws SQLException {
        WriteConnection connection = trip.connection();
        if (!ids.isEmpty()) {
            trip.add(
                    UPSERT,
                    connection.array(MessageRows.longs(ids)),
                    connection.array(MessageRows.longs(accounts)),
                    connection.array(MessageRows.longs(since)));
        }
        if (!ended.isEmpty()) {
            trip.add(DELETE, connection.array(MessageRows.longs(ended)));
        }
    }
}
