package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.DashboardSession;
import dev.sendstatus.store.TokenHash;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The sessions of the dashboard. */
final class DashboardSessionTable {
    private static final String INSERT =
            "INSERT INTO dashboard_session (hash, bound_to, created_at, used_at) VALUES (?, ?, ?, ?)";
    private static final String SELECT =
            "SELECT hash, bound_to, created_at, used_at FROM dashboard_session WHERE hash = ?";
    private static final String UPDATE_USE = "UPDATE dashboard_session SET used_at = ? WHERE hash = ? AND used_at < ?";
    private static final String DELETE = "DELETE FROM dashboard_session WHERE hash = ?";
    private static final String DELETE_ENDED = "DELETE FROM dashboard_session WHERE created_at <= ? OR used_at <= ?";

    private DashboardSessionTable() {}

    static void add(Session session, DashboardSession added) throws SQLException {
        session.update(INSERT, added.hash(), added.boundTo(), added.createdAt(), added.usedAt());
    }

    static Optional<DashboardSession> of(Session session, TokenHash hash) throws SQLException {
        return session.first(
                SELECT,
                row -> new DashboardSession(
                        TokenHash.of(row.getBytes(1)),
                        TokenHash.of(row.getBytes(2)),
                        Rows.time(row, 3),
                        Rows.time(row, 4)),
                hash);
    }

    static void used(Session session, TokenHash hash, Instant at) throws SQLException {
        session.update(UPDATE_USE, at, hash, at);
    }

    static void remove(Session session, TokenHash hash) throws SQLException {
        session.update(DELETE, hash);
    }

    /** Those that began at that time or before, and those that were last used at the other or before. */
    static void removeEnded(Session session, Instant begun, Instant used) throws SQLException {
        session.update(DELETE_ENDED, begun, used);
    }
}
