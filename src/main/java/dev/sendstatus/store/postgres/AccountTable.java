package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came for each account, and what was refused, tables {@code account} and {@code refused}. */
final class AccountTable {
    private static final String ADD_REFUSED = """
            INSERT INTO refused AS r (account, reason, count, last_at, hint) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account, reason) DO UPDATE
                SET count = r.count + excluded.count, last_at = greatest(r.last_at, excluded.last_at),
                    hint = coalesce(excluded.hint, r.hint)""";
    private static final String SELECT_LAST_CALLBACKS = "SELECT id, last_callback_at FROM account";
    private static final String SELECT_REFUSED =
            "SELECT account, reason, count, last_at, hint FROM refused ORDER BY last_at";

    private AccountTable() {}

    static int addRefused(WriteConnection connection, PostgresDictionary dictionary, List<Store.Refused> refused)
            throws SQLException {
        PreparedStatement add = connection.prepared(ADD_REFUSED);
        // In one order, as every node has it.
        for (Store.Refused some : refused.stream()
                .sorted(Comparator.comparing(Store.Refused::account).thenComparing(Store.Refused::reason))
                .toList()) {
            add.setInt(1, dictionary.number(some.account()));
            add.setString(2, PlainText.of(some.reason()));
            add.setLong(3, some.count());
            add.setLong(4, some.lastAt().toEpochMilli());
            add.setString(5, PlainText.orNull(some.hint()));
            add.addBatch();
        }
        return add.executeBatch().length;
    }

    static List<AccountActivity> activity(Connection connection, PostgresDictionary dictionary)
            throws SQLException, Damaged {
        dictionary.load(connection);
        Map<AccountName, Map<String, Long>> refused = new TreeMap<>();
        Map<AccountName, Instant> lastRefused = new TreeMap<>();
        Map<AccountName, String> hints = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_REFUSED);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                AccountName account = dictionary.account(rows.getInt(1));
                refused.computeIfAbsent(account, name -> new TreeMap<>()).put(rows.getString(2), rows.getLong(3));
                lastRefused.merge(
                        account, Instant.ofEpochMilli(rows.getLong(4)), (one, two) -> one.isAfter(two) ? one : two);
                String hint = rows.getString(5);
                if (hint != null) {
                    hints.put(account, hint);
                }
            }
        }
        Map<AccountName, AccountActivity> activity = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_LAST_CALLBACKS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                AccountName account = dictionary.account(rows.getInt(1));
                long last = rows.getLong(2);
                activity.put(
                        account,
                        new AccountActivity(
                                account,
                                rows.wasNull() ? null : Instant.ofEpochMilli(last),
                                refused.getOrDefault(account, Map.of()),
                                lastRefused.get(account),
                                hints.get(account)));
            }
        }
        return List.copyOf(activity.values());
    }
}
