package dev.sendstatus.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a statement for many values, some at a time, with {@code IN (?, …)}. There are two lengths of that list, so that each statement is
 * prepared twice at most; a shorter rest is filled up with its last value.
 */
final class InList {
    private static final int MANY = 64;
    private static final String ONE_PLACE = "?";
    private static final String MANY_PLACES = "?" + ", ?".repeat(MANY - 1);

    private InList() {}

    /** @param sql with {@code %s} in the place of the values; its rows come in its order only within a part of the values */
    static void select(Session session, String sql, List<?> values, Session.Reader each) throws SQLException {
        for (int from = 0; from < values.size(); from += length(values, from)) {
            try (ResultSet rows = bound(session, sql, values, from).executeQuery()) {
                while (rows.next()) {
                    each.read(rows);
                }
            }
        }
    }

    /** What the rows mean by the message in their first column, in their order. */
    static <T> Map<Long, List<T>> byMessage(Session session, String sql, List<Long> messages, Session.Mapper<T> each)
            throws SQLException {
        Map<Long, List<T>> found = new HashMap<>();
        select(
                session,
                sql,
                messages,
                row -> found.computeIfAbsent(row.getLong(1), message -> new ArrayList<>())
                        .add(each.of(row)));
        return found;
    }

    /** As {@link #select}, for a statement that changes rows. @return how many rows were changed */
    static int update(Session session, String sql, List<?> values) throws SQLException {
        int changed = 0;
        for (int from = 0; from < values.size(); from += length(values, from)) {
            changed += bound(session, sql, values, from).executeUpdate();
        }
        return changed;
    }

    private static int length(List<?> values, int from) {
        return values.size() - from == 1 ? 1 : MANY;
    }

    private static PreparedStatement bound(Session session, String sql, List<?> values, int from) throws SQLException {
        int length = length(values, from);
        PreparedStatement statement = session.prepared(sql.replace("%s", length == 1 ? ONE_PLACE : MANY_PLACES));
        for (int i = 0; i < length; i++) {
            statement.setObject(i + 1, values.get(Math.min(from + i, values.size() - 1)));
        }
        return statement;
    }
}
