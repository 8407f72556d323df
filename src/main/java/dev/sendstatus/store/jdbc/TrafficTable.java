package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.Traffic;
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
    private static final String SELECT_LAST = "SELECT last_callback_at FROM account WHERE id = ?";
    private static final String SELECT_HOURS = "SELECT hour, callbacks FROM traffic WHERE account_id = ?";
    private static final String COUNT_UNANSWERED =
            "SELECT count(*) FROM message WHERE account_id = ? AND waiting_since > ? AND waiting_since <= ?";

    /** A provider's clock may run ahead of ours, so that a message seems to be sent after its report. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private TrafficTable() {}

    static void add(Session session, Accounts accounts, List<Traffic> traffic) throws SQLException {
        // In one order, as on every node.
        for (Traffic some : traffic.stream()
                .sorted(Comparator.comparing(Traffic::account).thenComparing(Traffic::at))
                .toList()) {
            long account = accounts.number(session, some.account());
            session.update(ADD, account, some.hour(), some.callbacks());
            session.update(FORGET, account, some.hour() - Silence.HOURS_KEPT);
        }
    }

    static Silence.History history(Session session, AccountName account, Instant now) throws SQLException {
        Long number = Accounts.find(session, account);
        if (number == null) {
            return new Silence.History(null, Map.of(), 0);
        }
        Instant last = session.<Instant>first(SELECT_LAST, row -> Rows.timeOrNull(row, 1), number)
                .orElse(null);
        Instant since = last == null ? Instant.EPOCH : last.plus(CLOCKS_APART);
        Map<Long, Long> hours = new HashMap<>();
        session.each(SELECT_HOURS, row -> hours.put(row.getLong(1), row.getLong(2)), number);
        long unanswered = session.number(COUNT_UNANSWERED, number, since, now.minus(Silence.PATIENCE));
        return new Silence.History(last, hours, unanswered);
    }
}
