package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private static final String SELECT_NOTED = "SELECT name, at, figure FROM noted WHERE what = ? ORDER BY at";
    private static final String SELECT_API_REFUSED =
            "SELECT provider, account, since, answer FROM api_refused ORDER BY provider, account";

    private final Readers readers;

    AlertQuestions(Readers readers) {
        this.readers = readers;
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

    /** The figures that were noted, the oldest first. */
    public List<Noted> noted(Noted.What what) throws StoreException {
        return readers.query(
                "reading what was noted",
                session -> session.list(
                        SELECT_NOTED, row -> new Noted(row.getString(1), Rows.time(row, 2), row.getLong(3)), what));
    }

    /** The accounts whose credentials the provider's API refuses. */
    public List<ApiRefusal> apiRefusals() throws StoreException {
        return readers.query(
                "reading whose credentials are refused",
                session -> session.list(
                        SELECT_API_REFUSED,
                        row -> new ApiRefusal(Rows.account(row, 1), Rows.time(row, 3), row.getString(4))));
    }
}
