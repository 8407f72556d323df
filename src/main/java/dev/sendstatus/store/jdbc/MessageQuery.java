package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids of the messages that a filter asks for, the newest first. {@link #work} says how far a page follows what leads to them. */
final class MessageQuery {
    /** Messages that lie side by side are so many times as quick to look at as those that an index leads to. */
    private static final int SIDE_BY_SIDE = 5;

    /** SQLite uses a partial index only if the question repeats its condition literally. */
    private static final Map<String, String> PARTIAL = Map.of("m.progress", " AND m.progress <> 'delivered'");

    /** Follows every prefix in the order of UTF-8. */
    static final String LAST = Character.toString(Character.MAX_CODE_POINT);

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
    private final MessageConditions conditions;

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
        this.conditions = new MessageConditions(session, filter, work);
    }

    /**
     * One page of a list.
     *
     * @param before where the page before ended; null for the first
     * @param work how many rows it looks at, so that it takes a bounded time whatever is asked for
     */
    static MessagePage page(
            Dialect dialect, Session session, MessageFilter filter, @Nullable Long before, int limit, long work)
            throws SQLException {
        MessageQuery query = new MessageQuery(dialect, session, filter, work);
        Range all = query.range(before);
        if (all.isEmpty()) {
            return new MessagePage(List.of(), null);
        }
        Range part = query.newest(all);
        List<Long> ids = query.ids(part, limit + 1);
        if (ids.size() > limit) {
            List<Long> shown = ids.subList(0, limit);
            return new MessagePage(MessageReader.of(session, shown), shown.get(limit - 1));
        }
        return new MessagePage(MessageReader.of(session, ids), part.from() > all.from() ? part.from() : null);
    }

    private static @Nullable Long millisOrNull(@Nullable Instant time) {
        return time == null ? null : Rows.atOrAfter(time);
    }

    /** The numbers that its messages can have. @param before a message's id; null for all */
    Range range(@Nullable Long before) throws SQLException {
        long end = before == null ? Long.MAX_VALUE : before;
        if (sinceMillis == null && untilMillis == null) {
            return new Range(0, end);
        }
        long since = sinceMillis == null ? Long.MIN_VALUE : Math.floorDiv(sinceMillis, HOUR_MILLIS);
        long until = untilMillis == null ? Long.MAX_VALUE : Math.floorDiv(untilMillis - 1, HOUR_MILLIS);
        // No id is 0, which stands for null.
        return session.list(
                        SELECT_OF_HOURS, row -> new Range(row.getLong(1), row.getLong(2) + 1), until, since, end, since)
                .get(0);
    }

    /** The part of a range that one page looks at: its newest messages. */
    Range newest(Range range) throws SQLException {
        long from = range.from;
        List<Lead> leads = conditions.leads();
        if (!conditions.others().isEmpty() && work < Long.MAX_VALUE) {
            long rows = conditions.all() ? SIDE_BY_SIDE * work : Math.max(1, work / leads.size());
            for (Lead lead : leads) {
                if (lead.ordered()) {
                    Clause last = new Clause("SELECT " + lead.id() + " FROM " + lead.table() + " WHERE ")
                            .then(within(lead, range))
                            .then(lead.order() + " LIMIT 1 OFFSET ?", rows);
                    from = Math.max(from, session.number(last.sql(), last.places()));
                }
            }
        }
        return new Range(from, range.before);
    }

    /** Selects the ids, the newest first. */
    PreparedStatement select(Range range, long limit) throws SQLException {
        Clause statement = statement(range, limit);
        return session.bound(statement.sql(), statement.places());
    }

    List<Long> ids(Range range, int limit) throws SQLException {
        Clause statement = statement(range, limit);
        return session.list(statement.sql(), row -> row.getLong(1), statement.places());
    }

    private Clause statement(Range range, long limit) {
        List<Clause> each = conditions.leads().stream()
                .map(lead -> followed(lead, range, limit))
                .toList();
        return each.size() == 1
                ? each.get(0)
                : Clause.joined(each, "SELECT id FROM (", ") AS one UNION SELECT id FROM (", ") AS one")
                        .then(" ORDER BY id DESC LIMIT ?", limit);
    }

    private Clause followed(Lead lead, Range range, long limit) {
        // Two recipients of a message may have the same code, or the same beginning.
        String select = lead.ofMessages() ? "SELECT " : "SELECT DISTINCT ";
        Lead followed = lead.ordered() ? lead : new Lead("few", "few.id", null, new Clause("1 = 1"), true);
        // The limit keeps the planner from going through all messages in their order for a few of them.
        Clause from = lead.ordered()
                ? new Clause(lead.table())
                : new Clause("(SELECT " + lead.id() + " AS id FROM " + lead.table() + " WHERE ")
                        .then(lead.where())
                        .then(" LIMIT ?) AS few", work);
        // SQLite takes the tables of a CROSS JOIN in this order.
        boolean joined = !conditions.others().isEmpty() && !followed.ofMessages();
        return new Clause(select + followed.id() + " AS id")
                .then((followed.column() == null ? "" : ", " + followed.column()) + " FROM ")
                .then(from)
                .then(joined ? " CROSS JOIN message m WHERE m.id = " + followed.id() + " AND " : " WHERE ")
                .then(within(followed, range))
                .then(others())
                .then(followed.order() + " LIMIT ?", limit);
    }

    /** Within a function no index answers them: the planner is not to follow another one, on which nothing bounds the way. */
    private Clause others() {
        return conditions.others().isEmpty()
                ? new Clause("")
                : Clause.joined(conditions.others(), " AND COALESCE(", " AND ", ", FALSE)");
    }

    /** The rows of a lead whose ids are in a range. */
    private Clause within(Lead lead, Range range) {
        if (lead.column() == null) {
            return lead.where().then(" AND " + lead.id() + " < ? AND " + lead.id() + " >= ?", range.before, range.from);
        }
        Object value = lead.where().values().get(0);
        return new Clause(
                dialect.ofOneValue(lead.column(), lead.id()) + PARTIAL.getOrDefault(lead.column(), ""),
                value,
                range.before,
                value,
                range.from);
    }
}
