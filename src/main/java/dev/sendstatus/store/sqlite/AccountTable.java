package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came for each account, and what was refused, read. */
final class AccountTable {
    private static final String SELECT_LAST_CALLBACKS = "SELECT id, last_callback_at FROM account";
    private static final String SELECT_REFUSED =
            "SELECT account, reason, count, last_at, hint FROM refused ORDER BY last_at";

    private AccountTable() {}

    static List<AccountActivity> activity(Connection connection, SqliteDictionary dictionary)
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
