package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.PlainText;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The log of callbacks, those of it in quarantine, and those that wait to be applied. Any thread. */
public final class CallbackLog {
    private static final String SELECT_OF_MESSAGE = """
            SELECT DISTINCT e.callback_id
            FROM event e JOIN message m ON m.id = e.message_id
            WHERE m.provider_id = ? AND m.provider = ? AND e.callback_id IS NOT NULL
            ORDER BY e.callback_id""";
    private static final String SELECT_FIRST_OF = """
            SELECT min(e.callback_id)
            FROM event e JOIN message m ON m.id = e.message_id
            WHERE m.provider_id >= ? AND m.provider_id < ?""";
    private static final String SELECT_SINCE = """
            SELECT id FROM callback WHERE received_at >= ? AND id > ? ORDER BY id LIMIT ?""";
    private static final String SELECT_NEWEST = "SELECT max(id) FROM callback";
    private static final String SELECT_QUARANTINE = """
            SELECT c.id, a.provider, a.name, c.received_at, c.quarantine_reason
            FROM callback c JOIN account a ON a.id = c.account_id
            WHERE c.quarantine_reason IS NOT NULL AND c.id < ? ORDER BY c.id DESC LIMIT ?""";
    private static final String SELECT_QUARANTINED = """
            SELECT c.id, a.provider, a.name, c.received_at, c.quarantine_reason
            FROM callback c JOIN account a ON a.id = c.account_id
            WHERE c.quarantine_reason IS NOT NULL AND c.id = ?""";
    private static final String COUNT_QUARANTINE = "SELECT count(*) FROM callback WHERE quarantine_reason IS NOT NULL";
    private static final String SELECT_NEWEST_WAITING = "SELECT max(callback_id) FROM inbox";
    private static final String SELECT_WAITING_TO = "SELECT 1 FROM inbox WHERE callback_id <= ? LIMIT 1";
    private static final String SELECT_WAITING_SINCE =
            "SELECT entered_at FROM inbox WHERE callback_id = (SELECT min(callback_id) FROM inbox)";

    private final Readers readers;

    CallbackLog(Readers readers) {
        this.readers = readers;
    }

    /** A callback by its number; empty once retention has removed it. */
    public Optional<StoredCallback> one(long number) throws StoreException {
        return of(List.of(number)).stream().findFirst();
    }

    /** These callbacks, those of them that there are, by number. */
    public List<StoredCallback> of(List<Long> numbers) throws StoreException {
        return readers.query("reading callbacks", session -> CallbackTable.of(session, numbers));
    }

    /** The callbacks that said something new of a message, in the order of arrival, as far as they are kept. */
    public List<StoredCallback> of(MessageKey key) throws StoreException {
        return readers.query("reading the callbacks of a message", session -> {
            List<Long> numbers =
                    session.list(SELECT_OF_MESSAGE, row -> row.getLong(1), PlainText.of(key.id()), key.provider());
            return CallbackTable.of(session, numbers);
        });
    }

    /**
     * The numbers of callbacks that came at that time or later, in their order.
     *
     * @param after only higher numbers
     * @param limit at most so many
     */
    public List<Long> since(Instant since, long after, int limit) throws StoreException {
        return readers.query(
                "reading callbacks", session -> session.list(SELECT_SINCE, row -> row.getLong(1), since, after, limit));
    }

    /** The lowest number of a callback that said something of a message whose id begins so. */
    public OptionalLong firstOf(String idPrefix) throws StoreException {
        long first = number("reading callbacks", SELECT_FIRST_OF, idPrefix, idPrefix + MessageQuery.LAST);
        return first == 0 ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** The number of the newest; 0 if there is none. */
    public long newest() throws StoreException {
        return number("reading callbacks", SELECT_NEWEST);
    }

    private long number(String doing, String sql, Object... values) throws StoreException {
        return readers.query(doing, session -> session.number(sql, values));
    }

    /**
     * The callbacks in quarantine, the newest first.
     *
     * @param before only those of lower numbers
     * @param limit at most so many
     */
    public List<QuarantinedCallback> quarantine(long before, int limit) throws StoreException {
        return readers.query(
                "reading the quarantine",
                session -> session.list(SELECT_QUARANTINE, CallbackLog::quarantined, before, limit));
    }

    /** One of them. */
    public Optional<QuarantinedCallback> quarantined(long number) throws StoreException {
        return readers.query("reading the quarantine", session -> quarantined(session, number));
    }

    static Optional<QuarantinedCallback> quarantined(Session session, long number) throws SQLException {
        return session.first(SELECT_QUARANTINED, CallbackLog::quarantined, number);
    }

    private static QuarantinedCallback quarantined(ResultSet row) throws SQLException {
        return new QuarantinedCallback(row.getLong(1), Rows.account(row, 2), Rows.time(row, 4), row.getString(5));
    }

    /** How many are in quarantine. */
    public long quarantineSize() throws StoreException {
        return number("counting the quarantine", COUNT_QUARANTINE);
    }

    /** The number up to which the inbox has to be empty for a read to see all that is acknowledged now; null if nothing waits. */
    public @Nullable Long newestWaiting() throws StoreException {
        long newest = number("looking for what waits", SELECT_NEWEST_WAITING);
        return newest == 0 ? null : newest;
    }

    /** Whether a callback of that number or a lower one waits to be applied. */
    public boolean waitsTo(long callback) throws StoreException {
        return number("looking for what waits", SELECT_WAITING_TO, callback) == 1;
    }

    /** The time at which the oldest callback that waits to be applied came in; null if none waits. */
    public @Nullable Instant waitingSince() throws StoreException {
        return readers.query(
                        "looking for what waits",
                        session -> session.<Instant>first(SELECT_WAITING_SINCE, row -> Rows.time(row, 1)))
                .orElse(null);
    }
}
