package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.CountedMessages;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.OutcomeBatch;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeSeries;
import dev.sendstatus.store.QuarantinedOfAccount;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.SettledMessage;
import dev.sendstatus.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final String SELECT_NEW_CODES = """
            SELECT s.provider, s.code, s.count, s.last_at
            FROM error_seen s LEFT JOIN error_code e ON e.provider = s.provider AND e.code = s.code
            WHERE e.code IS NULL AND s.last_at >= ?
            ORDER BY s.provider, s.code""";
    private static final String SELECT_NEVER_REPORTED = """
            SELECT m.account_id, (? - s.ended_at) / 86400000, count(*)
            FROM stuck s JOIN message m ON m.id = s.message_id
            WHERE s.ending = 'never_reported' AND s.ended_at > ? AND s.ended_at <= ?
            GROUP BY 1, 2""";
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
    private static final String NOTE = """
            INSERT INTO noted (what, name, at, figure) VALUES (?, ?, ?, ?) ON CONFLICT (what, name, at) DO NOTHING""";
    private static final String FORGET_NOTED = "DELETE FROM noted WHERE what = ? AND at < ?";

    private static final String SELECT_API_REFUSED =
            "SELECT provider, account, since, answer FROM api_refused ORDER BY provider, account";
    private static final String NOTE_API_REFUSED = """
            INSERT INTO api_refused (provider, account, since, answer) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider, account) DO UPDATE SET answer = excluded.answer""";
    private static final String FORGET_API_REFUSED = "DELETE FROM api_refused WHERE provider = ? AND account = ?";

    private final Readers readers;

    AlertQuestions(Readers readers) {
        this.readers = readers;
    }

    /** The quarantine of each account, among the newest callbacks of all. @param among so many */
    public List<QuarantinedOfAccount> quarantine(int among) throws StoreException {
        return readers.query("looking into the quarantine", session -> quarantine(session, among));
    }

    /** The codes that the catalogue lacks and that came since then, by provider and code. */
    public List<SeenErrorCode> newCodes(Instant since) throws StoreException {
        return readers.query("looking for new error codes", session -> newCodes(session, since));
    }

    /** How many messages were given up, by account and by how many days ago: 0 in the 24 hours before now. */
    public Map<AccountName, Map<Long, Long>> neverReported(Instant now, Duration within) throws StoreException {
        return readers.query("counting what was never reported", session -> neverReported(session, now, within));
    }

    /** How many callbacks came since then. @param account {@code *} for all of a provider @param atMost no more are counted */
    public long callbacks(AccountName account, Instant since, long atMost) throws StoreException {
        return readers.query("counting callbacks", session -> callbacks(session, account, since, atMost));
    }

    /** The error code that an account's newest failed messages have most often. @param among so many of all accounts' */
    public Optional<String> commonCode(AccountName account, int among) throws StoreException {
        return readers.query("looking for error codes", session -> {
            Long number = Accounts.find(session, account);
            return number == null ? Optional.<String>empty() : commonCode(session, number, among);
        });
    }

    /** The figures that were noted, the oldest first. */
    public List<Noted> noted(Noted.What what) throws StoreException {
        return readers.query("reading what was noted", session -> noted(session, what));
    }

    /** The accounts whose credentials the provider's API refuses. */
    public List<ApiRefusal> apiRefusals() throws StoreException {
        return readers.query("reading whose credentials are refused", AlertQuestions::apiRefusals);
    }

    /** The number of the newest message that was first heard of by then; 0 if there is none. */
    public long newestMessage(Instant by) throws StoreException {
        return readers.query("reading the newest message", session -> SettledMessages.newest(session, by));
    }

    /** The messages of an account after the last that was counted, up to a number, in their order. @param limit at most so many */
    public List<SettledMessage> messages(AccountName account, long after, long to, int limit) throws StoreException {
        return readers.query("reading messages to be counted", session -> {
            Long number = Accounts.find(session, account);
            return number == null ? List.<SettledMessage>of() : SettledMessages.of(session, number, after, to, limit);
        });
    }

    /** Up to which message an account is counted; 0 if none is. */
    public long counted(AccountName account, CountedMessages.What what) throws StoreException {
        return readers.query("reading what is counted", session -> {
            Long number = Accounts.find(session, account);
            return number == null ? 0 : OutcomeTable.counted(session, number, what);
        });
    }

    /** The recent batches of these keys of one account, the oldest first; without any for a key that is new. */
    public Map<OutcomeKey, List<OutcomeBatch>> batches(AccountName account, Collection<OutcomeKey> keys)
            throws StoreException {
        return readers.query("reading what became of messages", session -> {
            Long number = Accounts.find(session, account);
            return number == null
                    ? Map.<OutcomeKey, List<OutcomeBatch>>of()
                    : OutcomeTable.batches(session, number, keys);
        });
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
        return readers.query("reading what became of messages", session -> {
            Long number = Accounts.find(session, key.account());
            return number == null
                    ? new OutcomeSeries(key, List.of(), List.of(), OutcomeCounts.NONE)
                    : OutcomeTable.series(session, number, key, from, until, lately);
        });
    }

    /** The senders, campaigns and so on with the most of it among an account's recent messages, the greatest first. */
    public Map<OutcomeKey, OutcomeCounts> parts(AccountName account, OutcomeCounts.Kind kind, Instant since, int limit)
            throws StoreException {
        return readers.query("reading what became of messages", session -> {
            Long number = Accounts.find(session, account);
            return number == null
                    ? Map.<OutcomeKey, OutcomeCounts>of()
                    : OutcomeTable.parts(session, number, account, kind, since, limit);
        });
    }

    /** How many final reports took at most so long, and longer than the next shorter time, since that day. */
    public Map<AccountName, Map<Duration, Long>> receiptTimes(long sinceDay) throws StoreException {
        return readers.query("reading how long receipts take", session -> OutcomeTable.receiptTimes(session, sinceDay));
    }

    private static List<QuarantinedOfAccount> quarantine(Session session, int limit) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_QUARANTINE);
        select.setInt(1, limit);
        List<QuarantinedOfAccount> quarantine = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                quarantine.add(
                        new QuarantinedOfAccount(account(row, 1), row.getLong(3), Rows.time(row, 4), row.getString(5)));
            }
        }
        return quarantine;
    }

    private static AccountName account(ResultSet row, int column) throws SQLException {
        return new AccountName(new Provider(row.getString(column)), row.getString(column + 1));
    }

    private static List<SeenErrorCode> newCodes(Session session, Instant since) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_NEW_CODES);
        select.setLong(1, since.toEpochMilli());
        List<SeenErrorCode> codes = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                codes.add(new SeenErrorCode(
                        new Provider(row.getString(1)), row.getString(2), row.getLong(3), Rows.time(row, 4)));
            }
        }
        return codes;
    }

    private static Map<AccountName, Map<Long, Long>> neverReported(Session session, Instant now, Duration within)
            throws SQLException {
        Map<Long, AccountName> accounts = Accounts.byNumber(session);
        PreparedStatement select = session.prepared(SELECT_NEVER_REPORTED);
        select.setLong(1, now.toEpochMilli());
        select.setLong(2, now.minus(within).toEpochMilli());
        select.setLong(3, now.toEpochMilli());
        Map<AccountName, Map<Long, Long>> days = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                AccountName account = accounts.get(row.getLong(1));
                if (account != null) {
                    days.computeIfAbsent(account, name -> new HashMap<>()).put(row.getLong(2), row.getLong(3));
                }
            }
        }
        return days;
    }

    private static long callbacks(Session session, AccountName account, Instant since, long atMost)
            throws SQLException {
        PreparedStatement count = session.prepared(COUNT_CALLBACKS);
        count.setLong(1, since.toEpochMilli());
        count.setString(2, account.provider().word());
        count.setString(3, account.name());
        count.setString(4, account.name());
        count.setLong(5, atMost);
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Optional<String> commonCode(Session session, long account, int among) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_COMMON_CODE);
        select.setInt(1, among);
        select.setLong(2, account);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private static List<Noted> noted(Session session, Noted.What what) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_NOTED);
        select.setString(1, what.word());
        List<Noted> noted = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                noted.add(new Noted(row.getString(1), Rows.time(row, 2), row.getLong(3)));
            }
        }
        return noted;
    }

    static void note(Session session, Noted.What what, List<Noted> noted, Instant forgetBefore) throws SQLException {
        PreparedStatement insert = session.prepared(NOTE);
        for (Noted one : noted) {
            insert.setString(1, what.word());
            insert.setString(2, one.name());
            insert.setLong(3, one.at().toEpochMilli());
            insert.setLong(4, one.figure());
            insert.executeUpdate();
        }
        PreparedStatement forget = session.prepared(FORGET_NOTED);
        forget.setString(1, what.word());
        forget.setLong(2, forgetBefore.toEpochMilli());
        forget.executeUpdate();
    }

    private static List<ApiRefusal> apiRefusals(Session session) throws SQLException {
        List<ApiRefusal> refusals = new ArrayList<>();
        try (ResultSet row = session.prepared(SELECT_API_REFUSED).executeQuery()) {
            while (row.next()) {
                refusals.add(new ApiRefusal(account(row, 1), Rows.time(row, 3), row.getString(4)));
            }
        }
        return refusals;
    }

    static void noteApiRefused(Session session, ApiRefusal refusal) throws SQLException {
        PreparedStatement insert = session.prepared(NOTE_API_REFUSED);
        insert.setString(1, refusal.account().provider().word());
        insert.setString(2, refusal.account().name());
        insert.setLong(3, refusal.since().toEpochMilli());
        insert.setString(4, refusal.answer());
        insert.executeUpdate();
    }

    static void forgetApiRefused(Session session, AccountName account) throws SQLException {
        PreparedStatement delete = session.prepared(FORGET_API_REFUSED);
        delete.setString(1, account.provider().word());
        delete.setString(2, account.name());
        delete.executeUpdate();
    }
}
