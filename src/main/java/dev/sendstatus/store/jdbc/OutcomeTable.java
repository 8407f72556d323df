package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.CountedMessages;
import dev.sendstatus.store.OutcomeBatch;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeKey.Dimension;
import dev.sendstatus.store.OutcomeSeries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The outcomes of settled messages: the recent batches of each key, and its history by the hour. */
final class OutcomeTable {
    private static final Word<Dimension> DIMENSIONS = new Word<>(Dimension.class);
    private static final Word<OutcomeCounts.Kind> KINDS = new Word<>(OutcomeCounts.Kind.class);
    private static final long HOUR_MILLIS = 3_600_000;

    private static final String SELECT_COUNTED = "SELECT message_id FROM counted WHERE account_id = ? AND what = ?";
    private static final String BEGIN_COUNTED =
            "INSERT INTO counted (account_id, what, message_id) VALUES (?, ?, 0) ON CONFLICT (account_id, what) DO NOTHING";
    /** Of two nodes that counted the same, the second changes nothing. */
    private static final String MOVE_COUNTED =
            "UPDATE counted SET message_id = ? WHERE account_id = ? AND what = ? AND message_id = ?";

    private static final String SELECT_BATCHES = """
            SELECT number, first_at, last_at, messages, failed, spam_filter, opt_out, late
            FROM outcome_batch WHERE account_id = ? AND dimension = ? AND name = ? ORDER BY number""";
    private static final String SAVE_BATCH = """
            INSERT INTO outcome_batch
                (account_id, dimension, name, number, first_at, last_at, messages, failed, spam_filter, opt_out, late)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, dimension, name, number) DO UPDATE
            SET first_at = excluded.first_at, last_at = excluded.last_at, messages = excluded.messages, failed = excluded.failed,
                spam_filter = excluded.spam_filter, opt_out = excluded.opt_out, late = excluded.late""";
    private static final String REMOVE_BATCHES =
            "DELETE FROM outcome_batch WHERE account_id = ? AND dimension = ? AND name = ? AND number <= ?";
    private static final String ADD_HOUR = """
            INSERT INTO outcome AS o (account_id, dimension, name, hour, messages, failed, spam_filter, opt_out, late)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account_id, dimension, name, hour) DO UPDATE
            SET messages = o.messages + excluded.messages, failed = o.failed + excluded.failed,
                spam_filter = o.spam_filter + excluded.spam_filter, opt_out = o.opt_out + excluded.opt_out,
                late = o.late + excluded.late""";
    private static final String ADD_RECEIPT_TIME = """
            INSERT INTO receipt_time AS r (account_id, day, seconds, messages) VALUES (?, ?, ?, ?)
            ON CONFLICT (account_id, day, seconds) DO UPDATE SET messages = r.messages + excluded.messages""";

    /** Moves old batches into the history, for keys with enough messages to be judged by. Its places are the time and the least number of messages. */
    private static final String KEEP_OLD = """
            INSERT INTO outcome AS o (account_id, dimension, name, hour, messages, failed, spam_filter, opt_out, late)
            SELECT b.account_id, b.dimension, b.name, b.last_at / 3600000, sum(b.messages), sum(b.failed), sum(b.spam_filter),
                sum(b.opt_out), sum(b.late)
            FROM outcome_batch b
            WHERE b.last_at < ?
                AND (SELECT sum(a.messages) FROM outcome_batch a
                     WHERE a.account_id = b.account_id AND a.dimension = b.dimension AND a.name = b.name) >= ?
            GROUP BY b.account_id, b.dimension, b.name, b.last_at / 3600000
            ON CONFLICT (account_id, dimension, name, hour) DO UPDATE
            SET messages = o.messages + excluded.messages, failed = o.failed + excluded.failed,
                spam_filter = o.spam_filter + excluded.spam_filter, opt_out = o.opt_out + excluded.opt_out,
                late = o.late + excluded.late""";

    private static final String REMOVE_OLD = "DELETE FROM outcome_batch WHERE last_at < ?";
    private static final String REMOVE_HOURS = "DELETE FROM outcome WHERE hour < ?";
    private static final String REMOVE_RECEIPT_TIMES = "DELETE FROM receipt_time WHERE day < ?";

    private static final String SELECT_RECEIPT_TIMES = """
            SELECT a.provider, a.name, t.seconds, sum(t.messages)
            FROM receipt_time t JOIN account a ON a.id = t.account_id
            WHERE t.day >= ? GROUP BY a.provider, a.name, t.seconds""";

