package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.PlainText;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.Refused;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /** In one order, as on every node. */
    static void add(Session session, List<Refused> refused) throws SQLException {
        List<Refused> ordered = refused.stream()
                .sorted(Comparator.comparing(Refused::account).thenComparing(Refused::reason))
                .toList();
        session.batch(ADD, ordered, some -> new Object[] {
            some.account().provider(),
            some.account().name(),
            PlainText.of(some.reason()),
            some.count(),
            some.lastAt(),
            PlainText.orNull(some.hint())
        });
    }

    static List<AccountActivity> activity(Session session) throws SQLException {
        Map<AccountName, Instant> lastCallbacks = new HashMap<>();
        Map<AccountName, List<Refused>> refused = new TreeMap<>();
        session.each(SELECT_LAST_CALLBACKS, row -> {
            lastCallbacks.put(Rows.account(row, 1), Rows.timeOrNull(row, 3));
            refused.put(Rows.account(row, 1), new ArrayList<>());
        });
        session.each(SELECT, row -> {
            AccountName account = Rows.account(row, 1);
            refused.computeIfAbsent(account, name -> new ArrayList<>())
                    .add(new Refused(account, row.getString(3), row.getLong(4), Rows.time(row, 5), row.getString(6)));
        });
        List<AccountActivity> activity = new ArrayList<>();
        refused.forEach((account, its) -> activity.add(activity(account, lastCallbacks.get(account), its)));
        return activity;
    }

    /** @param refused in the order of their last times */
    private static AccountActivity activity(
            AccountName account, @Nullable Instant lastCallback, List<Refused> refused) {
        Map<String, Long> reasons = new TreeMap<>();
        Instant last = null;
        String hint = null;
        for (Refused one : refused) {
            reasons.put(one.reason(), one.count());
            last = one.lastAt();
            hint = one.hint() == null ? hint : one.hint();
        }
        return new AccountActivity(account, lastCallback, reasons, last, hint);
    }
}
