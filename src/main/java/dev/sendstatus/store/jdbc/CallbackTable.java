package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.PlainText;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoredCallback;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of callbacks. */
final class CallbackTable {
    private static final String INSERT = """
            INSERT INTO callback (id, account_id, received_at, method, query, media_type, bytes, body, quarantine_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String SELECT = """
            SELECT c.id, a.provider, a.name, c.received_at, c.method, c.query, c.media_type, c.body, c.quarantine_reason
            FROM callback c JOIN account a ON a.id = c.account_id
            WHERE c.id IN (%s) ORDER BY c.id""";
    private static final String INSERT_UNREAD = """
            INSERT INTO quarantined_message (callback_id, provider_id) VALUES (?, ?)
            ON CONFLICT (callback_id, provider_id) DO NOTHING""";
    private static final String UPDATE_REASON = "UPDATE callback SET quarantine_reason = ? WHERE id = ?";

    private CallbackTable() {}

    /** A callback with its body compressed, which needs no connection. */
    record Compressed(AcceptedCallback callback, byte[] body) {}

    static Compressed compressed(AcceptedCallback callback) {
        return new Compressed(callback, Bodies.compressed(callback.raw().body()));
    }

    /** @param numbers one for each */
    static void insert(
            Session session, Accounts accounts, List<Compressed> callbacks, long[] numbers, @Nullable String[] reasons)
            throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        for (int i = 0; i < numbers.length; i++) {
            AcceptedCallback callback = callbacks.get(i).callback();
            RawCallback raw = callback.raw();
            insert.setLong(1, numbers[i]);
            insert.setLong(2, accounts.number(session, callback.account()));
            insert.setLong(3, callback.receivedAt().toEpochMilli());
            insert.setString(4, raw.method());
            insert.setString(5, PlainText.orNull(raw.query()));
            insert.setString(6, PlainText.orNull(raw.mediaType()));
            insert.setInt(7, raw.body().length);
            insert.setBytes(8, callbacks.get(i).body());
            insert.setString(9, reasons.length == 0 ? null : PlainText.orNull(reasons[i]));
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** Those that are still there, by number. */
    static List<StoredCallback> of(Session session, List<Long> numbers) throws SQLException {
        List<StoredCallback> found = new ArrayList<>(numbers.size());
        InList.select(session, SELECT, numbers, row -> {
            found.add(new StoredCallback(
                    row.getLong(1),
                    Rows.account(row, 2),
                    Rows.time(row, 4),
                    new RawCallback(
                            row.getString(5), row.getString(6), row.getString(7), Bodies.decompressed(row.getBytes(8))),
                    row.getString(9)));
        });
        return found;
    }

    /** Notes which messages a callback in quarantine names. */
    static void insertUnread(Session session, long number, List<String> messages) throws SQLException {
        if (!messages.isEmpty()) {
            session.batch(INSERT_UNREAD, messages, message -> new Object[] {number, message});
        }
    }

    /** @param reason null takes it out of quarantine */
    static void updateReason(Session session, long number, @Nullable String reason) throws SQLException {
        session.update(UPDATE_REASON, PlainText.orNull(reason), number);
    }
}
