package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Progress;
import dev.sendstatus.store.CountedOutcomes;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeKey.Dimension;
import dev.sendstatus.store.OutcomeSeries;
import dev.sendstatus.store.SettledMessage;
import dev.sendstatus.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of settled messages, by which alerts are judged: the recent batches of each key, and its history by the hour. Every question
 * looks at a bounded number of rows. Any thread.
 */
public final class OutcomeReader {
    /** Walks back from the newest, over those that came since then. On PostgreSQL, all with a lower number are committed by now. */
    private static final String SELECT_NEWEST =
            "SELECT id FROM message WHERE first_event_at <= ? ORDER BY id DESC LIMIT 1";

    private static final String SELECT_MESSAGES = """
            SELECT m.id, m.direction = 'outbound', m.progress, e.category, m.sender, m.campaign,
                (SELECT string_agg(d.link_domain, ?) FROM message_link_domain d WHERE d.message_id = m.id),
                (SELECT string_agg(r.carrier, ?) FROM recipient r WHERE r.message_id = m.id),
                m.first_event_at, coalesce(m.sent_at, m.registered_at), m.finalized_at
            FROM message m LEFT JOIN error_code e ON e.provider = m.provider AND e.code = m.error_code
            WHERE m.id > ? AND m.id <= ? AND m.account_id = ?
            ORDER BY m.id LIMIT ?""";
    /** Between texts that are read as one: an information separator of ASCII, which stands in no name. */
    private static final String BETWEEN = "\u001e";

    private static final String SELECT_COUNTED = "SELECT message_id FROM counted WHERE account_id = ? AND what = ?";
    private static final String SELECT_BATCHES = """
            SELECT number, first_at, last_at, messages, failed, spam_filter, opt_out, late
            FROM outcome_batch WHERE account_id = ? AND dimension = ? AND name = ? ORDER BY number""";
    private static final String SELECT_TROUBLED = """
            SELECT provider, account, dimension, name FROM (
                SELECT a.provider, a.name AS account, b.dimension, b.name,
                    sum(CASE ? WHEN 'failed' THEN failed WHEN 'spam_filter' THEN spam_filter WHEN 'opt_out' THEN opt_out ELSE late END) AS bad
                FROM outcome_batch b JOIN account a ON a.id = b.account_id
                WHERE last_at >= ?
                GROUP BY a.provider, a.name, b.dimension, b.name) counted
            WHERE bad >= ? ORDER BY bad DESC LIMIT ?""";
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
    // An index of messages by their progress ends with their number.
    private static final String SELECT_COMMON_CODE = """
            SELECT error_code FROM (
                SELECT error_code, account_id FROM message WHERE progress = 'failed' ORDER BY id DESC LIMIT ?) newest
            WHERE account_id = ? AND error_code IS NOT NULL
            GROUP BY error_code ORDER BY count(*) DESC, error_code LIMIT 1""";
    private static final String SELECT_RECEIPT_TIMES = """
            SELECT a.provider, a.name, t.seconds, sum(t.messages)
            FROM receipt_time t JOIN account a ON a.id = t.account_id
            WHERE t.day >= ? GROUP BY a.provider, a.name, t.seconds""";

    private final Readers readers;

    OutcomeReader(Readers readers) {
        this.readers = readers;
    }

    /** A question about an account by its number. */
    @FunctionalInterface
    private interface OfAccount<T> {
        T ask(Session session, long account) throws SQLException;
    }

    /** @param none the answer for an account that nothing was ever stored for */
    private <T> T query(AccountName account, T none, OfAccount<T> question) throws StoreException {
        return readers.query("reading what became of messages", session -> {
            Long number = Accounts.find(session, account);
            return number == null ? none : question.ask(session, number);
        });
    }

    /** The number of the newest message that was first heard of by then; 0 if there is none. */
    public long newestMessage(Instant by) throws StoreException {
        return readers.query("reading the newest message", session -> session.number(SELECT_NEWEST, by));
    }

    /**
     * The messages of an account in the order in which they were first heard of, which is that of their numbers.
     *
     * @param after the last that was counted
     * @param to the last that is asked for
     * @param limit at most so many
     */
    public List<SettledMessage> messages(AccountName account, long after, long to, int limit) throws StoreException {
        return query(
                account,
                List.of(),
                (session, number) -> session.list(
                        SELECT_MESSAGES, OutcomeReader::message, BETWEEN, BETWEEN, after, to, number, limit));
    }

