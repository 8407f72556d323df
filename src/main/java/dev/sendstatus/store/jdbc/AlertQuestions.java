package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.CountedMessages;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.OutcomeBatch;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeSeries;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.SettledMessage;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The questions that the rules of the alerts ask each minute. Every question looks at a bounded number of rows. Any thread. */
public final class AlertQuestions {
    // The newest are enough to say of whom they are; there may be very many.
    private static final String SELECT_QUARANTINE = """
            SELECT a.provider, a.name, count(*), min(q.received_at), max(q.quarantine_reason)
            FROM (SELECT account_id, received_at, quarantine_reason FROM callback
                  WHERE quarantine_reason IS NOT NULL ORDER BY id DESC LIMIT ?) q
            JOIN account a ON a.id = q.account_id
            GROUP BY a.provider, a.name""";
    private static final String SELECT_NEVER_REPORTED = """
            SELECT a.provider, a.name, (? - s.ended_at) / 86400000, count(*)
            FROM stuck s JOIN message m ON m.id = s.message_id JOIN account a ON a.id = m.account_id
            WHERE s.ending = 'never_reported' AND s.ended_at > ? AND s.ended_at <= ?
            GROUP BY 1, 2, 3""";
    // The account * stands for all of its provider.
    private static final String COUNT_CALLBACKS = """
            SELECT count(*) FROM (
                SELECT 1 FROM callback
                WHERE received_at >= ?
                    AND account_id IN (SELECT id FROM account WHERE provider = ? AND (name = ? OR ? = '*'))
                LIMIT ?) few""";
    // An index of messages by their progress ends with their number.
    private static final String SELECT_COMMON_CODE = """
            SELECT error_code FROM (
                SELECT error_code, account_id FROM message WHERE progress = 'failed' ORDER BY id DESC LIMIT ?) newest
            WHERE account_id = ? AND error_code IS NOT NULL
            GROUP BY error_code ORDER BY count(*) DESC, error_code LIMIT 1""";

    private static final String SELECT_NOTED = "SELECT name, at, figure FROM noted WHERE what = ? ORDER BY at";
    private static final String SELECT_API_REFUSED =
            "SELECT provider, account, since, answer FROM api_refused ORDER BY provider, account";

    private final Readers readers;

    AlertQuestions(Readers readers) {
        this.readers = readers;
    }

    /** A question about an account by its number. */
    @FunctionalInterface
    private interface OfAccount<T> {
        T ask(Session session, long account) throws SQLException;
    }

    /** @param none the answer for an account that nothing was ever stored for */
    private <T> T query(String doing, AccountName account, T none, OfAccount<T> question) throws StoreException {
        return readers.query(doing, session -> {
            Long number = Accounts.find(session, account);
            return number == null ? none : question.ask(session, number);
        });
    }

    /**
     * The quarantined callbacks of an account.
     *
     * @param since when the oldest of these callbacks came
     * @param reason of one of them
     */
    public record Quarantine(AccountName account, long callbacks, Instant since, String reason) {}

    /** The quarantine of each account, among the newest callbacks of all. @param among so many */
    public List<Quarantine> quarantine(int among) throws StoreException {
        return readers.query(
                "looking into the quarantine",
                session -> session.list(
                        SELECT_QUARANTINE,
                        row -> new Quarantine(
                                Rows.account(row, 1), row.getLong(3), Rows.time(row, 4), row.getString(5)),
                        among));
    }

    /** The codes that the catalogue lacks and that came since then, by provider and code. */
    public List<SeenErrorCode> newCodes(Instant since) throws StoreException {
        return readers.query("looking for new error codes", session -> ErrorCodeTable.unknown(session, since));
    }

    /** How many messages were given up, by account and by how many days ago: 0 in the 24 hours before now. */
    public Map<AccountName, Map<Long, Long>> neverReported(Instant now, Duration within) throws StoreException {
        return readers.query("counting what was never reported", session -> {
            Map<AccountName, Map<Long, Long>> days = new HashMap<>();
            session.each(
                    SELECT_NEVER_REPORTED,
                    row -> days.computeIfAbsent(Rows.account(row, 1), name -> new HashMap<>())
                            .put(row.getLong(3), row.getLong(4)),
                    now,
                    now.minus(within),
                    now);
            return days;
        });
    }

