package dev.sendstatus.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The callbacks that are acknowledged and not applied yet. */
final class InboxTable {
    private static final String INSERT = "INSERT INTO inbox (callback_id, entered_at) VALUES (?, ?)";
    private static final String SELECT_OLDEST = "SELECT callback_id FROM inbox ORDER BY callback_id LIMIT ?";
    private static final String SELECT_ONE = "SELECT callback_id FROM inbox WHERE callback_id = ?";
    private static final String DELETE = "DELETE FROM inbox WHERE callback_id IN (%s)";

    private InboxTable() {}

    static void insert(Session session, long[] callbacks, Instant now) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        for (long callback : callbacks) {
            insert.setLong(1, callback);
            insert.setLong(2, now.toEpochMilli());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    /** Takes the oldest out, but for those that another node is taking at this moment. @return their numbers */
    static List<Long> take(Session session, Dialect dialect, int limit) throws SQLException {
        return taken(session, SELECT_OLDEST + dialect.forUpdateSkipLocked(), limit);
    }

    /** Takes that one out. @return false if it is not there, or another node is taking it at this moment */
    static boolean takeOne(Session session, Dialect dialect, long callback) throws SQLException {
        return !taken(session, SELECT_ONE + dialect.forUpdateSkipLocked(), callback)
                .isEmpty();
    }

    private static List<Long> taken(Session session, String select, Object value) throws SQLException {
        List<Long> taken = session.list(select, row -> row.getLong(1), value);
        InList.update(session, DELETE, taken);
        return taken;
    }
}
