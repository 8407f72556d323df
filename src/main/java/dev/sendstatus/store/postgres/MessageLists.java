package dev.sendstatus.store.postgres;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the messages of a filter may be, the newest first, with their flags. Each statement is one text: the planner knows the
 * values when it plans, so a condition that is null costs nothing. What it does not know is how rare a value is that is not among the
 * most usual ones, and whether it is rare among the newest; so there is a statement for each case, and {@link MessagePages} finds out
 * which it is.
 */
final class MessageLists {
    /** For what is not rare between two ids: goes down the ids. */
    static final String SELECT_NEWEST = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM message m LEFT JOIN stuck s ON s.key = m.key
            WHERE m.id < ? AND m.id >= ?
                AND (?::bigint[] IS NULL OR m.facets @> ?::bigint[])
                AND (?::bigint[] IS NULL OR m.facets && ?::bigint[])
                AND (?::bigint[] IS NULL OR m.facets && ?::bigint[])
                AND (?::bigint[] IS NULL OR m.facets && ?::bigint[]
                    OR EXISTS (SELECT 1 FROM waiting w WHERE w.id = m.id))
                AND (?::bigint IS NULL OR m.first_event_at >= ?::bigint)
                AND (?::bigint IS NULL OR m.first_event_at < ?::bigint)
            ORDER BY m.id DESC LIMIT ?""";
    // With "+ 0" the order is none that an index has, so the planner takes the index of what is asked for, and sorts.
    static final String SELECT_RARE = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM message m LEFT JOIN stuck s ON s.key = m.key
            WHERE m.id < ?
                AND (?::bigint[] IS NULL OR m.facets @> ?::bigint[])
                AND (?::bigint[] IS NULL OR m.facets && ?::bigint[])
                AND (?::bigint[] IS NULL OR m.facets && ?::bigint[])
                AND (?::bigint IS NULL OR m.first_event_at >= ?::bigint)
                AND (?::bigint IS NULL OR m.first_event_at < ?::bigint)
            ORDER BY m.id + 0 DESC LIMIT ?""";
    /** For what is SENT and rare: the open ones, and those that are SENT without being open. */
    static final String SELECT_OPEN = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM (
                    (SELECT w.id FROM waiting w WHERE w.id < ? ORDER BY w.id DESC LIMIT ?)
                    UNION
                    (SELECT n.id FROM message n WHERE n.id < ? AND n.facets && ?::bigint[]
                        ORDER BY n.id + 0 DESC LIMIT ?)
                    ORDER BY id DESC LIMIT ?) c
                JOIN message m ON m.id = c.id
                LEFT JOIN stuck s ON s.key = m.key
            ORDER BY m.id DESC""";

    static final String SELECT_STUCK = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM stuck s JOIN message m ON m.key = s.key
            WHERE s.ended_at IS NULL AND m.id < ?
            ORDER BY m.id DESC LIMIT ?""";
    static final String SELECT_LOWEST = "SELECT id FROM message WHERE id < ? ORDER BY id DESC OFFSET ? LIMIT 1";

    private static final int KEY = 2;
    private static final int HISTORY = 3;
    private static final int FLAG = 4;

    private final MessageDecoder decoder;

    MessageLists(MessageDecoder decoder) {
        this.decoder = decoder;
    }

    /** The id that so many messages lie above, below that one; the lowest number if there are not so many. */
    static long lowest(Connection connection, long before, int messages) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_LOWEST)) {
            select.setLong(1, before);
            select.setInt(2, messages);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : Long.MIN_VALUE;
            }
        }
    }

    /** Between two ids. @param limit null for all; @return the statement with its values, to be closed; likewise the others */
    static PreparedStatement newest(
            Connection connection, Conditions conditions, long before, long lowest, @Nullable Integer limit)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(SELECT_NEWEST);
        select.setLong(1, before);
        select.setLong(2, lowest);
        setTwice(connection, select, 3, conditions.all().isEmpty() ? null : conditions.all());
        setTwice(connection, select, 5, conditions.status());
        setTwice(connection, select, 7, conditions.codes());
        setTwice(connection, select, 9, conditions.sent());
        setTimes(select, 11, conditions);
        setLimit(select, 15, limit);
        return select;
    }

    /** By what is asked for, wherever it lies. */
    static PreparedStatement rare(Connection connection, Conditions conditions, long before, @Nullable Integer limit)
            throws SQLException {
        // Beside any other condition, that one is the better way in.
        if (conditions.sent() != null && conditions.all().isEmpty() && conditions.codes() == null) {
            return open(connection, conditions.sent(), before, limit);
        }
        PreparedStatement select = connection.prepareStatement(SELECT_RARE);
        select.setLong(1, before);
        setTwice(connection, select, 2, conditions.all().isEmpty() ? null : conditions.all());
        setTwice(connection, select, 4, conditions.status());
        setTwice(connection, select, 6, conditions.codes());
        setTimes(select, 8, conditions);
        setLimit(select, 12, limit);
        return select;
    }

    private static void setTimes(PreparedStatement select, int index, Conditions conditions) throws SQLException {
        setTwice(select, index, conditions.since() == Long.MIN_VALUE ? null : conditions.since());
        setTwice(select, index + 2, conditions.until() == Long.MAX_VALUE ? null : conditions.until());
    }

    private static PreparedStatement open(
            Connection connection, List<Long> notOpen, long before, @Nullable Integer limit) throws SQLException {
        PreparedStatement select = connection.prepareStatement(SELECT_OPEN);
        select.setLong(1, before);
        setLimit(select, 2, limit);
        select.setLong(3, before);
        select.setArray(4, connection.createArrayOf("int8", notOpen.toArray(new Long[0])));
        setLimit(select, 5, limit);
        setLimit(select, 6, limit);
        return select;
    }

    static PreparedStatement stuck(Connection connection, long before, @Nullable Integer limit) throws SQLException {
        PreparedStatement select = connection.prepareStatement(SELECT_STUCK);
        select.setLong(1, before);
        setLimit(select, 2, limit);
        return select;
    }

    private static void setTwice(
            Connection connection, PreparedStatement select, int index, @Nullable List<Long> values)
            throws SQLException {
        for (int i = index; i < index + 2; i++) {
            if (values == null) {
                select.setNull(i, Types.ARRAY);
            } else {
                select.setArray(i, connection.createArrayOf("int8", values.toArray(new Long[0])));
            }
        }
    }

    private static void setTwice(PreparedStatement select, int index, @Nullable Long value) throws SQLException {
        for (int i = index; i < index + 2; i++) {
            if (value == null) {
                select.setNull(i, Types.BIGINT);
            } else {
                select.setLong(i, value);
            }
        }
    }

    private static void setLimit(PreparedStatement select, int index, @Nullable Integer limit) throws SQLException {
        if (limit == null) {
            select.setNull(index, Types.BIGINT);
        } else {
            select.setLong(index, limit);
        }
    }

    /** The message of a row, whatever the filter. */
    StoredMessage message(Connection connection, ResultSet row) throws SQLException, Damaged {
        MessageKey key = decoder.key(connection, row.getBytes(KEY));
        MessageHistory history = decoder.history(connection, key, row.getBytes(HISTORY));
        return new StoredMessage(history, FlagTable.flagOrNull(connection, decoder, row, FLAG));
    }
}
