package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StuckFlag;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which messages were found stuck, and which are waiting. */
final class StuckTable {
    private static final Word<StuckReason> REASONS = new Word<>(StuckReason.class);
    private static final Word<StuckFlag.Ending> ENDINGS = new Word<>(StuckFlag.Ending.class);

    // A flag that is there is replaced, so that a flag can be given its ending.
    private static final String REPLACE = """
            INSERT INTO stuck (message_id, waiting_since, due_at, flagged_at, reason, ending, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (message_id) DO UPDATE
            SET waiting_since = excluded.waiting_since, due_at = excluded.due_at, flagged_at = excluded.flagged_at,
                reason = excluded.reason, ending = excluded.ending, ended_at = excluded.ended_at""";
    private static final String SELECT_ACTIVE_AFTER = """
            SELECT m.provider, m.provider_id, a.provider, a.name, m.sender,
                s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM stuck s JOIN message m ON m.id = s.message_id JOIN account a ON a.id = m.account_id
            WHERE s.ended_at IS NULL OR s.ended_at > ?
            ORDER BY s.due_at, m.provider_id, m.provider""";
    private static final String SELECT_WAITING = """
            SELECT m.id
            FROM message m JOIN account a ON a.id = m.account_id LEFT JOIN stuck s ON s.message_id = m.id
            WHERE a.provider = ? AND a.name = ? AND m.waiting_since <= ? AND (? OR s.message_id IS NULL)
            ORDER BY m.waiting_since, m.provider_id, m.provider""";
    private static final String SELECT_SETTLED = """
            SELECT m.id
            FROM stuck s JOIN message m ON m.id = s.message_id
            WHERE (s.ended_at IS NULL OR s.ending = 'never_reported') AND m.waiting_since IS NULL
            ORDER BY s.due_at, m.provider_id, m.provider""";

    private StuckTable() {}

    /** Of a message that has left, nothing is kept: the messages are locked, so that none leaves meanwhile. */
    static void replace(Session session, Dialect dialect, List<StuckFlag> flags) throws SQLException {
        Map<MessageKey, Long> messages = MessageRows.lock(
                session, dialect, flags.stream().map(StuckFlag::message).toList());
        PreparedStatement replace = session.prepared(REPLACE);
        for (StuckFlag flag : flags) {
            Long message = messages.get(flag.message());
            if (message == null) {
                continue;
            }
            replace.setLong(1, message);
            replace.setLong(2, flag.waitingSince().toEpochMilli());
            replace.setLong(3, flag.dueAt().toEpochMilli());
            replace.setLong(4, flag.flaggedAt().toEpochMilli());
            replace.setString(5, REASONS.of(flag.reason()));
            replace.setString(6, flag.ending() == null ? null : ENDINGS.of(flag.ending()));
            Rows.set(replace, 7, flag.endedAt());
            replace.addBatch();
        }
        replace.executeBatch();
    }

    static List<StuckFlag> activeAfter(Session session, Instant time) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_ACTIVE_AFTER);
        select.setLong(1, time.toEpochMilli());
        List<StuckFlag> flags = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                flags.add(flag(
                        rows,
                        6,
                        new MessageKey(new Provider(rows.getString(1)), rows.getString(2)),
                        new AccountName(new Provider(rows.getString(3)), rows.getString(4)),
                        rows.getString(5)));
            }
        }
        return flags;
    }

    /** The open messages of an account. @param flagged whether those that were found stuck are among them */
    static List<Long> waiting(Session session, AccountName account, Instant since, boolean flagged)
            throws SQLException {
        PreparedStatement select = session.prepared(SELECT_WAITING);
        select.setString(1, account.provider().word());
        select.setString(2, account.name());
        select.setLong(3, since.toEpochMilli());
        select.setBoolean(4, flagged);
        return ids(select);
    }

    /** The messages that are counted as stuck, or as never reported, and are no longer open. */
    static List<Long> settled(Session session) throws SQLException {
        return ids(session.prepared(SELECT_SETTLED));
    }

    private static List<Long> ids(PreparedStatement select) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    /** @param from the column of {@code waiting_since}; the others follow */
    static StuckFlag flag(ResultSet row, int from, MessageKey message, AccountName account, @Nullable String sender)
            throws SQLException {
        String ending = row.getString(from + 4);
        return new StuckFlag(
                message,
                account,
                sender,
                Rows.time(row, from),
                Rows.time(row, from + 1),
                Rows.time(row, from + 2),
                REASONS.constant(row.getString(from + 3)),
                ending == null ? null : ENDINGS.constant(ending),
                Rows.timeOrNull(row, from + 5));
    }
}
