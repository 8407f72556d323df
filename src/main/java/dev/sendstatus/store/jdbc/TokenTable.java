package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import java.sql.SQLException;
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
        return session.update(INSERT, token.name(), token.hash(), token.scope(), token.createdAt()) == 1;
    }

    static boolean remove(Session session, String name) throws SQLException {
        return session.update(DELETE, name) == 1;
    }

    /** In one order, as on every node. */
    static void used(Session session, List<StoredToken> tokens) throws SQLException {
        List<StoredToken> used = tokens.stream()
                .filter(token -> token.lastUsedAt() != null)
                .sorted(Comparator.comparing(StoredToken::name))
                .toList();
        session.batch(UPDATE_LAST_USE, used, token ->
                new Object[] {token.lastUsedAt(), token.name(), token.hash(), token.lastUsedAt()});
    }

    static List<StoredToken> all(Session session) throws SQLException {
        return session.list(
                SELECT,
                row -> new StoredToken(
                        row.getString(1),
                        TokenHash.of(row.getBytes(2)),
                        Rows.constant(row, 3, TokenScope.class),
                        Rows.time(row, 4),
                        Rows.timeOrNull(row, 5)));
    }
}