    private static final String SELECT_TROUBLED = """
            SELECT a.provider, a.name, b.dimension, b.name,
                sum(CASE ? WHEN 'failed' THEN failed WHEN 'spam_filter' THEN spam_filter WHEN 'opt_out' THEN opt_out ELSE late END) AS bad
            FROM outcome_batch b JOIN account a ON a.id = b.account_id
            WHERE last_at >= ?
            GROUP BY a.provider, a.name, b.dimension, b.name
            HAVING sum(CASE ? WHEN 'failed' THEN failed WHEN 'spam_filter' THEN spam_filter WHEN 'opt_out' THEN opt_out ELSE late END)
                >= ?
            ORDER BY bad DESC LIMIT ?""";
    private static final String SELECT_SPAM = """
            SELECT a.provider, a.name, o.dimension, o.name
            FROM outcome o JOIN account a ON a.id = o.account_id
            WHERE hour >= ? AND spam_filter > 0
            GROUP BY a.provider, a.name, o.dimension, o.name HAVING sum(spam_filter) >= ?
            ORDER BY sum(spam_filter) DESC LIMIT ?""";
    private static final String SELECT_DAYS = """
            SELECT hour / 24, sum(messages), sum(failed), sum(spam_filter), sum(opt_out), sum(late)
            FROM outcome WHERE account_id = ? AND dimension = ? AND name = ? AND hour >= ? AND hour < ?
            GROUP BY hour / 24""";
    private static final String SELECT_PARTS = """
            SELECT dimension, name, sum(messages), sum(failed), sum(spam_filter), sum(opt_out), sum(late)
            FROM outcome_batch
            WHERE account_id = ? AND dimension NOT IN ('account', 'receipts') AND last_at >= ?
            GROUP BY dimension, name
            ORDER BY CASE ? WHEN 'failed' THEN sum(failed) WHEN 'spam_filter' THEN sum(spam_filter) ELSE sum(opt_out) END DESC,
                dimension, name
            LIMIT ?""";

    private OutcomeTable() {}

    static long counted(Session session, long account, CountedMessages.What what) throws SQLException {
        return session.number(SELECT_COUNTED, account, what.word());
    }

    /** @return false if another node counted them meanwhile: then nothing is kept */
    static boolean save(Session session, Accounts accounts, CountedMessages counted) throws SQLException {
        long account = accounts.number(session, counted.account());
        String what = counted.what().word();
        if (counted.from() == 0) {
            session.update(BEGIN_COUNTED, account, what);
        }
        if (session.update(MOVE_COUNTED, counted.to(), account, what, counted.from()) == 0) {
            return false;
        }
        for (Map.Entry<OutcomeKey, List<OutcomeBatch>> key : counted.changed().entrySet()) {
            for (OutcomeBatch batch : key.getValue()) {
                save(session, account, key.getKey(), batch);
            }
        }
        for (Map.Entry<OutcomeKey, List<OutcomeBatch>> key : counted.left().entrySet()) {
            for (OutcomeBatch batch : key.getValue()) {
                leave(session, account, key.getKey(), batch);
            }
        }
        for (Map.Entry<Long, Map<Duration, Long>> day : counted.receiptTimes().entrySet()) {
            session.batch(ADD_RECEIPT_TIME, day.getValue().entrySet(), step ->
                    new Object[] {account, day.getKey(), step.getKey().toSeconds(), step.getValue()});
        }
        return true;
    }

    private static void save(Session session, long account, OutcomeKey key, OutcomeBatch batch) throws SQLException {
        OutcomeCounts counts = batch.counts();
        session.update(
                SAVE_BATCH,
                account,
                DIMENSIONS.of(key.dimension()),
                key.name(),
                batch.number(),
                batch.firstAt(),
                batch.lastAt(),
                counts.messages(),
                counts.failed(),
                counts.spamFilter(),
                counts.optOut(),
                counts.late());
    }

    /** It is the oldest of the key. */
    private static void leave(Session session, long account, OutcomeKey key, OutcomeBatch batch) throws SQLException {
        String dimension = DIMENSIONS.of(key.dimension());
        OutcomeCounts counts = batch.counts();
        session.update(
                ADD_HOUR,
                account,
                dimension,
                key.name(),
                hour(batch.lastAt()),
                counts.messages(),
                counts.failed(),
                counts.spamFilter(),
                counts.optOut(),
                counts.late());
        session.update(REMOVE_BATCHES, account, dimension, key.name(), batch.number());
    }

