package dev.sendstatus.store.postgres;

import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The API tokens, table {@code token}. */
final class TokenTable {
    private static final String INSERT = """
            INSERT INTO token (name, hash, scope, created_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO NOTHING""";
    private static final String DELETE = "DELETE FROM token WHERE name = ?";
    // By hash as well: the name may have been given to another token since.
    private static final String USED = """
            UPDATE token SET last_used_at = greatest(coalesce(last_used_at, 0), ?)
            WHERE name = ? AND hash = ?""";
    private static final String SELECT = "SELECT name, hash, scope, created_at, last_used_at FROM token ORDER BY name";

    private TokenTable() {}

    static boolean add(WriteConnection connection, StoredToken token) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setString(1, token.name());
        insert.setBytes(2, token.hash());
        insert.setString(3, token.scope().word());
        insert.setLong(4, token.createdAt().toEpochMilli());
        return insert.executeUpdate() == 1;
    }

    static boolean remove(WriteConnection connection, String name) throws SQLException {
        PreparedStatement delete = connection.prepared(DELETE);
        delete.setString(1, name);
        return delete.executeUpdate() == 1;
    }

    static int used(WriteConnection connection, List<StoredToken> tokens) throws SQLException {
        PreparedStatement update = connection.prepared(USED);
        for (StoredToken token :
                tokens.stream().sorted(Comparator.comparing(StoredToken::name)).toList()) {
            Instant last = token.lastUsedAt();
            if (last != null) {
                update.setLong(1, last.toEpochMilli());
                update.setString(2, token.name());
                update.setBytes(3, token.hash());
                update.executeUpdate();
            }
        }
        return tokens.size();
    }

    static List<StoredToken> all(Connection connection) throws SQLException {
        List<StoredToken> tokens = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long last = rows.getLong(5);
                Instant lastUsedAt = rows.wasNull() ? null : Instant.ofEpochMilli(last);
                tokens.add(new StoredToken(
                        rows.getString(1),
                        rows.getBytes(2),
                        TokenScope.of(rows.getString(3)),
                        Instant.ofEpochMilli(rows.getLong(4)),
                        lastUsedAt));
            }
        }
        return tokens;
    }
}
