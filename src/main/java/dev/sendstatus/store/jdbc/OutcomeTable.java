package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.CountedMessages;
import dev.sendstatus.store.OutcomeBatch;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeKey.Dimension;
import dev.sendstatus.store.OutcomeSeries;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
            SELECT account_id, seconds, sum(messages) FROM receipt_time WHERE day >= ? GROUP BY account_id, seconds""";

    private static final String SELECT_TROUBLED = """
            SELECT account_id, dimension, name,
                sum(CASE ? WHEN 'failed' THEN failed WHEN 'spam_filter' THEN spam_filter WHEN 'opt_out' THEN opt_out ELSE late END) AS bad
            FROM outcome_batch WHERE last_at >= ?
            GROUP BY account_id, dimension, name
            HAVING sum(CASE ? WHEN 'failed' THEN failed WHEN 'spam_filter' THEN spam_filter WHEN 'opt_out' THEN opt_out ELSE late END)
                >= ?
            ORDER BY bad DESC LIMIT ?""";
    private static final String SELECT_SPAM = """
            SELECT account_id, dimension, name FROM outcome WHERE hour >= ? AND spam_filter > 0
            GROUP BY account_id, dimension, name HAVING sum(spam_filter) >= ?
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
        PreparedStatement select = session.prepared(SELECT_COUNTED);
        select.setLong(1, account);
        select.setString(2, what.word());
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** @return false if another node counted them meanwhile: then nothing is kept */
    static boolean save(Session session, Accounts accounts, CountedMessages counted) throws SQLException {
        long account = accounts.number(session, counted.account());
        if (counted.from() == 0) {
            PreparedStatement begin = session.prepared(BEGIN_COUNTED);
            begin.setLong(1, account);
            begin.setString(2, counted.what().word());
            begin.executeUpdate();
        }
        PreparedStatement move = session.prepared(MOVE_COUNTED);
        move.setLong(1, counted.to());
        move.setLong(2, account);
        move.setString(3, counted.what().word());
        move.setLong(4, counted.from());
        if (move.executeUpdate() == 0) {
            return false;
        }
        for (Map.Entry<OutcomeKey, List<OutcomeBatch>> key : counted.changed().entrySet()) {
            for (OutcomeBatch batch : key.getValue()) {
                saveBatch(session, account, key.getKey(), batch);
            }
        }
        for (Map.Entry<OutcomeKey, List<OutcomeBatch>> key : counted.left().entrySet()) {
            leave(session, account, key.getKey(), key.getValue());
        }
        PreparedStatement add = session.prepared(ADD_RECEIPT_TIME);
        for (Map.Entry<Long, Map<Duration, Long>> day : counted.receiptTimes().entrySet()) {
            for (Map.Entry<Duration, Long> step : day.getValue().entrySet()) {
                add.setLong(1, account);
                add.setLong(2, day.getKey());
                add.setLong(3, step.getKey().toSeconds());
                add.setLong(4, step.getValue());
                add.executeUpdate();
            }
        }
        return true;
    }

    private static void saveBatch(Session session, long account, OutcomeKey key, OutcomeBatch batch)
            throws SQLException {
        PreparedStatement save = session.prepared(SAVE_BATCH);
        setKey(save, account, key);
        save.setLong(4, batch.number());
        save.setLong(5, batch.firstAt().toEpochMilli());
        save.setLong(6, batch.lastAt().toEpochMilli());
        setCounts(save, 7, batch.counts());
        save.executeUpdate();
    }

    /** They are the oldest of the key. */
    private static void leave(Session session, long account, OutcomeKey key, List<OutcomeBatch> batches)
            throws SQLException {
        if (batches.isEmpty()) {
            return;
        }
        PreparedStatement add = session.prepared(ADD_HOUR);
        for (OutcomeBatch batch : batches) {
            setKey(add, account, key);
            add.setLong(4, hour(batch.lastAt()));
            setCounts(add, 5, batch.counts());
            add.executeUpdate();
        }
        PreparedStatement remove = session.prepared(REMOVE_BATCHES);
        setKey(remove, account, key);
        remove.setLong(4, batches.get(batches.size() - 1).number());
        remove.executeUpdate();
    }

    private static void setKey(PreparedStatement statement, long account, OutcomeKey key) throws SQLException {
        statement.setLong(1, account);
        statement.setString(2, DIMENSIONS.of(key.dimension()));
        statement.setString(3, key.name());
    }

    private static void setCounts(PreparedStatement statement, int first, OutcomeCounts counts) throws SQLException {
        statement.setLong(first, counts.messages());
        statement.setLong(first + 1, counts.failed());
        statement.setLong(first + 2, counts.spamFilter());
        statement.setLong(first + 3, counts.optOut());
        statement.setLong(first + 4, counts.late());
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
        PreparedStatement select = session.prepared(SELECT_BATCHES);
        setKey(select, account, key);
        List<OutcomeBatch> batches = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                batches.add(new OutcomeBatch(row.getLong(1), Rows.time(row, 2), Rows.time(row, 3), counts(row, 4)));
            }
        }
        return batches;
    }

    /** The keys with so many bad messages among the recent ones, or so much spam since then. */
    static Set<OutcomeKey> troubled(Session session, OutcomeCounts.Kind kind, Instant since, long bad, int limit)
            throws SQLException {
        Map<Long, AccountName> accounts = Accounts.byNumber(session);
        PreparedStatement select = session.prepared(SELECT_TROUBLED);
        select.setString(1, KINDS.of(kind));
        select.setLong(2, since.toEpochMilli());
        select.setString(3, KINDS.of(kind));
        select.setLong(4, bad);
        select.setInt(5, limit);
        Set<OutcomeKey> keys = new LinkedHashSet<>(keys(select, accounts));
        if (kind == OutcomeCounts.Kind.SPAM_FILTER) {
            PreparedStatement spam = session.prepared(SELECT_SPAM);
            spam.setLong(1, hour(since));
            spam.setLong(2, bad);
            spam.setInt(3, limit);
            keys.addAll(keys(spam, accounts));
        }
        return keys;
    }

    private static List<OutcomeKey> keys(PreparedStatement select, Map<Long, AccountName> accounts)
            throws SQLException {
        List<OutcomeKey> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                AccountName account = accounts.get(row.getLong(1));
                if (account != null) {
                    keys.add(new OutcomeKey(account, DIMENSIONS.constant(row.getString(2)), row.getString(3)));
                }
            }
        }
        return keys;
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
        PreparedStatement select = session.prepared(SELECT_DAYS);
        setKey(select, account, key);
        select.setLong(4, hour(from));
        select.setLong(5, hour(until));
        List<OutcomeCounts> days = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                days.add(counts(row, 2));
            }
        }
        return days;
    }

    /** The senders, campaigns and so on with the most of it among an account's recent messages, the greatest first. */
    static Map<OutcomeKey, OutcomeCounts> parts(
            Session session, long account, AccountName name, OutcomeCounts.Kind kind, Instant since, int limit)
            throws SQLException {
        PreparedStatement select = session.prepared(SELECT_PARTS);
        select.setLong(1, account);
        select.setLong(2, since.toEpochMilli());
        select.setString(3, KINDS.of(kind));
        select.setInt(4, limit);
        Map<OutcomeKey, OutcomeCounts> parts = new LinkedHashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                parts.put(
                        new OutcomeKey(name, DIMENSIONS.constant(row.getString(1)), row.getString(2)), counts(row, 3));
            }
        }
        return parts;
    }

    static Map<AccountName, Map<Duration, Long>> receiptTimes(Session session, long sinceDay) throws SQLException {
        Map<Long, AccountName> accounts = Accounts.byNumber(session);
        PreparedStatement select = session.prepared(SELECT_RECEIPT_TIMES);
        select.setLong(1, sinceDay);
        Map<AccountName, Map<Duration, Long>> times = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                AccountName account = accounts.get(row.getLong(1));
                if (account != null) {
                    times.computeIfAbsent(account, name -> new HashMap<>())
                            .put(Duration.ofSeconds(row.getLong(2)), row.getLong(3));
                }
            }
        }
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
        PreparedStatement keep = session.prepared(KEEP_OLD);
        keep.setLong(1, recent.toEpochMilli());
        keep.setLong(2, enough);
        keep.executeUpdate();
        remove(session, REMOVE_OLD, recent.toEpochMilli());
        remove(session, REMOVE_HOURS, hour(history));
        remove(session, REMOVE_RECEIPT_TIMES, hour(history) / 24);
    }

    private static void remove(Session session, String sql, long before) throws SQLException {
        PreparedStatement delete = session.prepared(sql);
        delete.setLong(1, before);
        delete.executeUpdate();
    }
}