    private static SettledMessage message(ResultSet row) throws SQLException {
        return new SettledMessage(
                row.getLong(1),
                row.getBoolean(2),
                Rows.constant(row, 3, Progress.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                split(row.getString(7)),
                split(row.getString(8)),
                Rows.time(row, 9),
                Rows.timeOrNull(row, 10),
                Rows.timeOrNull(row, 11));
    }

    private static List<String> split(@Nullable String texts) {
        return texts == null
                ? List.of()
                : Arrays.stream(texts.split(BETWEEN)).distinct().toList();
    }

    /** Up to which message an account is counted; 0 if none is. */
    public long counted(AccountName account, CountedOutcomes.What what) throws StoreException {
        return query(account, 0L, (session, number) -> session.number(SELECT_COUNTED, number, what));
    }

    /** The recent batches of these keys of one account, the oldest first; without any for a key that is new. */
    public Map<OutcomeKey, List<OutcomeSeries.Batch>> batches(AccountName account, Collection<OutcomeKey> keys)
            throws StoreException {
        return query(account, Map.of(), (session, number) -> {
            Map<OutcomeKey, List<OutcomeSeries.Batch>> batches = new HashMap<>();
            for (OutcomeKey key : keys) {
                batches.put(key, batches(session, number, key));
            }
            return batches;
        });
    }

    private static List<OutcomeSeries.Batch> batches(Session session, long account, OutcomeKey key)
            throws SQLException {
        return session.list(
                SELECT_BATCHES,
                row -> new OutcomeSeries.Batch(row.getLong(1), Rows.time(row, 2), Rows.time(row, 3), counts(row, 4)),
                account,
                key.dimension(),
                key.name());
    }

    private static OutcomeCounts counts(ResultSet row, int first) throws SQLException {
        return new OutcomeCounts(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4));
    }

    /** The keys of which so many recent messages fared badly, or were taken for spam since then. @param limit at most so many of each */
    public Set<OutcomeKey> troubled(OutcomeCounts.Kind kind, Instant since, long bad, int limit) throws StoreException {
        return readers.query("looking where messages fare badly", session -> {
            Set<OutcomeKey> keys =
                    new LinkedHashSet<>(session.list(SELECT_TROUBLED, OutcomeReader::key, kind, since, bad, limit));
            if (kind == OutcomeCounts.Kind.SPAM_FILTER) {
                keys.addAll(session.list(SELECT_SPAM, OutcomeReader::key, OutcomeKey.hour(since), bad, limit));
            }
            return keys;
        });
    }

    private static OutcomeKey key(ResultSet row) throws SQLException {
        return new OutcomeKey(Rows.account(row, 1), Rows.constant(row, 3, Dimension.class), row.getString(4));
    }

    /**
     * The outcomes of a key's messages.
     *
     * @param from the history begins then
     * @param until it ends then
     * @param lately since when all is added up
     */
    public OutcomeSeries series(OutcomeKey key, Instant from, Instant until, Instant lately) throws StoreException {
        OutcomeSeries none = new OutcomeSeries(key, List.of(), List.of(), OutcomeCounts.NONE);
        return query(key.account(), none, (session, account) -> {
            List<OutcomeSeries.Batch> recent = batches(session, account, key);
            OutcomeCounts late = days(session, account, key, lately, Instant.ofEpochMilli(Long.MAX_VALUE)).stream()
                    .reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
            for (OutcomeSeries.Batch batch : recent) {
                late = batch.lastAt().isBefore(lately) ? late : late.plus(batch.counts());
            }
            return new OutcomeSeries(key, recent, days(session, account, key, from, until), late);
        });
    }

    private static List<OutcomeCounts> days(Session session, long account, OutcomeKey key, Instant from, Instant until)
            throws SQLException {
        return session.list(
                SELECT_DAYS,
                row -> counts(row, 2),
                account,
                key.dimension(),
                key.name(),
                OutcomeKey.hour(from),
                OutcomeKey.hour(until));
    }

    /** The senders, campaigns and so on with the most of it among an account's recent messages, the greatest first. */
    public Map<OutcomeKey, OutcomeCounts> parts(AccountName account, OutcomeCounts.Kind kind, Instant since, int limit)
            throws StoreException {
        return query(account, Map.of(), (session, number) -> {
            Map<OutcomeKey, OutcomeCounts> parts = new LinkedHashMap<>();
            session.each(
                    SELECT_PARTS,
                    row -> parts.put(
                            new OutcomeKey(account, Rows.constant(row, 1, Dimension.class), row.getString(2)),
                            counts(row, 3)),
                    number,
                    since,
                    kind,
                    limit);
            return parts;
        });
    }

    /** The error code that an account's newest failed messages have most often. @param among so many of all accounts' */
    public Optional<String> commonCode(AccountName account, int among) throws StoreException {
        return query(
                account,
                Optional.empty(),
                (session, number) -> session.first(SELECT_COMMON_CODE, row -> row.getString(1), among, number));
    }

    /** How many final reports took at most so long, and longer than the next shorter time, since that day. */
    public Map<AccountName, Map<Duration, Long>> receiptTimes(long sinceDay) throws StoreException {
        return readers.query("reading how long receipts take", session -> {
            Map<AccountName, Map<Duration, Long>> times = new HashMap<>();
            session.each(
                    SELECT_RECEIPT_TIMES,
                    row -> times.computeIfAbsent(Rows.account(row, 1), name -> new HashMap<>())
                            .put(Duration.ofSeconds(row.getLong(3)), row.getLong(4)),
                    sinceDay);
            return times;
        });
    }
}