    private static OutcomeCounts counts(ResultSet row, int first) throws SQLException {
        return new OutcomeCounts(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4));
    }

    private static long hour(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), HOUR_MILLIS);
    }

    static Map<OutcomeKey, List<OutcomeBatch>> batches(Session session, long account, Collection<OutcomeKey> keys)
            throws SQLException {
        Map<OutcomeKey, List<OutcomeBatch>> batches = new HashMap<>();
        for (OutcomeKey key : keys) {
            batches.put(key, batches(session, account, key));
        }
        return batches;
    }

    private static List<OutcomeBatch> batches(Session session, long account, OutcomeKey key) throws SQLException {
        return session.list(
                SELECT_BATCHES,
                row -> new OutcomeBatch(row.getLong(1), Rows.time(row, 2), Rows.time(row, 3), counts(row, 4)),
                account,
                DIMENSIONS.of(key.dimension()),
                key.name());
    }

    /** The keys with so many bad messages among the recent ones, or so much spam since then. */
    static Set<OutcomeKey> troubled(Session session, OutcomeCounts.Kind kind, Instant since, long bad, int limit)
            throws SQLException {
        String word = KINDS.of(kind);
        Set<OutcomeKey> keys =
                new LinkedHashSet<>(session.list(SELECT_TROUBLED, OutcomeTable::key, word, since, word, bad, limit));
        if (kind == OutcomeCounts.Kind.SPAM_FILTER) {
            keys.addAll(session.list(SELECT_SPAM, OutcomeTable::key, hour(since), bad, limit));
        }
        return keys;
    }

    private static OutcomeKey key(ResultSet row) throws SQLException {
        return new OutcomeKey(Rows.account(row, 1), DIMENSIONS.constant(row.getString(3)), row.getString(4));
    }

    /**
     * @param from the history begins then
     * @param until it ends then
     * @param lately since when all is added up
     */
    static OutcomeSeries series(
            Session session, long account, OutcomeKey key, Instant from, Instant until, Instant lately)
            throws SQLException {
        List<OutcomeBatch> recent = batches(session, account, key);
        OutcomeCounts late = days(session, account, key, lately, Instant.ofEpochMilli(Long.MAX_VALUE)).stream()
                .reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
        for (OutcomeBatch batch : recent) {
            late = batch.lastAt().isBefore(lately) ? late : late.plus(batch.counts());
        }
        return new OutcomeSeries(key, recent, days(session, account, key, from, until), late);
    }

    private static List<OutcomeCounts> days(Session session, long account, OutcomeKey key, Instant from, Instant until)
            throws SQLException {
        return session.list(
                SELECT_DAYS,
                row -> counts(row, 2),
                account,
                DIMENSIONS.of(key.dimension()),
                key.name(),
                hour(from),
                hour(until));
    }

    /** The senders, campaigns and so on with the most of it among an account's recent messages, the greatest first. */
    static Map<OutcomeKey, OutcomeCounts> parts(
            Session session, long account, AccountName name, OutcomeCounts.Kind kind, Instant since, int limit)
            throws SQLException {
        Map<OutcomeKey, OutcomeCounts> parts = new LinkedHashMap<>();
        session.each(
                SELECT_PARTS,
                row -> parts.put(
                        new OutcomeKey(name, DIMENSIONS.constant(row.getString(1)), row.getString(2)), counts(row, 3)),
                account,
                since,
                KINDS.of(kind),
                limit);
        return parts;
    }

    static Map<AccountName, Map<Duration, Long>> receiptTimes(Session session, long sinceDay) throws SQLException {
        Map<AccountName, Map<Duration, Long>> times = new HashMap<>();
        session.each(
                SELECT_RECEIPT_TIMES,
                row -> times.computeIfAbsent(Rows.account(row, 1), name -> new HashMap<>())
                        .put(Duration.ofSeconds(row.getLong(3)), row.getLong(4)),
                sinceDay);
        return times;
    }

    /**
     * Has what is no longer recent go into the history.
     *
     * @param recent batches of messages before then
     * @param enough of keys with so many messages; of others nothing is kept
     * @param history what is older than that is removed
     */
    static void tidy(Session session, Instant recent, long enough, Instant history) throws SQLException {
        session.update(KEEP_OLD, recent, enough);
        session.update(REMOVE_OLD, recent);
        session.update(REMOVE_HOURS, hour(history));
        session.update(REMOVE_RECEIPT_TIMES, hour(history) / 24);
    }
}
