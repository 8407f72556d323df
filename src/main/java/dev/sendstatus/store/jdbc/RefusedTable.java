package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.PlainText;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.Refused;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of refused requests, and the activity of each account: its last callback and its refusals. */
final class RefusedTable {
    private static final String ADD = """
            INSERT INTO refused AS r (provider, account, reason, count, last_at, hint) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider, account, reason) DO UPDATE
            SET count = r.count + excluded.count,
                last_at = CASE WHEN r.last_at < excluded.last_at THEN excluded.last_at ELSE r.last_at END,
                hint = coalesce(excluded.hint, r.hint)""";
    private static final String SELECT =
            "SELECT provider, account, reason, count, last_at, hint FROM refused ORDER BY last_at";
    private static final String SELECT_LAST_CALLBACKS = "SELECT provider, name, last_callback_at FROM account";

    private RefusedTable() {}

    static void add(Session session, List<Refused> refused) throws SQLException {
        PreparedStatement add = session.prepared(ADD);
        // In one order, as on every node.
        for (Refused some : refused.stream()
                .sorted(Comparator.comparing(Refused::account).thenComparing(Refused::reason))
                .toList()) {
            add.setString(1, some.account().provider().word());
            add.setString(2, some.account().name());
            add.setString(3, PlainText.of(some.reason()));
            add.setLong(4, some.count());
            add.setLong(5, some.lastAt().toEpochMilli());
            add.setString(6, PlainText.orNull(some.hint()));
            add.addBatch();
        }
        add.executeBatch();
    }

    static List<AccountActivity> activity(Session session) throws SQLException {
        Map<AccountName, Map<String, Long>> refused = new HashMap<>();
        Map<AccountName, Instant> lastRefused = new HashMap<>();
        Map<AccountName, String> hints = new HashMap<>();
        Map<AccountName, AccountActivity> activity = new TreeMap<>();
        try (ResultSet rows = session.prepared(SELECT).executeQuery()) {
            while (rows.next()) {
                AccountName account = new AccountName(new Provider(rows.getString(1)), rows.getString(2));
                refused.computeIfAbsent(account, name -> new TreeMap<>()).put(rows.getString(3), rows.getLong(4));
                lastRefused.put(account, Rows.time(rows, 5));
                String hint = rows.getString(6);
                if (hint != null) {
                    hints.put(account, hint);
                }
            }
        }
        refused.forEach((account, reasons) -> activity.put(
                account, new AccountActivity(account, null, reasons, lastRefused.get(account), hints.get(account))));
        try (ResultSet rows = session.prepared(SELECT_LAST_CALLBACKS).executeQuery()) {
            while (rows.next()) {
                AccountName account = new AccountName(new Provider(rows.getString(1)), rows.getString(2));
                activity.put(
                        account,
                        new AccountActivity(
                                account,
                                Rows.timeOrNull(rows, 3),
                                refused.getOrDefault(account, Map.of()),
                                lastRefused.get(account),
                                hints.get(account)));
            }
        }
        return List.copyOf(activity.values());
    }
}
