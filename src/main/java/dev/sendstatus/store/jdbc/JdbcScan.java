package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
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

    private final Dialect dialect;
    private final Session session;
    private final ResultSet ids;
    private final long lowest;
    private final long highest;
    private final Deque<StoredMessage> read = new ArrayDeque<>();
    private long reached;
    private boolean ended;

    private JdbcScan(Dialect dialect, Session session, MessageFilter filter) throws SQLException {
        this.dialect = dialect;
        this.session = session;
        lowest = session.number("SELECT min(id) FROM message");
        highest = session.number("SELECT max(id) FROM message");
        reached = highest;
        MessageQuery query = new MessageQuery(dialect, session, filter, Long.MAX_VALUE);
        PreparedStatement select = query.select(query.range(null), Long.MAX_VALUE);
        select.setFetchSize(TOGETHER);
        ids = select.executeQuery();
    }

    static JdbcScan open(Dialect dialect, MessageFilter filter) throws StoreException {
        Session session = null;
        try {
            session = new Session(dialect.scanner());
            JdbcScan scan = new JdbcScan(dialect, session, filter);
            session = null;
            return scan;
        } catch (SQLException e) {
            throw dialect.failure(DOING, e);
        } finally {
            close(session);
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
        close(session);
    }

    private static void close(@Nullable Session session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing a scan: {}", e.getMessage());
        }
    }
}
