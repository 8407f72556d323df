package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.store.CountedMessage;
import dev.sendstatus.store.StatisticsDimension;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the messages of a time once, with the little of each that statistics are made of. They are counted outside: a GROUP BY makes
 * SQLite sort all of them, for the figures, for the percentiles and for the total again.
 */
final class StatisticsQuery {
    private static final String SELECT = """
            SELECT %s, m.account_id, m.first_event_at / 3600000, m.direction = 'inbound', CASE m.progress %s END, m.segments,
                m.cost_amount || ' ' || m.cost_currency,
                CASE WHEN m.finalized_at < m.sent_at THEN 0 ELSE m.finalized_at - m.sent_at END,
                m.waiting_since,
                CASE WHEN m.progress IN ('failed', 'unconfirmed')
                    THEN (SELECT string_agg(r.progress || ? || r.provider_status || ? || COALESCE(r.error_code, '') || ? || r.address, ?)
                        FROM recipient r WHERE r.message_id = m.id) END
            FROM message m
            WHERE m.first_event_at / 3600000 BETWEEN ? AND ? AND m.first_event_at >= ? AND m.first_event_at < ?""";
    /** Between texts that are read as one: the information separators of ASCII, which stand in no name. */
    private static final String BETWEEN_PARTS = "\u001f";

    private static final String BETWEEN_ROWS = "\u001e";
    /** As numbers, which are quicker to read than words. */
    private static final String PROGRESS_NUMBERS = Arrays.stream(Progress.values())
            .map(progress -> "WHEN '" + Rows.word(progress) + "' THEN " + progress.ordinal())
            .collect(Collectors.joining(" "));

    private static final long HOUR_MILLIS = 3_600_000;
    private static final int FETCHED = 1_000;
    private static final int MOST_KEPT = 10_000;
    private static final Progress[] PROGRESSES = Progress.values();

    private final @Nullable StatisticsDimension by;
    private final Map<Long, AccountName> accounts;
    private final Map<String, Cost> costs = new HashMap<>();
    private final Map<String, List<String>> values = new HashMap<>();

    private StatisticsQuery(@Nullable StatisticsDimension by, Map<Long, AccountName> accounts) {
        this.by = by;
        this.accounts = accounts;
    }

    static <E extends Exception> void count(
            Session session,
            Instant since,
            Instant until,
            @Nullable StatisticsDimension by,
            CountedMessage.Counter<E> counter)
            throws SQLException, E {
        new StatisticsQuery(by, Accounts.byNumber(session))
                .count(session, Rows.atOrAfter(since), Rows.atOrAfter(until), counter);
    }

    private <E extends Exception> void count(Session session, long since, long until, CountedMessage.Counter<E> counter)
            throws SQLException, E {
        List<Object> places = new ArrayList<>(several() ? List.of(BETWEEN_ROWS) : List.of());
        places.addAll(List.of(BETWEEN_PARTS, BETWEEN_PARTS, BETWEEN_PARTS, BETWEEN_ROWS));
        places.addAll(List.of(Math.floorDiv(since, HOUR_MILLIS), Math.floorDiv(until - 1, HOUR_MILLIS), since, until));
        PreparedStatement select = session.bound(SELECT.formatted(value(), PROGRESS_NUMBERS), places.toArray());
        select.setFetchSize(FETCHED);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                counter.count(message(row));
            }
        }
    }

    /** Whether a message may have several values. */
    private boolean several() {
        return by == StatisticsDimension.TAG
                || by == StatisticsDimension.LINK_DOMAIN
                || by == StatisticsDimension.CARRIER
                || by == StatisticsDimension.ERROR_CODE
                || by == StatisticsDimension.CATEGORY;
    }

    private String value() {
        if (by == null) {
            return "NULL";
        }
        return switch (by) {
            case PROVIDER, ACCOUNT, HOUR, DAY -> "NULL";
            case FROM -> "m.sender";
            case CAMPAIGN -> "m.campaign";
            case TAG -> "(SELECT string_agg(t.tag, ?) FROM message_tag t WHERE t.message_id = m.id)";
            case LINK_DOMAIN ->
                "(SELECT string_agg(d.link_domain, ?) FROM message_link_domain d WHERE d.message_id = m.id)";
            case CARRIER -> "(SELECT string_agg(c.carrier, ?) FROM recipient c WHERE c.message_id = m.id)";
            // A category is one of codes.
            case ERROR_CODE, CATEGORY ->
                "(SELECT string_agg(c.error_code, ?) FROM recipient c WHERE c.message_id = m.id)";
        };
    }

    private CountedMessage message(ResultSet row) throws SQLException {
        AccountName account = accounts.get(row.getLong(2));
        if (account == null) {
            throw new SQLException("a message is of an account that is not there", "XX001");
        }
        return new CountedMessage(
                account,
                row.getLong(3),
                row.getBoolean(4),
                PROGRESSES[row.getInt(5)],
                row.getInt(6),
                cost(row.getString(7)),
                millis(row, 8),
                millis(row, 9),
                values(row, account),
                outcomes(row.getString(10)));
    }

    private static long millis(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? -1 : millis;
    }

    private @Nullable Cost cost(@Nullable String text) {
        return text == null
                ? null
                : kept(costs, text, both -> {
                    int blank = both.indexOf(' ');
                    return new Cost(new BigDecimal(both.substring(0, blank)), both.substring(blank + 1));
                });
    }

    private List<String> values(ResultSet row, AccountName account) throws SQLException {
        if (by == null) {
            return List.of();
        }
        String text =
                switch (by) {
                    case PROVIDER -> account.provider().word();
                    case ACCOUNT -> account.name();
                    case HOUR, DAY -> row.getString(3);
                    default -> row.getString(1);
                };
        return text == null ? List.of() : kept(values, text, this::split);
    }

    private List<String> split(String text) {
        if (by == StatisticsDimension.HOUR || by == StatisticsDimension.DAY) {
            Instant hour = Instant.ofEpochMilli(Long.parseLong(text) * HOUR_MILLIS);
            return List.of((by == StatisticsDimension.DAY ? hour.truncatedTo(ChronoUnit.DAYS) : hour).toString());
        }
        return several() ? Arrays.stream(text.split(BETWEEN_ROWS)).distinct().toList() : List.of(text);
    }

    /** The meaning of a text, found out once, in bounded memory. */
    private static <T> T kept(Map<String, T> known, String text, Function<String, T> meaning) {
        T kept = known.get(text);
        if (kept == null) {
            if (known.size() >= MOST_KEPT) {
                known.clear();
            }
            kept = meaning.apply(text);
            known.put(text, kept);
        }
        return kept;
    }

    private static List<CountedMessage.Outcome> outcomes(@Nullable String text) throws SQLException {
        if (text == null) {
            return List.of();
        }
        List<CountedMessage.Outcome> outcomes = new ArrayList<>(1);
        for (String row : text.split(BETWEEN_ROWS)) {
            String[] parts = row.split(BETWEEN_PARTS, -1);
            outcomes.add(new CountedMessage.Outcome(
                    Rows.constant(parts[0], Progress.class),
                    parts[1],
                    parts[2].isEmpty() ? null : parts[2],
                    parts[3].isEmpty() ? null : new Recipient(parts[3])));
        }
        return outcomes;
    }
}
