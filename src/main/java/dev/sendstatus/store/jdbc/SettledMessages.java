package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.SettledMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of an account in the order in which they were first heard of, which is that of their numbers. */
final class SettledMessages {
    /** Walks back from the newest, over what came since then. On PostgreSQL, what has a lower number is committed by now. */
    private static final String SELECT_NEWEST =
            "SELECT id FROM message WHERE first_event_at <= ? ORDER BY id DESC LIMIT 1";

    private static final String SELECT = """
            SELECT m.id, m.direction = 'outbound', m.progress, e.category, m.sender, m.campaign,
                (SELECT string_agg(d.link_domain, ?) FROM message_link_domain d WHERE d.message_id = m.id),
                (SELECT string_agg(r.carrier, ?) FROM recipient r WHERE r.message_id = m.id),
                m.first_event_at, coalesce(m.sent_at, m.registered_at), m.finalized_at
            FROM message m LEFT JOIN error_code e ON e.provider = m.provider AND e.code = m.error_code
            WHERE m.id > ? AND m.id <= ? AND m.account_id = ?
            ORDER BY m.id LIMIT ?""";
    /** Between texts that are read as one: an information separator of ASCII, which stands in no name. */
    private static final String BETWEEN = "\u001e";

    private SettledMessages() {}

    /** The number of the newest message that was first heard of by then; 0 if there is none. */
    static long newest(Session session, Instant by) throws SQLException {
        return session.number(SELECT_NEWEST, by);
    }

    static List<SettledMessage> of(Session session, long account, long after, long to, int limit) throws SQLException {
        return session.list(
                SELECT,
                row -> new SettledMessage(
                        row.getLong(1),
                        row.getBoolean(2),
                        EventTable.PROGRESS.constant(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        split(row.getString(7)),
                        split(row.getString(8)),
                        Rows.time(row, 9),
                        Rows.timeOrNull(row, 10),
                        Rows.timeOrNull(row, 11)),
                BETWEEN,
                BETWEEN,
                after,
                to,
                account,
                limit);
    }

    private static List<String> split(@Nullable String texts) {
        return texts == null
                ? List.of()
                : Arrays.stream(texts.split(BETWEEN)).distinct().toList();
    }
}
