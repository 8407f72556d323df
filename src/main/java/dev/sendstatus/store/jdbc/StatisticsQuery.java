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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the messages of a time once, with the little of each that statistics are made of. They are counted outside: a GROUP BY makes
 * SQLite sort all of them, for the figures, for the percentiles and for the total again. The values of a message that may have several
 * are joined, a row each: to look for them message by message takes PostgreSQL more time than all the rest.
 */
final class StatisticsQuery {
    private static final String SELECT = """
            SELECT %s, m.account_id, m.first_event_at / 3600000, m.direction = 'inbound', CASE m.progress %s END, m.segments,
                m.cost_amount || ' ' || m.cost_currency,
                CASE WHEN m.finalized_at < m.sent_at THEN 0 ELSE m.finalized_at - m.sent_at END,
                m.waiting_since,
                CASE WHEN m.progress IN ('failed', 'unconfirmed')
                    THEN (SELECT string_agg(r.progress || ? || r.provider_status || ? || COALESCE(r.error_code, '') || ? || r.address, ?)
                        FROM recipient r WHERE r.message_id = m.id) END,
                m.id
            FROM message m%s
            WHERE m.first_event_at / 3600000 BETWEEN ? AND ? AND m.first_event_at >= ? AND m.first_event_at < ?%s""";

    private static final String JOIN = " LEFT JOIN %s v ON v.message_id = %s AND %s IS NOT NULL";
    private static final String BY_HOUR = " ORDER BY m.first_event_at / 3600000, m.id";
    /** Both sides of a join by merging are so read from the same number on. */
    private static final String JOIN_WITHIN = JOIN + " AND v.message_id BETWEEN ? AND ?";

    /** A delivered message has no code, and for a null nothing is looked up. */
    private static final String UNLESS_DELIVERED = "CASE WHEN m.progress <> 'delivered' THEN m.id END";

    private static final String BY_NUMBER = " AND m.id BETWEEN ? AND ? ORDER BY m.id";
    /** Of the messages of each hour, or of those around it, the first and the last by number: one look each. */
    private static final String SELECT_NUMBERS = """
            SELECT
                min((SELECT m.id FROM message m WHERE (m.first_event_at / 3600000, m.id) >= (hour, 0)
                    ORDER BY m.first_event_at / 3600000, m.id LIMIT 1)),
                max((SELECT m.id FROM message m WHERE (m.first_event_at / 3600000, m.id) < (hour + 1, 0)
                    ORDER BY m.first_event_at / 3600000 DESC, m.id DESC LIMIT 1))
            FROM generate_series(
                greatest(?, (SELECT coalesce(min(first_event_at / 3600000), 0) FROM message)),
                least(?, (SELECT coalesce(max(first_event_at / 3600000), -1) FROM message))) AS hour""";
    /** Between texts that are read as one: the information separators of ASCII, which stand in no name. */
    private static final String BETWEEN_PARTS = "\u001f";

    private static final String BETWEEN_ROWS = "\u001e";
    /** As numbers, which are quicker to read than words. Most messages are delivered, so that is asked first. */
    private static final String PROGRESS_NUMBERS = Arrays.stream(Progress.values())
            .sorted(Comparator.reverseOrder())
            .map(progress -> "WHEN '" + Rows.word(progress) + "' THEN " + progress.ordinal())
            .collect(Collectors.joining(" "));

    private static final long HOUR_MILLIS = 3_600_000;
    private static final long HOUR_SECONDS = 3_600;
    private static final int DAY_HOURS = 24;
    private static final int ID = 11;
    private static final int FETCHED = 1_000;
    private static final int MOST_KEPT = 10_000;
    private static final Progress[] PROGRESSES = Progress.values();

    private final @Nullable StatisticsDimension by;
    private final Map<Long, AccountName> accounts;
    private final Map<String, Cost> costs = new HashMap<>();
    private final Map<Long, String> times = new HashMap<>();

    private StatisticsQuery(@Nullable StatisticsDimension by, Map<Long, AccountName> accounts) {
        this.by = by;
        this.accounts = accounts;
    }

    static <E extends Exception> void count(
            Dialect dialect,
            Session session,
            Instant since,
            Instant until,
            @Nullable StatisticsDimension by,
            CountedMessage.Counter<E> counter)
            throws SQLException, E {
        StatisticsQuery query = new StatisticsQuery(by, Accounts.byNumber(session));
        PreparedStatement select = query.select(dialect, session, Rows.atOrAfter(since), Rows.atOrAfter(until));
        select.setFetchSize(FETCHED);
        try (ResultSet row = select.executeQuery()) {
            query.count(row, counter);
        }
    }

