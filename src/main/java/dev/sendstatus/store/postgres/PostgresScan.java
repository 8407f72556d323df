package dev.sendstatus.store.postgres;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scan through a cursor on the server, over a connection of its own, which is closed with it. */
final class PostgresScan implements MessageScan {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresScan.class);
    private static final String DOING = "reading messages";
    private static final int FETCHED_AT_ONCE = 512;

    private final Connection connection;
    private final MessageLists lists;
    private final MessageFilter filter;
    private final PreparedStatement select;
    private final ResultSet rows;
    private long newest;
    private long position;

    private PostgresScan(Connection connection, MessageLists lists, MessageFilter filter) throws SQLException {
        this.connection = connection;
        this.lists = lists;
        this.filter = filter;
        this.select = candidates(connection, filter);
        select.setFetchSize(FETCHED_AT_ONCE);
        this.rows = select.executeQuery();
    }

    /** Without a limit the planner only has to compare what all of it costs. */
    private static PreparedStatement candidates(Connection connection, MessageFilter filter) throws SQLException {
        Conditions conditions = Conditions.of(filter);
        if (filter.stuck() != null && filter.stuck().wanted()) {
            return MessageLists.stuck(connection, Long.MAX_VALUE, null);
        }
        return conditions.sent() != null
                ? MessageLists.rare(connection, conditions, Long.MAX_VALUE, null)
                : MessageLists.newest(connection, conditions, Long.MAX_VALUE, Long.MIN_VALUE, null);
    }

    /** @param connection closed here, also if this fails */
    static PostgresScan of(Connection connection, MessageLists lists, MessageFilter filter) throws SQLException {
        boolean done = false;
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            // Without a transaction the driver would fetch everything at once.
            connection.setAutoCommit(false);
            PostgresScan scan = new PostgresScan(connection, lists, filter);
            done = true;
            return scan;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    @Override
    public @Nullable StoredMessage next() throws StoreException {
        try {
            while (rows.next()) {
                position = rows.getLong(1);
                newest = Math.max(newest, position);
                StoredMessage message = lists.message(connection, rows);
                if (filter.matches(MessageState.of(message.history()), message.flag())) {
                    return message;
                }
            }
            position = 0;
            return null;
        } catch (SQLException e) {
            throw PostgresErrors.of(DOING, e);
        } catch (Damaged e) {
            throw PostgresErrors.of(DOING, e);
        }
    }

    @Override
    public double progress() {
        return newest == 0 ? 1 : 1 - (double) position / newest;
    }

    @Override
    public void close() {
        try (connection) {
            rows.close();
            select.close();
        } catch (SQLException e) {
            LOG.warn("ending a scan: {}", e.getMessage());
        }
    }
}
