package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.Provider;
import dev.sendstatus.store.SeenErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The counts of error codes, table {@code error_seen}. */
final class SqliteErrorCodes {
    private static final String ADD = """
            INSERT INTO error_seen (provider, code, count, last_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider, code) DO UPDATE
                SET count = count + excluded.count, last_at = max(last_at, excluded.last_at)""";
    private static final String SELECT =
            "SELECT provider, code, count, last_at FROM error_seen ORDER BY provider, code";

    private SqliteErrorCodes() {}

    static int add(WriteConnection connection, List<SeenErrorCode> seen) throws SQLException {
        PreparedStatement add = connection.prepared(ADD);
        for (SeenErrorCode one : seen) {
            add.setString(1, one.provider().word());
            add.setString(2, one.code());
            add.setLong(3, one.count());
            add.setLong(4, one.lastAt().toEpochMilli());
            add.executeUpdate();
        }
        return seen.size();
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