    private PreparedStatement select(Dialect dialect, Session session, long since, long until) throws SQLException {
        long firstHour = Math.floorDiv(since, HOUR_MILLIS);
        long lastHour = Math.floorDiv(until - 1, HOUR_MILLIS);
        List<Object> places = new ArrayList<>(List.of(BETWEEN_PARTS, BETWEEN_PARTS, BETWEEN_PARTS, BETWEEN_ROWS));
        List<Object> hours = List.of(firstHour, lastHour, since, until);
        String join = "";
        String order = "";
        List<Long> numbers = List.of();
        if (several() && dialect.joinByNumber(session)) {
            join = JOIN_WITHIN.formatted(table(), "m.id", column());
            order = BY_NUMBER;
            numbers = numbers(session, firstHour, lastHour);
        } else if (several()) {
            boolean ofFailures = by == StatisticsDimension.ERROR_CODE || by == StatisticsDimension.CATEGORY;
            join = JOIN.formatted(table(), ofFailures ? UNLESS_DELIVERED : "m.id", column());
            order = BY_HOUR;
        }
        places.addAll(numbers);
        places.addAll(hours);
        places.addAll(numbers);
        return session.bound(SELECT.formatted(column(), PROGRESS_NUMBERS, join, order), places.toArray());
    }

    private static List<Long> numbers(Session session, long firstHour, long lastHour) throws SQLException {
        return session.first(SELECT_NUMBERS, row -> List.of(row.getLong(1), row.getLong(2)), firstHour, lastHour)
                .orElseThrow();
    }

    private <E extends Exception> void count(ResultSet row, CountedMessage.Counter<E> counter) throws SQLException, E {
        boolean more = row.next();
        while (more) {
            List<String> values = new ArrayList<>(1);
            CountedMessage message = message(row, values);
            long id = row.getLong(ID);
            do {
                String value = value(row, message);
                if (value != null && !values.contains(value)) {
                    values.add(value);
                }
                more = row.next();
            } while (more && several() && row.getLong(ID) == id);
            counter.count(message);
        }
    }

    /** Whether a message may have several values. */
    private boolean several() {
        return table() != null;
    }

    /** The table in which a message may have several values; null if it has one at most. */
    private @Nullable String table() {
        if (by == null) {
            return null;
        }
        return switch (by) {
            case PROVIDER, ACCOUNT, HOUR, DAY, FROM, CAMPAIGN -> null;
            case TAG -> "message_tag";
            case LINK_DOMAIN -> "message_link_domain";
            // A category is one of codes.
            case CARRIER, ERROR_CODE, CATEGORY -> "recipient";
        };
    }

    /** Where its value is, unless that follows from the rest. */
    private String column() {
        if (by == null) {
            return "NULL";
        }
        return switch (by) {
            case PROVIDER, ACCOUNT, HOUR, DAY -> "NULL";
            case FROM -> "m.sender";
            case CAMPAIGN -> "m.campaign";
            case TAG -> "v.tag";
            case LINK_DOMAIN -> "v.link_domain";
            case CARRIER -> "v.carrier";
            case ERROR_CODE, CATEGORY -> "v.error_code";
        };
    }

    private CountedMessage message(ResultSet row, List<String> values) throws SQLException {
        AccountName account = accounts.get(row.getLong(2));
        if (account == null) {
            throw new SQLException("a message is of an account that is not there", Rows.DAMAGED);
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
                values,
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

    private @Nullable String value(ResultSet row, CountedMessage message) throws SQLException {
        if (by == null) {
            return null;
        }
        return switch (by) {
            case PROVIDER -> message.provider().word();
            case ACCOUNT -> message.account().name();
            case HOUR -> kept(times, message.hour(), StatisticsQuery::moment);
            case DAY -> kept(times, message.hour() - Math.floorMod(message.hour(), DAY_HOURS), StatisticsQuery::moment);
            default -> row.getString(1);
        };
    }

    private static String moment(long hour) {
        return Instant.ofEpochSecond(Math.multiplyExact(hour, HOUR_SECONDS)).toString();
    }

    /** The meaning of a text, found out once, in bounded memory. */
    private static <K, T> T kept(Map<K, T> known, K text, Function<K, T> meaning) {
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