    /** How many callbacks came since then. @param account {@code *} for all of a provider @param atMost no more are counted */
    public long callbacks(AccountName account, Instant since, long atMost) throws StoreException {
        return readers.query(
                "counting callbacks",
                session -> session.number(
                        COUNT_CALLBACKS, since, account.provider(), account.name(), account.name(), atMost));
    }

    /** The error code that an account's newest failed messages have most often. @param among so many of all accounts' */
    public Optional<String> commonCode(AccountName account, int among) throws StoreException {
        return query(
                "looking for error codes",
                account,
                Optional.empty(),
                (session, number) -> session.first(SELECT_COMMON_CODE, row -> row.getString(1), among, number));
    }

    /** The figures that were noted, the oldest first. */
    public List<Noted> noted(Noted.What what) throws StoreException {
        return readers.query(
                "reading what was noted",
                session -> session.list(
                        SELECT_NOTED,
                        row -> new Noted(row.getString(1), Rows.time(row, 2), row.getLong(3)),
                        what.word()));
    }

    /** The accounts whose credentials the provider's API refuses. */
    public List<ApiRefusal> apiRefusals() throws StoreException {
        return readers.query(
                "reading whose credentials are refused",
                session -> session.list(
                        SELECT_API_REFUSED,
                        row -> new ApiRefusal(Rows.account(row, 1), Rows.time(row, 3), row.getString(4))));
    }

    /** The number of the newest message that was first heard of by then; 0 if there is none. */
    public long newestMessage(Instant by) throws StoreException {
        return readers.query("reading the newest message", session -> SettledMessages.newest(session, by));
    }

    /** The messages of an account after the last that was counted, up to a number, in their order. @param limit at most so many */
    public List<SettledMessage> messages(AccountName account, long after, long to, int limit) throws StoreException {
        return query(
                "reading messages to be counted",
                account,
                List.of(),
                (session, number) -> SettledMessages.of(session, number, after, to, limit));
    }

    /** Up to which message an account is counted; 0 if none is. */
    public long counted(AccountName account, CountedMessages.What what) throws StoreException {
        return query(
                "reading what is counted",
                account,
                0L,
                (session, number) -> OutcomeTable.counted(session, number, what));
    }

    /** The recent batches of these keys of one account, the oldest first; without any for a key that is new. */
    public Map<OutcomeKey, List<OutcomeBatch>> batches(AccountName account, Collection<OutcomeKey> keys)
            throws StoreException {
        return query(
                "reading what became of messages",
                account,
                Map.of(),
                (session, number) -> OutcomeTable.batches(session, number, keys));
    }

    /** The keys of which so many recent messages fared badly, or were taken for spam since then. @param limit at most so many of each */
    public Set<OutcomeKey> troubled(OutcomeCounts.Kind kind, Instant since, long bad, int limit) throws StoreException {
        return readers.query(
                "looking where messages fare badly",
                session -> OutcomeTable.troubled(session, kind, since, bad, limit));
    }

    /**
     * The outcomes of a key's messages.
     *
     * @param from the history begins then
     * @param until it ends then
     * @param lately since when all is added up
     */
    public OutcomeSeries series(OutcomeKey key, Instant from, Instant until, Instant lately) throws StoreException {
        return query(
                "reading what became of messages",
                key.account(),
                new OutcomeSeries(key, List.of(), List.of(), OutcomeCounts.NONE),
                (session, number) -> OutcomeTable.series(session, number, key, from, until, lately));
    }

    /** The senders, campaigns and so on with the most of it among an account's recent messages, the greatest first. */
    public Map<OutcomeKey, OutcomeCounts> parts(AccountName account, OutcomeCounts.Kind kind, Instant since, int limit)
            throws StoreException {
        return query(
                "reading what became of messages",
                account,
                Map.of(),
                (session, number) -> OutcomeTable.parts(session, number, account, kind, since, limit));
    }

    /** How many final reports took at most so long, and longer than the next shorter time, since that day. */
    public Map<AccountName, Map<Duration, Long>> receiptTimes(long sinceDay) throws StoreException {
        return readers.query("reading how long receipts take", session -> OutcomeTable.receiptTimes(session, sinceDay));
    }
}
