package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.MessageFilter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL: the ids of its messages, the newest first.
 *
 * <p>One condition is chosen that an index answers in the order of ids, and is followed down from the newest; the others are looked at with
 * each message that it leads to. Where no index helps, all messages are followed down. {@link #work} says how far a page follows.
 */
final class MessageQuery {
    private static final Source ALL = new Source("message m", "m.id", null, new Clause("1 = 1"), true);
    private static final Source CONFLICT = new Source("message m", "m.id", null, new Clause("m.conflict"), true);

    /** More codes of one category than this are looked for message by message. */
    private static final int MOST_SOURCES = 100;

    /** Messages that lie side by side are so many times as quick to look at as those that an index leads to. */
    private static final int SIDE_BY_SIDE = 5;

    /** SQLite uses a partial index only if the question repeats its condition literally. */
    private static final Map<String, String> PARTIAL = Map.of("m.progress", " AND m.progress <> 'delivered'");

    /** Follows every prefix in the order of UTF-8. */
    static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private static final String SELECT_PROVIDERS = "SELECT DISTINCT provider FROM account";
    /** Each code once: from one straight to the next by the index. */
    static final String SELECT_CODES = """
            WITH RECURSIVE code(c) AS (
                SELECT min(error_code) FROM recipient WHERE error_code IS NOT NULL
                UNION ALL
                SELECT (SELECT min(error_code) FROM recipient WHERE error_code > c) FROM code WHERE c IS NOT NULL)
            SELECT c FROM code WHERE c IS NOT NULL""";
    /** The lowest and the highest id of the hours of a time: of the second only such as are below a number. */
    static final String SELECT_OF_HOURS = """
            WITH RECURSIVE hour(h) AS (
                SELECT max(first_event_at / 3600000) FROM message WHERE first_event_at / 3600000 <= ?
                UNION ALL
                SELECT (SELECT max(first_event_at / 3600000) FROM message WHERE first_event_at / 3600000 < h) FROM hour WHERE h > ?)
            SELECT min((SELECT min(id) FROM message WHERE first_event_at / 3600000 = h)),
                max((SELECT max(id) FROM message WHERE first_event_at / 3600000 = h AND id < ?))
            FROM hour WHERE h >= ?""";

    private static final long HOUR_MILLIS = 3_600_000;

    private final Dialect dialect;
    private final Session session;
    /** How many messages a page looks at that an index leads to. */
    private final long work;

    private final @Nullable Long sinceMillis;
    private final @Nullable Long untilMillis;
    private final List<Clause> conditions = new ArrayList<>();
    private List<Source> sources = List.of(ALL);

    /** A condition with the values of its places. */
    private record Clause(String sql, List<Object> values) {
        Clause(String sql, Object... values) {
            this(sql, List.of(values));
        }

        static Clause any(List<Clause> clauses) {
            return new Clause(
                    clauses.stream().map(Clause::sql).collect(Collectors.joining(" OR ", "(", ")")),
                    clauses.stream().flatMap(clause -> clause.values.stream()).toList());
        }
    }

    /**
     * Rows that lead to messages.
     *
     * @param table with its alias
     * @param id the column of the message's id
     * @param column the first of an index, the second of which is the id; null where the index has the id only
     * @param where for a column: that it has one value
     * @param ordered whether an index has the rows in the order of their ids
     */
    private record Source(String table, String id, @Nullable String column, Clause where, boolean ordered) {
        Source(String table, String id, String column, Object value) {
            this(table, id, column, new Clause(column + " = ?", value), true);
        }

        static Source message(String column, Object value) {
            return new Source("message m", "m.id", column, value);
        }

        static Source recipient(String column, Object value) {
            return new Source("recipient r", "r.message_id", column, value);
        }

        boolean ofMessages() {
            return table.equals("message m");
        }

        /** As a condition of message {@code m}. Not by EXISTS, for which PostgreSQL may read the whole table first. */
        Clause condition() {
            return ofMessages()
                    ? where
                    : new Clause(
                            "(SELECT 1 FROM " + table + " WHERE " + id + " = m.id AND " + where.sql
                                    + " LIMIT 1) IS NOT NULL",
                            where.values);
        }

        String order() {
            return " ORDER BY " + (column == null ? "" : column + " DESC, ") + id + " DESC";
        }
    }

    /** From where to where ids are looked for. */
    record Range(long from, long before) {
        boolean isEmpty() {
            return from >= before;
        }
    }

    /** @param work {@link Long#MAX_VALUE} to find all messages by one statement */
    MessageQuery(Dialect dialect, Session session, MessageFilter filter, long work) throws SQLException {
        this.dialect = dialect;
        this.session = session;
        this.work = work;
        this.sinceMillis = millisOrNull(filter.since());
        this.untilMillis = millisOrNull(filter.until());
        // The most selective ones first.
        if (filter.reference() != null) {
            among(Source.message("m.reference", filter.reference()));
        }
        if (filter.to() != null) {
            among(filter.to().stream()
                    .map(to -> Source.recipient("r.address", to.address()))
                    .toList());
        }
        addFlags(filter);
        if (filter.errorCode() != null) {
            among(Source.recipient("r.error_code", filter.errorCode()));
        }
        if (filter.category() != null) {
            addCategory(filter.category());
        }
        if (filter.tag() != null) {
            among(new Source("message_tag t", "t.message_id", "t.tag", filter.tag()));
        }
        if (filter.linkDomain() != null) {
            among(new Source("message_link_domain d", "d.message_id", "d.link_domain", filter.linkDomain()));
        }
        if (filter.campaign() != null) {
            among(Source.message("m.campaign", filter.campaign()));
        }
        addPrefixes(filter);
        if (filter.from() != null) {
            addSender(filter.from());
        }
        if (filter.status() != null) {
            addStatus(filter.status(), filter.unconfirmedStatus());
        }
        addRest(filter);
    }

    /** @param alternatives one of which has to hold */
    private void among(List<Source> alternatives) throws SQLException {
        if (sources.equals(List.of(ALL)) && fit(alternatives)) {
            sources = alternatives;
        } else {
            conditions.add(
                    Clause.any(alternatives.stream().map(Source::condition).toList()));
        }
    }

    private void among(Source source) throws SQLException {
        among(List.of(source));
    }

    /** Whether they lead to messages in their order, or to so few that these can be sorted. */
    private boolean fit(List<Source> alternatives) throws SQLException {
        for (Source source : alternatives) {
            if (!source.ordered() && work < Long.MAX_VALUE) {
                Statement count = new Statement("SELECT count(*) FROM (SELECT 1 AS one FROM ")
                        .add(source.table + " WHERE ")
                        .add(source.where)
                        .add(" LIMIT ?) AS few", work + 1);
                if (count.numbers(session).get(0) > work) {
                    return false;
                }
            }
        }
        return alternatives.size() <= MOST_SOURCES;
    }

    private void also(String sql, Object... values) {
        conditions.add(new Clause(sql, values));
    }

    private void addFlags(MessageFilter filter) throws SQLException {
        if (filter.conflict() != null) {
            if (filter.conflict()) {
                among(CONFLICT);
            } else {
                also("NOT m.conflict");
            }
        }
        if (filter.stuck() != null) {
            addStuck(filter.stuck());
        }
        if (filter.unconfirmed() != null) {
            if (filter.unconfirmed()) {
                among(progress(Progress.UNCONFIRMED));
            } else {
                also("m.progress <> 'unconfirmed'");
            }
        }
    }

    /** As {@link StuckLimits#stuck} says. */
    private void addStuck(MessageFilter.Stuck stuck) throws SQLException {
        long givenUp = stuck.asOf().minus(stuck.limits().giveUp()).toEpochMilli();
        List<Source> waiting = new ArrayList<>();
        for (Map.Entry<Long, AccountName> account : Accounts.byNumber(session).entrySet()) {
            Instant due = stuck.asOf().minus(stuck.limits().thresholdOf(account.getValue()));
            waiting.add(new Source(
                    "message m",
                    "m.id",
                    null,
                    new Clause(
                            "m.account_id = ? AND m.waiting_since > ? AND m.waiting_since <= ?",
                            account.getKey(),
                            givenUp,
                            due.toEpochMilli()),
                    false));
        }
        if (waiting.isEmpty()) {
            also(stuck.wanted() ? "1 = 0" : "1 = 1");
            return;
        }
        Clause any = Clause.any(waiting.stream().map(Source::condition).toList());
        if (!stuck.wanted()) {
            also("(m.waiting_since IS NULL OR NOT " + any.sql + ")", any.values.toArray());
        } else if (sources.equals(List.of(ALL)) && fit(waiting)) {
            sources = waiting;
        } else {
            // So many, or beside something that is more selective: what is open leads to them.
            among(List.of(progress(Progress.REGISTERED), progress(Progress.ACCEPTED), progress(Progress.SENT)));
            conditions.add(any);
        }
    }

    /** Of the codes that there are, those of the category. The same code may mean something else with another provider. */
    private void addCategory(BiPredicate<Provider, String> category) throws SQLException {
        List<String> codes = new Statement(SELECT_CODES).texts(session);
        Set<String> all = new TreeSet<>();
        List<Clause> perProvider = new ArrayList<>(List.of(new Clause("1 = 0")));
        for (String provider : new Statement(SELECT_PROVIDERS).texts(session)) {
            List<String> its = codes.stream()
                    .filter(code -> category.test(new Provider(provider), code))
                    .toList();
            if (!its.isEmpty()) {
                List<Object> values = new ArrayList<>(List.of(provider));
                values.addAll(its);
                perProvider.add(new Clause(
                        "m.provider = ? AND r.error_code IN (?" + ", ?".repeat(its.size() - 1) + ")", values));
                all.addAll(its);
            }
        }
        List<Source> sourcesOfCodes =
                all.stream().map(code -> Source.recipient("r.error_code", code)).toList();
        if (!all.isEmpty() && sources.equals(List.of(ALL)) && fit(sourcesOfCodes)) {
            sources = sourcesOfCodes;
        }
        Clause any = Clause.any(perProvider);
        conditions.add(new Source("recipient r", "r.message_id", null, any, true).condition());
    }

    private void addPrefixes(MessageFilter filter) throws SQLException {
        String to = filter.toPrefix();
        if (to != null) {
            among(List.of(addressed(to), addressed("+" + to)));
        }
        String from = filter.fromPrefix();
        if (from != null) {
            List<Source> senders = new ArrayList<>(List.of(sent(from, ""), sent("+" + from, "")));
            if (from.startsWith("+")) {
                // A sender is stored as it was sent, a number maybe without its plus.
                senders.add(sent(
                        from.substring(1),
                        " AND length(m.sender) BETWEEN 11 AND 15 AND ltrim(m.sender, '0123456789') = ''"));
            }
            among(senders);
        }
    }

    /** The empty address is that of a recipient nobody has named. */
    private static Source addressed(String prefix) {
        return new Source(
                "recipient r",
                "r.message_id",
                null,
                new Clause("r.address >= ? AND r.address < ? AND r.address <> ''", prefix, prefix + LAST),
                false);
    }

    private static Source sent(String prefix, String also) {
        return new Source(
                "message m",
                "m.id",
                null,
                new Clause("m.sender >= ? AND m.sender < ?" + also, prefix, prefix + LAST),
                false);
    }

    /** A sender is stored as it was sent, a number maybe without its plus. */
    private void addSender(Set<Recipient> from) throws SQLException {
        List<Source> forms = new ArrayList<>();
        for (Recipient sender : from) {
            forms.add(Source.message("m.sender", sender.address()));
            String other = sender.address().substring(1);
            if (!other.isEmpty() && new Recipient(other).equals(sender)) {
                forms.add(Source.message("m.sender", other));
            }
        }
        among(forms);
    }

    private void addStatus(SendStatus status, SendStatus ofUnconfirmed) throws SQLException {
        List<Source> shown = Arrays.stream(Progress.values())
                .filter(progress -> status == (progress == Progress.UNCONFIRMED ? ofUnconfirmed : progress.status()))
                .map(MessageQuery::progress)
                .toList();
        if (status == SendStatus.DELIVERED) {
            conditions.add(Clause.any(shown.stream().map(Source::condition).toList()));
        } else {
            among(shown);
        }
    }

    private static Source progress(Progress progress) {
        return Source.message("m.progress", EventTable.PROGRESS.of(progress));
    }

    /** Adds the conditions that no index answers. */
    private void addRest(MessageFilter filter) {
        if (filter.provider() != null) {
            also("m.provider = ?", filter.provider().word());
        }
        if (filter.account() != null) {
            also("m.account_id IN (SELECT id FROM account WHERE name = ?)", filter.account());
        }
        if (filter.direction() != null) {
            also("m.direction = ?", filter.direction().name().toLowerCase(Locale.ROOT));
        }
        if (filter.carrier() != null) {
            conditions.add(Source.recipient("r.carrier", filter.carrier()).condition());
        }
        addTimes("m.first_event_at", sinceMillis, untilMillis);
        addTimes("m.sent_at", millisOrNull(filter.sentSince()), millisOrNull(filter.sentUntil()));
    }

    private void addTimes(String column, @Nullable Long since, @Nullable Long until) {
        if (since != null) {
            also(column + " >= ?", since);
        }
        if (until != null) {
            also(column + " < ?", until);
        }
    }

    private static @Nullable Long millisOrNull(@Nullable Instant time) {
        return time == null ? null : millis(time);
    }

    /** The first whole millisecond of that time: all times of messages are such. */
    static long millis(Instant time) {
        return time.plusNanos(999_999).toEpochMilli();
    }

    /** The numbers that its messages can have. @param before a message's id; null for all */
    Range range(@Nullable Long before) throws SQLException {
        long end = before == null ? Long.MAX_VALUE : before;
        if (sinceMillis == null && untilMillis == null) {
            return new Range(0, end);
        }
        long since = sinceMillis == null ? Long.MIN_VALUE : Math.floorDiv(sinceMillis, HOUR_MILLIS);
        PreparedStatement select = session.prepared(SELECT_OF_HOURS);
        select.setLong(1, untilMillis == null ? Long.MAX_VALUE : Math.floorDiv(untilMillis - 1, HOUR_MILLIS));
        select.setLong(2, since);
        select.setLong(3, end);
        select.setLong(4, since);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            long lowest = row.getLong(1);
            // No id is 0, which stands for null.
            return new Range(lowest, row.getLong(2) + 1);
        }
    }

    /** The part of a range that one page looks at: its newest messages. */
    Range newest(Range range) throws SQLException {
        long from = range.from;
        if (!conditions.isEmpty() && work < Long.MAX_VALUE) {
            long rows = sources.equals(List.of(ALL)) ? SIDE_BY_SIDE * work : Math.max(1, work / sources.size());
            for (Source source : sources) {
                if (source.ordered()) {
                    Statement last = new Statement("SELECT " + source.id + " FROM " + source.table + " WHERE ")
                            .add(within(source, range))
                            .add(source.order() + " LIMIT 1 OFFSET ?", rows);
                    for (long id : last.numbers(session)) {
                        from = Math.max(from, id);
                    }
                }
            }
        }
        return new Range(from, range.before);
    }

    /** Selects the ids, the newest first. */
    PreparedStatement select(Range range, long limit) throws SQLException {
        return statement(range, limit).prepared(session);
    }

    List<Long> ids(Range range, int limit) throws SQLException {
        return statement(range, limit).numbers(session);
    }

    private Statement statement(Range range, long limit) {
        if (sources.size() == 1) {
            return select(new Statement(""), sources.get(0), range, limit);
        }
        Statement all = new Statement("");
        for (int i = 0; i < sources.size(); i++) {
            all.add(i == 0 ? "SELECT id FROM (" : " UNION SELECT id FROM (");
            select(all, sources.get(i), range, limit).add(") AS one");
        }
        return all.add(" ORDER BY id DESC LIMIT ?", limit);
    }

    private Statement select(Statement sql, Source source, Range range, long limit) {
        Source followed = source;
        sql.add("SELECT ");
        if (!source.ofMessages()) {
            // Two recipients of a message may have the same code, or the same beginning.
            sql.add("DISTINCT ");
        }
        if (!source.ordered()) {
            followed = new Source("few", "few.id", null, new Clause("1 = 1"), true);
        }
        sql.add(followed.id + " AS id");
        if (followed.column != null) {
            sql.add(", " + followed.column);
        }
        if (!source.ordered()) {
            // The limit keeps the planner from going through all messages in their order for a few of them.
            sql.add(" FROM (SELECT " + source.id + " AS id FROM " + source.table + " WHERE ")
                    .add(source.where)
                    .add(" LIMIT ?) AS few", work);
        } else {
            sql.add(" FROM " + source.table);
        }
        // SQLite takes the tables of a CROSS JOIN in this order.
        boolean joined = !conditions.isEmpty() && !followed.ofMessages();
        sql.add(joined ? " CROSS JOIN message m WHERE m.id = " + followed.id + " AND " : " WHERE ")
                .add(within(followed, range));
        // Within a function no index answers them: the planner is not to follow another one, on which nothing bounds
        // the way.
        for (int i = 0; i < conditions.size(); i++) {
            sql.add(i == 0 ? " AND COALESCE(" : " AND ").add(conditions.get(i));
        }
        sql.add(conditions.isEmpty() ? "" : ", FALSE)");
        return sql.add(followed.order() + " LIMIT ?", limit);
    }

    /** The rows of a source whose ids are in a range. */
    private Clause within(Source source, Range range) {
        if (source.column == null) {
            return new Clause(
                    source.where.sql + " AND " + source.id + " < ? AND " + source.id + " >= ?",
                    range.before,
                    range.from);
        }
        Object value = source.where.values.get(0);
        return new Clause(
                dialect.ofOneValue(source.column, source.id) + PARTIAL.getOrDefault(source.column, ""),
                value,
                range.before,
                value,
                range.from);
    }

    /** A statement that is being written, with its values. */
    private static final class Statement {
        private final StringBuilder sql = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        Statement(String begin) {
            sql.append(begin);
        }

        Statement add(String text, Object... its) {
            sql.append(text);
            values.addAll(List.of(its));
            return this;
        }

        Statement add(Clause clause) {
            sql.append(clause.sql);
            values.addAll(clause.values);
            return this;
        }

        PreparedStatement prepared(Session session) throws SQLException {
            PreparedStatement statement = session.prepared(sql.toString());
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        }

        List<Long> numbers(Session session) throws SQLException {
            List<Long> numbers = new ArrayList<>();
            try (ResultSet rows = prepared(session).executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        }

        List<String> texts(Session session) throws SQLException {
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = prepared(session).executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
