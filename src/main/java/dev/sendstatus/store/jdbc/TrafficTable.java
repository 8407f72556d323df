package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.Traffic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many callbacks came for each account, by the hour. */
final class TrafficTable {
    private static final String ADD = """
            INSERT INTO traffic AS t (account_id, hour, callbacks) VALUES (?, ?, ?)
            ON CONFLICT (account_id, hour) DO UPDATE SET callbacks = t.callbacks + excluded.callbacks""";
    // Only where something came: by what an account did before it fell silent, its silence is judged.
    private static final String FORGET = "DELETE FROM traffic WHERE account_id = ? AND hour < ?";
    private static final String SELECT_ACCOUNT =
            "SELECT id, last_callback_at FROM account WHERE provider = ? AND name = ?";
    private static final String SELECT_HOURS = "SELECT hour, callbacks FROM traffic WHERE account_id = ?";
    private static final String COUNT_UNANSWERED =
            "SELECT count(*) FROM message WHERE account_id = ? AND waiting_since > ? AND waiting_since <= ?";

    /** A provider's clock may run ahead of ours, so that what was reported seems to be sent after its report. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private TrafficTable() {}

    static void add(Session session, Accounts accounts, List<Traffic> traffic) throws SQLException {
        PreparedStatement add = session.prepared(ADD);
        PreparedStatement forget = session.prepared(FORGET);
        // In one order, as on every node.
        for (Traffic some : traffic.stream()
                .sorted(Comparator.comparing(Traffic::account).thenComparing(Traffic::at))
                .toList()) {
            long account = accounts.number(session, some.account());
            add.setLong(1, account);
            add.setLong(2, some.hour());
            add.setLong(3, some.callbacks());
            add.executeUpdate();
            forget.setLong(1, account);
            forget.setLong(2, some.hour() - Silence.HOURS_KEPT);
            forget.executeUpdate();
        }
    }

    static Silence.History history(Session session, AccountName account, Instant now) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_ACCOUNT);
        select.setString(1, account.provider().word());
        select.setString(2, account.name());
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return new Silence.History(null, Map.of(), 0);
            }
            long number = row.getLong(1);
            Instant last = Rows.timeOrNull(row, 2);
            Instant since = last == null ? Instant.EPOCH : last.plus(CLOCKS_APART);
            return new Silence.History(last, hours(session, number), unanswered(session, number, since, now));
        }
    }

    private static Map<Long, Long> hours(Session session, long account) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_HOURS);
        select.setLong(1, account);
        Map<Long, Long> hours = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                hours.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return hours;
    }

    private static long unanswered(Session session, long account, Instant since, Instant now) throws SQLException {
        PreparedStatement count = session.prepared(COUNT_UNANSWERED);
        count.setLong(1, account);
        count.setLong(2, since.toEpochMilli());
        count.setLong(3, now.minus(Silence.PATIENCE).toEpochMilli());
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
