package dev.sendstatus.store.postgres;

import dev.sendstatus.event.Provider;
import dev.sendstatus.store.SeenErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The counts of error codes, table {@code error_seen}. */
final class ErrorCodeTable {
    private static final String ADD = """
            INSERT INTO error_seen AS e (provider, code, count, last_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider, code) DO UPDATE
                SET count = e.count + excluded.count, last_at = greatest(e.last_at, excluded.last_at)""";
    private static final String SELECT =
            "SELECT provider, code, count, last_at FROM error_seen ORDER BY provider, code";

    private ErrorCodeTable() {}

    static int add(WriteConnection connection, List<SeenErrorCode> seen) throws SQLException {
        PreparedStatement add = connection.prepared(ADD);
        for (SeenErrorCode one : seen.stream()
                .sorted(Comparator.comparing(SeenErrorCode::provider).thenComparing(SeenErrorCode::code))
                .toList()) {
            add.setString(1, one.provider().word());
            add.setString(2, PlainText.of(one.code()));
            add.setLong(3, one.count());
            add.setLong(4, one.lastAt().toEpochMilli());
            add.addBatch();
        }
        return add.executeBatch().length;
    }

    static List<SeenErrorCode> all(Connection connection) throws SQLException {
        List<SeenErrorCode> seen = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                seen.add(new SeenErrorCode(
                        new Provider(rows.getString(1)),
                        rows.getString(2),
                        rows.getLong(3),
                        Instant.ofEpochMilli(rows.getLong(4))));
            }
        }
        return seen;
    }
}
