package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.PlainText;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.SeenErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How often error codes came. */
final class ErrorCodeTable {
    private static final String ADD = """
            INSERT INTO error_seen AS e (provider, code, count, last_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider, code) DO UPDATE
            SET count = e.count + excluded.count,
                last_at = CASE WHEN e.last_at < excluded.last_at THEN excluded.last_at ELSE e.last_at END""";
    private static final String SELECT =
            "SELECT provider, code, count, last_at FROM error_seen ORDER BY provider, code";

    private static final String SELECT_UNKNOWN = """
            SELECT s.provider, s.code, s.count, s.last_at
            FROM error_seen s LEFT JOIN error_code e ON e.provider = s.provider AND e.code = s.code
            WHERE e.code IS NULL AND s.last_at >= ?
            ORDER BY s.provider, s.code""";

    private ErrorCodeTable() {}

    /** In one order, as on every node. */
    static void add(Session session, List<SeenErrorCode> seen) throws SQLException {
        List<SeenErrorCode> ordered = seen.stream()
                .sorted(Comparator.comparing(SeenErrorCode::provider).thenComparing(SeenErrorCode::code))
                .toList();
        session.batch(ADD, ordered, one ->
                new Object[] {one.provider(), PlainText.of(one.code()), one.count(), one.lastAt()});
    }

    static List<SeenErrorCode> all(Session session) throws SQLException {
        return session.list(SELECT, ErrorCodeTable::seen);
    }

    /** The codes that the catalogue lacks and that came since then, by provider and code. */
    static List<SeenErrorCode> unknown(Session session, Instant since) throws SQLException {
        return session.list(SELECT_UNKNOWN, ErrorCodeTable::seen, since);
    }

    private static SeenErrorCode seen(ResultSet row) throws SQLException {
        return new SeenErrorCode(new Provider(row.getString(1)), row.getString(2), row.getLong(3), Rows.time(row, 4));
    }
}
