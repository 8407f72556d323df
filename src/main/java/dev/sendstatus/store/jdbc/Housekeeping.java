package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Removes rows that are no longer to be kept. Each call is one transaction, short enough not to be felt by those who write meanwhile. Any thread.
 */
public final class Housekeeping {
    // A callback that waits to be applied stays, however old it is.
    private static final String DELETE_CALLBACKS = """
            DELETE FROM callback WHERE id IN (
                SELECT c.id FROM callback c
                WHERE c.received_at < ? AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.callback_id = c.id)
                ORDER BY c.received_at LIMIT ?)""";
    // Callbacks leave in the order of their arrival, which is that of their numbers but for the order in which nodes
    // commit.
    private static final String DELETE_UNREAD = """
            DELETE FROM quarantined_message WHERE callback_id < (SELECT coalesce(min(id), 9223372036854775807) FROM callback)""";
    // They are locked in the order of their ids, as on every node. One that was heard of before it was locked stays.
    private static final String SELECT_MESSAGES = """
            SELECT id FROM message
            WHERE id IN (SELECT id FROM message WHERE last_received_at < ? ORDER BY last_received_at LIMIT ?)
                AND last_received_at < ?
            ORDER BY provider_id, provider""";

    private static final String SELECT_BY_ID = """
            SELECT id FROM message WHERE provider_id >= ? AND provider_id < ? ORDER BY provider_id, provider LIMIT ?""";
    private static final String DELETE_GIVEN_CALLBACKS = """
            DELETE FROM callback WHERE id IN (%s) AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.callback_id = id)""";

    private final Dialect dialect;
    private final Writer writer;
    private final Accounts accounts;

    Housekeeping(Dialect dialect, Writer writer, Accounts accounts) {
        this.dialect = dialect;
        this.writer = writer;
        this.accounts = accounts;
    }

    /**
     * Removes raw callbacks that came before that time, but for those that wait to be applied.
     *
     * @param limit at most so many
     * @return how many were removed; none if there are no more
     */
    public int removeRaw(Instant before, int limit) throws StoreException {
        return removed("removing raw callbacks", session -> {
            int callbacks = session.update(DELETE_CALLBACKS, before, limit);
            session.update(DELETE_UNREAD);
            return callbacks;
        });
    }

    /** Removes rows so that nothing is left in their place. @return how many */
    private int removed(String doing, Work<Integer> work) throws StoreException {
        return writer.append(doing, session -> dialect.forGood(session, work));
    }

    /**
     * Removes messages that were last heard of before that time, open ones too, with all that is kept of them. A callback that comes
     * for one later begins it anew.
     *
     * @param limit at most so many
     * @return how many were removed; none if there are no more
     */
    public int removeMessages(Instant before, int limit) throws StoreException {
        return removed("removing messages", session -> {
            List<Long> old =
                    session.list(SELECT_MESSAGES + dialect.forUpdate(), row -> row.getLong(1), before, limit, before);
            FeedTable.removed(session, EventTable.newest(session, old));
            MessageRows.delete(session, old);
            return old.size();
        });
    }

    /**
     * Removes messages whose ids begin so, with all that is kept of them.
     *
     * @param limit at most so many
     * @return how many were removed; none if there are no more
     */
    public int removeMessages(String idPrefix, int limit) throws StoreException {
        return removed("removing messages", session -> {
            List<Long> found = session.list(
                    SELECT_BY_ID + dialect.forUpdate(),
                    row -> row.getLong(1),
                    idPrefix,
                    idPrefix + MessageQuery.LAST,
                    limit);
            MessageRows.delete(session, found);
            return found.size();
        });
    }

    /** Removes these raw callbacks, but for those that wait to be applied. @return how many were removed */
    public int removeCallbacks(List<Long> numbers) throws StoreException {
        return removed("removing raw callbacks", session -> InList.update(session, DELETE_GIVEN_CALLBACKS, numbers));
    }

    /**
     * Gives some of the disk back that is no longer needed.
     *
     * @return whether there may be more
     */
    public boolean giveBack() throws StoreException {
        try {
            return dialect.giveBack(writer);
        } catch (SQLException e) {
            throw dialect.failure("giving back what is no longer needed", e);
        }
    }

    /**
     * Shortens the write-ahead log, where there is one. To be called at the end.
     *
     * @return false if somebody still reads from it, so that it can be done only later
     */
    public boolean shortenLog() throws StoreException {
        try {
            return dialect.shortenLog(writer);
        } catch (SQLException e) {
            throw dialect.failure("shortening the log", e);
        }
    }

    /** Begins to erase a number. */
    public Erasure erasure(PhoneNumber number) throws StoreException {
        return new Erasure(number, dialect, writer, accounts);
    }
}
