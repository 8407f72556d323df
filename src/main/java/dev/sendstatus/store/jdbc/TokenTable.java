package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The API tokens. */
final class TokenTable {
    private static final String INSERT =
            "INSERT INTO token (name, hash, scope, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING";
    private static final String DELETE = "DELETE FROM token WHERE name = ?";
    // By hash as well: the name may have been given to another token since.
    private static final String UPDATE_LAST_USE = """
            UPDATE token SET last_used_at = ?
            WHERE name = ? AND hash = ? AND (last_used_at IS NULL OR last_used_at < ?)""";
    private static final String SELECT = "SELECT name, hash, scope, created_at, last_used_at FROM token ORDER BY name";

    private TokenTable() {}

    static boolean add(Session session, StoredToken token) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        insert.setString(1, token.name());
        insert.setBytes(2, token.hash());
        insert.setString(3, token.scope().word());
        insert.setLong(4, token.createdAt().toEpochMilli());
        return insert.executeUpdate() == 1;
    }

    static boolean remove(Session session, String name) throws SQLException {
        PreparedStatement delete = session.prepared(DELETE);
        delete.setString(1, name);
        return delete.executeUpdate() == 1;
    }

    static void used(Session session, List<StoredToken> tokens) throws SQLException {
        PreparedStatement update = session.prepared(UPDATE_LAST_USE);
        // In one order, as on every node.
        for (StoredToken token :
                tokens.stream().sorted(Comparator.comparing(StoredToken::name)).toList()) {
            Instant last = token.lastUsedAt();
            if (last != null) {
                update.setLong(1, last.toEpochMilli());
                update.setString(2, token.name());
                update.setBytes(3, token.hash());
                update.setLong(4, last.toEpochMilli());
                update.executeUpdate();
            }
        }
    }

    static List<StoredToken> all(Session session) throws SQLException {
        List<StoredToken> tokens = new ArrayList<>();
        try (ResultSet rows = session.prepared(SELECT).executeQuery()) {
            while (rows.next()) {
                tokens.add(new StoredToken(
                        rows.getString(1),
                        rows.getBytes(2),
                        TokenScope.of(rows.getString(3)),
                        Rows.time(rows, 4),
                        Rows.timeOrNull(rows, 5)));
            }
        }
        return tokens;
    }
}
