package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scan over a connection of its own, which is closed with it. */
final class SqliteScan implements MessageScan {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteScan.class);
    private static final String DOING = "reading messages";

    private final Connection connection;
    private final MessageScanner scanner;

    private SqliteScan(Connection connection, MessageScanner scanner) {
        this.connection = connection;
        this.scanner = scanner;
    }

    /** @param connection closed here, also if this fails */
    static SqliteScan of(Connection connection, SqliteDictionary dictionary, MessageFilter filter) throws SQLException {
        boolean done = false;
        try {
            connection.setAutoCommit(false);
            SqliteScan scan = new SqliteScan(
                    connection, new MessageScanner(connection, dictionary, filter, Long.MAX_VALUE, Long.MAX_VALUE));
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
            return scanner.next();
        } catch (SQLException e) {
            throw SqliteErrors.of(DOING, e);
        } catch (Damaged e) {
            throw SqliteErrors.of(DOING, e);
        }
    }

    @Override
    public double progress() {
        return scanner.progress();
    }

    @Override
    public void close() {
        try (connection) {
            scanner.close();
        } catch (SQLException e) {
            LOG.warn("ending a scan: {}", e.getMessage());
        }
    }
}
