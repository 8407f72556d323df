package dev.sendstatus.store.postgres;

import dev.sendstatus.state.Silence;
import dev.sendstatus.store.Traffic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many callbacks came for each account, by the hour. */
final class TrafficTable {
    private static final String ADD = """
            INSERT INTO traffic AS t (account, hour, callbacks) VALUES (?, ?, ?)
            ON CONFLICT (account, hour) DO UPDATE SET callbacks = t.callbacks + excluded.callbacks""";
    // Only where something came: what an account did before it fell silent is what its silence is judged by.
    private static final String FORGET = "DELETE FROM traffic WHERE account = ? AND hour < ?";
    private static final String SELECT_LAST = "SELECT last_callback_at FROM account WHERE id = ?";
    private static final String SELECT_HOURS = "SELECT hour, callbacks FROM traffic WHERE account = ?";
    private static final String COUNT_UNANSWERED =
            "SELECT count(*) FROM waiting WHERE account = ? AND since > ? AND since <= ?";

    /** A provider's clock may run ahead of ours, so that what was reported seems to be sent after its report. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private TrafficTable() {}

    static int add(WriteConnection statements, PostgresDictionary dictionary, List<Traffic> traffic)
            throws SQLException {
        // In one order, as every node has it.
        for (Traffic some : traffic.stream()
                .sorted(Comparator.comparing(Traffic::account).thenComparing(Traffic::at))
                .toList()) {
            int account = dictionary.number(some.account());
            PreparedStatement add = statements.prepared(ADD);
            add.setInt(1, account);
            add.setLong(2, some.hour());
            add.setLong(3, some.callbacks());
            add.executeUpdate();
            PreparedStatement forget = statements.prepared(FORGET);
            forget.setInt(1, account);
            forget.setLong(2, some.hour() - Silence.HOURS_KEPT);
            forget.executeUpdate();
        }
        return traffic.size();
    }

    static Silence.History history(Connection connection, int account, Instant now) throws SQLException {
        Instant last = last(connection, account);
        Map<Long, Long> hours = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_HOURS)) {
            select.setInt(1, account);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    hours.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        try (PreparedStatement count = connection.prepareStatement(COUNT_UNANSWERED)) {
            count.setInt(1, account);
            count.setLong(2, last == null ? 0 : last.plus(CLOCKS_APART).toEpochMilli());
            count.setLong(3, now.minus(Silence.PATIENCE).toEpochMilli());
            try (ResultSet row = count.executeQuery()) {
                return new Silence.History(last, hours, row.next() ? row.getLong(1) : 0);
            }
        }
    }

    private static @Nullable Instant last(Connection connection, int account) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_LAST)) {
            select.setInt(1, account);
            try (ResultSet row = select.executeQuery()) {
                long last = row.next() ? row.getLong(1) : 0;
                return last == 0 ? null : Instant.ofEpochMilli(last);
            }
        }
    }
}
