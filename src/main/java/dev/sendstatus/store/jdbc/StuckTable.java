package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StuckFlag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which messages were found stuck, and which are waiting. */
final class StuckTable {
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
    // A flag no longer fits where a message that had its end is open again, or waits since another time: what comes
    // late
    // may name a further recipient, or tell when the message was sent.
    private static final String SELECT_WAITING = """
            SELECT m.id
            FROM message m JOIN account a ON a.id = m.account_id LEFT JOIN stuck s ON s.message_id = m.id
            WHERE a.provider = ? AND a.name = ? AND m.waiting_since <= ?
                AND (? OR s.message_id IS NULL OR s.ending <> 'never_reported' OR s.waiting_since <> m.waiting_since)
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
        List<StuckFlag> kept = flags.stream()
                .filter(flag -> messages.containsKey(flag.message()))
                .toList();
        session.batch(REPLACE, kept, flag -> new Object[] {
            messages.get(flag.message()),
            flag.waitingSince(),
            flag.dueAt(),
            flag.flaggedAt(),
            flag.reason(),
            flag.ending(),
            flag.endedAt()
        });
    }

    static List<StuckFlag> activeAfter(Session session, Instant time) throws SQLException {
        return session.list(
                SELECT_ACTIVE_AFTER,
                row -> flag(row, 6, Rows.message(row, 1), Rows.account(row, 3), row.getString(5)),
                time);
    }

    /** The open messages of an account. @param flagged whether those whose flag still fits are among them */
    static List<Long> waiting(Session session, AccountName account, Instant since, boolean flagged)
            throws SQLException {
        return session.list(SELECT_WAITING, row -> row.getLong(1), account.provider(), account.name(), since, flagged);
    }

    /** The messages that are counted as stuck, or as never reported, and are no longer open. */
    static List<Long> settled(Session session) throws SQLException {
        return session.list(SELECT_SETTLED, row -> row.getLong(1));
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
                Rows.constant(row, from + 3, StuckReason.class),
                ending == null ? null : Rows.constant(ending, StuckFlag.Ending.class),
                Rows.timeOrNull(row, from + 5));
    }
}
