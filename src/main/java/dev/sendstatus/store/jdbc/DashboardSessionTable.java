package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.DashboardSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
        PreparedStatement insert = session.prepared(INSERT);
        insert.setBytes(1, added.hash());
        insert.setBytes(2, added.boundTo());
        insert.setLong(3, added.createdAt().toEpochMilli());
        insert.setLong(4, added.usedAt().toEpochMilli());
        insert.executeUpdate();
    }

    static Optional<DashboardSession> of(Session session, byte[] hash) throws SQLException {
        PreparedStatement select = session.prepared(SELECT);
        select.setBytes(1, hash);
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new DashboardSession(
                            row.getBytes(1), row.getBytes(2), Rows.time(row, 3), Rows.time(row, 4)))
                    : Optional.empty();
        }
    }

    static void used(Session session, byte[] hash, Instant at) throws SQLException {
        PreparedStatement update = session.prepared(UPDATE_USE);
        update.setLong(1, at.toEpochMilli());
        update.setBytes(2, hash);
        update.setLong(3, at.toEpochMilli());
        update.executeUpdate();
    }

    static void remove(Session session, byte[] hash) throws SQLException {
        PreparedStatement delete = session.prepared(DELETE);
        delete.setBytes(1, hash);
        delete.executeUpdate();
    }

    /** Those that began at that time or before, and those that were last used at the other or before. */
    static void removeEnded(Session session, Instant begun, Instant used) throws SQLException {
        PreparedStatement delete = session.prepared(DELETE_ENDED);
        delete.setLong(1, begun.toEpochMilli());
        delete.setLong(2, used.toEpochMilli());
        delete.executeUpdate();
    }
}
