package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.PlainText;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoredCallback;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    private static final String SELECT_OF_MESSAGE = """
            SELECT DISTINCT e.callback_id
            FROM event e JOIN message m ON m.id = e.message_id
            WHERE m.provider_id = ? AND m.provider = ? AND e.callback_id IS NOT NULL
            ORDER BY e.callback_id""";
    private static final String SELECT_FIRST_OF = """
            SELECT min(e.callback_id)
            FROM event e JOIN message m ON m.id = e.message_id
            WHERE m.provider_id >= ? AND m.provider_id < ?""";
    private static final String SELECT_SINCE = """
            SELECT id FROM callback WHERE received_at >= ? AND id > ? ORDER BY id LIMIT ?""";
    private static final String INSERT_UNREAD = """
            INSERT INTO quarantined_message (callback_id, provider_id) VALUES (?, ?)
            ON CONFLICT (callback_id, provider_id) DO NOTHING""";
    private static final String UPDATE_REASON = "UPDATE callback SET quarantine_reason = ? WHERE id = ?";
    private static final String SELECT_QUARANTINE = """
            SELECT c.id, a.provider, a.name, c.received_at, c.quarantine_reason
            FROM callback c JOIN account a ON a.id = c.account_id
            WHERE c.quarantine_reason IS NOT NULL AND c.id < ? ORDER BY c.id DESC LIMIT ?""";
    private static final String SELECT_QUARANTINED = """
            SELECT c.id, a.provider, a.name, c.received_at, c.quarantine_reason
            FROM callback c JOIN account a ON a.id = c.account_id
            WHERE c.quarantine_reason IS NOT NULL AND c.id = ?""";
    private static final String COUNT_QUARANTINE = "SELECT count(*) FROM callback WHERE quarantine_reason IS NOT NULL";

    private final Accounts accounts;
    private final Bodies bodies = new Bodies();

    CallbackTable(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A callback with its body compressed, which needs no connection. */
    record Compressed(AcceptedCallback callback, byte[] body) {}

    Compressed compressed(AcceptedCallback callback) {
        return new Compressed(callback, bodies.compressed(callback.raw().body()));
    }

    /** @param numbers one for each */
    void insert(Session session, List<Compressed> callbacks, long[] numbers, @Nullable String[] reasons)
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
    static List<StoredCallback> of(Session session, List<Long> numbers, Bodies bodies) throws SQLException {
        List<StoredCallback> found = new ArrayList<>(numbers.size());
        InList.select(session, SELECT, numbers, row -> {
            found.add(new StoredCallback(
                    row.getLong(1),
                    account(row, 2),
                    Rows.time(row, 4),
                    new RawCallback(
                            row.getString(5), row.getString(6), row.getString(7), bodies.decompressed(row.getBytes(8))),
                    row.getString(9)));
        });
        return found;
    }

    List<StoredCallback> of(Session session, List<Long> numbers) throws SQLException {
        return of(session, numbers, bodies);
    }

    /** The callbacks that events of the message came with, in the order of arrival. */
    static List<Long> numbersOfMessage(Session session, Provider provider, String id) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_OF_MESSAGE);
        select.setString(1, PlainText.of(id));
        select.setString(2, provider.word());
        List<Long> numbers = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    static List<Long> numbersSince(Session session, Instant since, long after, int limit) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_SINCE);
        select.setLong(1, since.toEpochMilli());
        select.setLong(2, after);
        select.setInt(3, limit);
        List<Long> numbers = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    static long newest(Session session) throws SQLException {
        try (ResultSet row =
                session.prepared("SELECT coalesce(max(id), 0) FROM callback").executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The lowest number of a callback that said something of a message whose id begins so. */
    static OptionalLong firstOf(Session session, String idPrefix) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_FIRST_OF);
        select.setString(1, idPrefix);
        select.setString(2, idPrefix + MessageQuery.LAST);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            long first = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(first);
        }
    }

    /** Notes which messages a callback in quarantine names. */
    static void insertUnread(Session session, long number, List<String> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        PreparedStatement insert = session.prepared(INSERT_UNREAD);
        for (String message : messages) {
            insert.setLong(1, number);
            insert.setString(2, message);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** @param reason null takes it out of quarantine */
    static void updateReason(Session session, long number, @Nullable String reason) throws SQLException {
        PreparedStatement update = session.prepared(UPDATE_REASON);
        if (reason == null) {
            update.setNull(1, Types.VARCHAR);
        } else {
            update.setString(1, PlainText.of(reason));
        }
        update.setLong(2, number);
        update.executeUpdate();
    }

    static List<QuarantinedCallback> quarantine(Session session, long before, int limit) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_QUARANTINE);
        select.setLong(1, before);
        select.setInt(2, limit);
        List<QuarantinedCallback> page = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                page.add(quarantined(rows));
            }
        }
        return page;
    }

    static Optional<QuarantinedCallback> quarantined(Session session, long number) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_QUARANTINED);
        select.setLong(1, number);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(quarantined(row)) : Optional.empty();
        }
    }

    static long quarantineSize(Session session) throws SQLException {
        try (ResultSet row = session.prepared(COUNT_QUARANTINE).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static QuarantinedCallback quarantined(ResultSet row) throws SQLException {
        return new QuarantinedCallback(row.getLong(1), account(row, 2), Rows.time(row, 4), row.getString(5));
    }

    private static AccountName account(ResultSet row, int column) throws SQLException {
        return new AccountName(new Provider(row.getString(column)), row.getString(column + 1));
    }
}
