package dev.sendstatus.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The callbacks that are acknowledged, or were put back by a replay, and are not applied yet. */
final class InboxTable {
    private static final String INSERT = """
            INSERT INTO inbox (callback_id, entered_at, replayed) VALUES (?, ?, ?)
            ON CONFLICT (callback_id) DO NOTHING""";
    private static final String SELECT_OLDEST = "SELECT callback_id, replayed FROM inbox ORDER BY callback_id LIMIT ?";
    private static final String SELECT_ONE = "SELECT callback_id, replayed FROM inbox WHERE callback_id = ?";
    private static final String DELETE = "DELETE FROM inbox WHERE callback_id = ?";
    private static final String SELECT_ENDS = "SELECT max(callback_id) FROM inbox";
    private static final String SELECT_ANY_TO = "SELECT 1 FROM inbox WHERE callback_id <= ? LIMIT 1";
    private static final String SELECT_OLDEST_ENTRY =
            "SELECT entered_at FROM inbox WHERE callback_id = (SELECT min(callback_id) FROM inbox)";

    private InboxTable() {}

    /** One that was taken out. @param replayed whether it was read before */
    record Taken(long callback, boolean replayed) {}

    static void insert(Session session, long[] callbacks, Instant now, boolean replayed) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        for (long callback : callbacks) {
            insert.setLong(1, callback);
            insert.setLong(2, now.toEpochMilli());
            insert.setBoolean(3, replayed);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** Takes the oldest out, but for those that another node is taking at this moment. */
    static List<Taken> take(Session session, Dialect dialect, int limit) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_OLDEST + dialect.forUpdateSkipLocked());
        select.setInt(1, limit);
        return taken(session, select);
    }

    /** Takes that one out, if it is there. */
    static List<Taken> takeOne(Session session, Dialect dialect, long callback) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_ONE + dialect.forUpdateSkipLocked());
        select.setLong(1, callback);
        return taken(session, select);
    }

    private static List<Taken> taken(Session session, PreparedStatement select) throws SQLException {
        List<Taken> taken = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                taken.add(new Taken(rows.getLong(1), rows.getBoolean(2)));
            }
        }
        if (!taken.isEmpty()) {
            PreparedStatement delete = session.prepared(DELETE);
            for (Taken one : taken) {
                delete.setLong(1, one.callback());
                delete.addBatch();
            }
            delete.executeBatch();
        }
        return taken;
    }

    /** The newest; null if there is none. */
    static @Nullable Long newest(Session session) throws SQLException {
        try (ResultSet row = session.prepared(SELECT_ENDS).executeQuery()) {
            row.next();
            long newest = row.getLong(1);
            return row.wasNull() ? null : newest;
        }
    }

    static boolean anyTo(Session session, long callback) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_ANY_TO);
        select.setLong(1, callback);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** When the oldest came in; null if there is none. */
    static @Nullable Instant oldestEntry(Session session) throws SQLException {
        try (ResultSet row = session.prepared(SELECT_OLDEST_ENTRY).executeQuery()) {
            return row.next() ? Rows.time(row, 1) : null;
        }
    }
}
