package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The accounts by their numbers, which stay for ever. Any thread. */
final class Accounts {
    private static final String INSERT =
            "INSERT INTO account (id, provider, name) VALUES (?, ?, ?) ON CONFLICT (provider, name) DO NOTHING";
    private static final String SELECT_ID = "SELECT id FROM account WHERE provider = ? AND name = ?";
    static final String SELECT_ALL = "SELECT provider, name FROM account ORDER BY provider, name";
    private static final String SELECT_NUMBERS = "SELECT id, provider, name FROM account";
    private static final String UPDATE_LAST_CALLBACK = """
            UPDATE account SET last_callback_at = ?
            WHERE id = ? AND (last_callback_at IS NULL OR last_callback_at < ?)""";
    /** How exact the time of the last callback is kept: one update a second, not one a callback. */
    private static final long LAST_CALLBACK_MILLIS = 1_000;

    private final Dialect dialect;
    private final Map<AccountName, Long> numbers = new ConcurrentHashMap<>();
    private final Map<Long, Instant> lastCallbacks = new ConcurrentHashMap<>();

    Accounts(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Gives numbers to those that have none yet, in a transaction of its own. */
    void require(Writer writer, Collection<AccountName> names) throws StoreException {
        for (AccountName name : names) {
            if (!numbers.containsKey(name)) {
                numbers.put(name, writer.write("adding account " + name, session -> insertOrFind(session, name)));
            }
        }
    }

    private long insertOrFind(Session session, AccountName name) throws SQLException {
        Long known = find(session, name);
        if (known != null) {
            return known;
        }
        long number = dialect.numbers(session, Dialect.Numbered.ACCOUNT, 1)[0];
        session.update(INSERT, number, name.provider(), name.name());
        known = find(session, name);
        if (known == null) {
            throw new SQLException("an account that was inserted is not there", "XX000");
        }
        return known;
    }

    /** Null if nothing was ever stored for it. */
    static @Nullable Long find(Session session, AccountName name) throws SQLException {
        return session.<Long>first(SELECT_ID, row -> row.getLong(1), name.provider(), name.name())
                .orElse(null);
    }

    /** The number of an account that was required before, by this process or another one. */
    long number(Session session, AccountName name) throws SQLException {
        Long number = numbers.get(name);
        if (number == null) {
            number = find(session, name);
            if (number == null) {
                throw new IllegalStateException("account " + name + " was not required");
            }
            numbers.put(name, number);
        }
        return number;
    }

    static List<AccountName> all(Session session) throws SQLException {
        return session.list(SELECT_ALL, row -> Rows.account(row, 1));
    }

    static Map<Long, AccountName> byNumber(Session session) throws SQLException {
        Map<Long, AccountName> names = new HashMap<>();
        session.each(SELECT_NUMBERS, row -> names.put(row.getLong(1), Rows.account(row, 2)));
        return names;
    }

    /** Notes when callbacks came, by account. */
    void noteCallbacks(Session session, Map<AccountName, Instant> last) throws SQLException {
        for (Map.Entry<AccountName, Instant> one : last.entrySet()) {
            long number = number(session, one.getKey());
            if (isLater(number, one.getValue())) {
                session.update(UPDATE_LAST_CALLBACK, one.getValue(), number, one.getValue());
            }
        }
    }

    /** After the commit of what {@link #noteCallbacks} wrote. */
    void noted(Map<AccountName, Instant> last) {
        last.forEach((name, at) -> {
            long number = Objects.requireNonNull(numbers.get(name));
            if (isLater(number, at)) {
                lastCallbacks.put(number, at);
            }
        });
    }

    private boolean isLater(long number, Instant at) {
        Instant noted = lastCallbacks.get(number);
        return noted == null || at.toEpochMilli() - noted.toEpochMilli() >= LAST_CALLBACK_MILLIS;
    }
}
