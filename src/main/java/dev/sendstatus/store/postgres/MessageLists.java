package dev.sendstatus.store.postgres;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.store.MessageFilter;
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
 * values when it plans, so a condition that is null costs nothing.
 */
final class MessageLists {
    static final String SELECT_BY_FACETS = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM message m LEFT JOIN stuck s ON s.key = m.key
            WHERE m.id < ?
                AND (?::bigint[] IS NULL OR m.facets @> ?::bigint[])
                AND (?::bigint[] IS NULL OR m.facets && ?::bigint[])
                AND (?::bigint[] IS NULL OR m.facets && ?::bigint[])
                AND (?::bigint IS NULL OR m.first_event_at >= ?::bigint)
                AND (?::bigint IS NULL OR m.first_event_at < ?::bigint)
            ORDER BY m.id DESC LIMIT ?""";
    // Both ways in give the newest first, so that of each no more is read than may be needed.
    static final String SELECT_OPEN = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM (
                    (SELECT w.id FROM waiting w WHERE w.id < ? ORDER BY w.id DESC LIMIT ?)
                    UNION
                    (SELECT n.id FROM message n WHERE n.id < ? AND n.facets && ?::bigint[] ORDER BY n.id DESC LIMIT ?)
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

    private static final int KEY = 2;
    private static final int HISTORY = 3;
    private static final int FLAG = 4;

    private final MessageDecoder decoder;

    MessageLists(MessageDecoder decoder) {
        this.decoder = decoder;
    }

    /** @param limit null for all; @return the statement with its values, to be closed */
    static PreparedStatement candidates(
            Connection connection, MessageFilter filter, long before, @Nullable Integer limit) throws SQLException {
        Conditions conditions = Conditions.of(filter);
        return switch (conditions.place(filter)) {
            case FACETS -> byFacets(connection, conditions, before, limit);
            case OPEN -> open(connection, Conditions.sentButNotOpen(filter), before, limit);
            case STUCK -> stuck(connection, before, limit);
        };
    }

    private static PreparedStatement byFacets(
            Connection connection, Conditions conditions, long before, @Nullable Integer limit) throws SQLException {
        PreparedStatement select = connection.prepareStatement(SELECT_BY_FACETS);
        select.setLong(1, before);
        setTwice(connection, select, 2, conditions.all().isEmpty() ? null : conditions.all());
        setTwice(connection, select, 4, conditions.status());
        setTwice(connection, select, 6, conditions.codes());
        setTwice(select, 8, conditions.since() == Long.MIN_VALUE ? null : conditions.since());
        setTwice(select, 10, conditions.until() == Long.MAX_VALUE ? null : conditions.until());
        setLimit(select, 12, limit);
        return select;
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

    private static PreparedStatement stuck(Connection connection, long before, @Nullable Integer limit)
            throws SQLException {
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
