package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.codec.Damaged;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Makes callbacks part of their messages one by one, after that failed for all together: those at fault are kept raw, in quarantine, where
 * they can be read again once the fault is mended, and the others do not suffer for them. They are all acknowledged already.
 */
record OneByOne(MessageWriter messages) {
    private static final Logger LOG = LoggerFactory.getLogger(OneByOne.class);
    static final String REASON = "it could not be made part of its message; the log of that time says why";

    int write(WriteConnection connection, List<Incoming> taken) throws SQLException, Damaged {
        for (Incoming incoming : taken) {
            connection.prepared("SAVEPOINT one").execute();
            try {
                messages.write(connection, List.of(incoming));
            } catch (Damaged | RuntimeException e) {
                quarantine(connection, incoming, e);
            } catch (SQLException e) {
                if (SQLiteErrorCode.getErrorCode(e.getErrorCode()) != SQLiteErrorCode.SQLITE_CONSTRAINT) {
                    throw e;
                }
                quarantine(connection, incoming, e);
            }
            connection.prepared("RELEASE one").execute();
        }
        return taken.size();
    }

    private void quarantine(WriteConnection connection, Incoming incoming, Exception e) throws SQLException, Damaged {
        LOG.error("a callback of {} goes to quarantine: it cannot be made part of its message", incoming.account(), e);
        connection.prepared("ROLLBACK TO one").execute();
        messages.forget();
        messages.write(
                connection,
                List.of(new Incoming(
                        incoming.account(),
                        incoming.source(),
                        incoming.receivedAt(),
                        incoming.raw(),
                        List.of(),
                        REASON)));
    }
}
