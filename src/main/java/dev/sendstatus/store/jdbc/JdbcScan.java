package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scan on a connection of its own: one statement gives the ids, and what they stand for is read some at a time. */
final class JdbcScan implements MessageScan {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcScan.class);
    private static final int TOGETHER = 256;
    private static final String DOING = "reading messages";
    private static final String SELECT_ENDS = "SELECT min(id), max(id) FROM message";

    private final Dialect dialect;
    private final Connection connection;
    private final Session session;
    private final ResultSet ids;
    private final long lowest;
    private final long highest;
    private final Deque<StoredMessage> read = new ArrayDeque<>();
    private long reached;
    private boolean ended;

    private JdbcScan(Dialect dialect, Connection connection, Session session, MessageFilter filter)
            throws SQLException {
        this.dialect = dialect;
        this.connection = connection;
        this.session = session;
        try (ResultSet ends = session.prepared(SELECT_ENDS).executeQuery()) {
            ends.next();
            lowest = ends.getLong(1);
            highest = ends.getLong(2);
        }
        reached = highest;
        MessageQuery query = new MessageQuery(dialect, session, filter, Long.MAX_VALUE);
        PreparedStatement select = query.select(query.range(null), Long.MAX_VALUE);
        select.setFetchSize(TOGETHER);
        ids = select.executeQuery();
    }

    static JdbcScan open(Dialect dialect, MessageFilter filter) throws StoreException {
        Connection connection = null;
        try {
            connection = dialect.scanner();
            JdbcScan scan = new JdbcScan(dialect, connection, new Session(connection), filter);
            connection = null;
            return scan;
        } catch (SQLException e) {
            throw dialect.failure(DOING, e);
        } finally {
            close(connection);
        }
    }

    @Override
    public @Nullable StoredMessage next() throws StoreException {
        try {
            if (read.isEmpty() && !ended) {
                readMore();
            }
            return read.poll();
        } catch (SQLException e) {
            throw dialect.failure(DOING, e);
        }
    }

    private void readMore() throws SQLException {
        List<Long> next = new ArrayList<>(TOGETHER);
        while (next.size() < TOGETHER && ids.next()) {
            reached = ids.getLong(1);
            next.add(reached);
        }
        ended = next.size() < TOGETHER;
        read.addAll(MessageReader.of(session, next));
    }

    @Override
    public double progress() {
        return ended || highest == lowest ? 1 : (double) (highest - reached) / (highest - lowest);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("closing a scan: {}", e.getMessage());
        }
        close(connection);
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing a scan: {}", e.getMessage());
        }
    }
}
