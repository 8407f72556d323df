package dev.sendstatus.store.jdbc;

import java.sql.SQLException;

/** The name of the sequence of changes, and the event from which on it is kept: one row. */
final class FeedTable {
    private static final String SELECT = "SELECT id, removed_to FROM feed";
    private static final String REMOVED = "UPDATE feed SET removed_to = ? WHERE removed_to < ?";

    private FeedTable() {}

    /** @param removedTo retention has removed nothing with a higher number */
    record Feed(String id, long removedTo) {}

    static Feed read(Session session) throws SQLException {
        return session.list(SELECT, row -> new Feed(row.getString(1), row.getLong(2)))
                .get(0);
    }

    /** Notes that events were removed. @param to the highest number of these */
    static void removed(Session session, long to) throws SQLException {
        session.update(REMOVED, to, to);
    }
}
