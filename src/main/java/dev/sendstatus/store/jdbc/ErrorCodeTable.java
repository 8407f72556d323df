package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.PlainText;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.SeenErrorCode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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

    private ErrorCodeTable() {}

    static void add(Session session, List<SeenErrorCode> seen) throws SQLException {
        PreparedStatement add = session.prepared(ADD);
        // In one order, as on every node.
        for (SeenErrorCode one : seen.stream()
                .sorted(Comparator.comparing(SeenErrorCode::provider).thenComparing(SeenErrorCode::code))
                .toList()) {
            add.setString(1, one.provider().word());
            add.setString(2, PlainText.of(one.code()));
            add.setLong(3, one.count());
            add.setLong(4, one.lastAt().toEpochMilli());
            add.addBatch();
        }
        add.executeBatch();
    }

    static List<SeenErrorCode> all(Session session) throws SQLException {
        List<SeenErrorCode> seen = new ArrayList<>();
        try (ResultSet rows = session.prepared(SELECT).executeQuery()) {
            while (rows.next()) {
                seen.add(new SeenErrorCode(
                        new Provider(rows.getString(1)), rows.getString(2), rows.getLong(3), Rows.time(rows, 4)));
            }
        }
        return seen;
    }
}
