package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.CountedMessage;
import dev.sendstatus.store.DashboardSession;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.PastLookup;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.SqlAnswer;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.WrongSql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The questions to the database. Every method sees all that was committed before it was called, as of one moment, and may be called from any thread. */
public final class Reads implements AutoCloseable {
    /** A page of a list looks at so many rows. */
    private static final int WORK_OF_A_PAGE = 5_000;

    private final Dialect dialect;
    private final Readers readers;
    private final CallbackLog callbacks;
    private final Object syncing = new Object();
    private final AtomicLong changesRead = new AtomicLong();
    private volatile long changesOnDisk;

    private Reads(Dialect dialect) {
        this.dialect = dialect;
        this.readers = new Readers(dialect);
        this.callbacks = new CallbackLog(readers);
    }

    /** Opens the database for reading; it must be there, with its tables. */
    public static Reads open(Dialect dialect) throws StoreException {
        // Asked without the pool, which only says after a while that there is no connection, and not why.
        dialect.requireReadable();
        return new Reads(dialect);
    }

    public Optional<StoredMessage> message(MessageKey key) throws StoreException {
        return readers.query(
                "reading a message",
                session ->
                        MessageReader.of(
                                        session,
                                        List.copyOf(MessageRows.find(session, List.of(key))
                                                .values()))
                                .stream()
                                .findFirst());
    }

    /** The messages of any provider with that id, by provider. */
    public List<StoredMessage> messages(String id) throws StoreException {
        return messages(List.of(id));
    }

    /** The messages that have one of these ids, in the order of the ids, then by provider. */
    public List<StoredMessage> messages(Collection<String> ids) throws StoreException {
        return readers.query(
                "reading messages", session -> MessageReader.of(session, MessageReader.rowsOf(session, ids)));
    }

    /** All that was said of a message, in the order of arrival; without an event if it is not known. */
    public MessageHistory history(MessageKey key) throws StoreException {
        return readers.query(
                "reading a history",
                session -> EventTable.histories(session, MessageRows.find(session, List.of(key))).stream()
                        .findFirst()
                        .map(EventTable.Known::history)
                        .orElse(MessageHistory.none(key)));
    }

    /**
     * Messages that match, the newest first.
     *
     * @param before where the page before ended; null for the first
     */
    public MessagePage page(MessageFilter filter, @Nullable Long before, int limit) throws StoreException {
        return readers.query(
                "listing messages",
                session -> MessageQuery.page(dialect, session, filter, before, limit, WORK_OF_A_PAGE));
    }

    /** All messages that match, as of now. */
    public MessageScan scan(MessageFilter filter) throws StoreException {
        return JdbcScan.open(dialect, filter);
    }

    /**
     * Goes through the messages that were first heard of in a time, as of now, in any order.
     *
     * @param since then or later
     * @param until before then
     * @param by what they are grouped by; null for none
     */
    public <E extends Exception> void count(
            Instant since, Instant until, @Nullable StatisticsDimension by, CountedMessage.Counter<E> counter)
            throws StoreException, E {
        try (Session session = new Session(dialect.scanner())) {
            StatisticsQuery.count(dialect, session, since, until, by, counter);
        } catch (SQLException e) {
            throw dialect.failure("counting messages", e);
        }
    }

    /** The accounts that anything was ever stored for, by name. */
    public List<AccountName> accounts() throws StoreException {
        return readers.query("reading the accounts", Accounts::all);
    }

    /**
     * The open messages of one account that have been waiting since then or longer, longest first.
     *
     * @param flagged whether those whose flag still fits are among them
     */
    public List<StoredMessage> open(AccountName account, Instant waitingSince, boolean flagged) throws StoreException {
        return readers.query(
                "reading the open messages of " + account,
                session -> MessageReader.of(session, StuckTable.waiting(session, account, waitingSince, flagged)));
    }

    /** The flags that have not ended, or that ended with {@link StuckFlag.Ending#NEVER_REPORTED}, whose message is no longer open. */
    public List<StoredMessage> flaggedButSettled() throws StoreException {
        return readers.query(
                "reading what is no longer stuck", session -> MessageReader.of(session, StuckTable.settled(session)));
    }

    /** The flags that ended after that time, and those that have not ended, by the time at which they became due. */
    public List<StuckFlag> flagsActiveAfter(Instant time) throws StoreException {
        return readers.query("reading the flags", session -> StuckTable.activeAfter(session, time));
    }

    /** The activity of each account, by name. */
    public List<AccountActivity> activity() throws StoreException {
        return readers.query("reading what came for each account", RefusedTable::activity);
    }

    /** An account's callbacks by the hour, as of now. */
    public Silence.History traffic(AccountName account, Instant now) throws StoreException {
        return readers.query(
                "reading what came for " + account, session -> TrafficTable.history(session, account, now));
    }

    public Optional<KeptReport> report(LocalDate date) throws StoreException {
        return readers.query("reading the report of " + date, session -> ReportTable.of(session, date));
    }

    /** The notices that channels are to tell. */
    public NoticeReader notices() {
        return new NoticeReader(readers);
    }

    /** The days of which there is a report, the newest first. */
    public List<LocalDate> reportDates() throws StoreException {
        return readers.query("reading the days of the reports", ReportTable::dates);
    }

    /** Counts of error codes, by provider and code. Those of the last seconds may be missing. */
    public List<SeenErrorCode> errorCodes() throws StoreException {
        return readers.query("reading the counts of error codes", ErrorCodeTable::all);
    }

    /** Of these messages, those that the provider was asked about. */
    public Map<MessageKey, PastLookup> asked(Collection<MessageKey> keys) throws StoreException {
        return readers.query("reading what was asked", session -> LookupTable.asked(session, keys));
    }

    /** The API tokens, by name. */
    public List<StoredToken> tokens() throws StoreException {
        return readers.query("reading the tokens", TokenTable::all);
    }

    /** A session of the dashboard, by the hash of what the browser holds. */
    public Optional<DashboardSession> dashboardSession(TokenHash hash) throws StoreException {
        return readers.query("reading a session", session -> DashboardSessionTable.of(session, hash));
    }

    /** The log of callbacks, those of it in quarantine, and those that wait to be applied. */
    public CallbackLog callbacks() {
        return callbacks;
    }

    /** A number of events below which everything is stored, and nothing will ever be added. */
    public long nextSequence() throws StoreException {
        return readers.query("reading the next number", dialect::completeEvents);
    }

    /**
     * The changes after one, in their order, once they are on disk: after a power cut a number may be another event's that was not.
     *
     * @param after any number from {@link ChangePage#oldestAfter} to {@link ChangePage#newest}
     * @param limit at most so many; with 0 it is only told what there is
     */
    public ChangePage changes(long after, int limit) throws StoreException {
        ChangePage page =
                readers.query("reading changes", session -> ChangeReader.page(session, dialect, after, limit));
        changesRead.accumulateAndGet(page.newest(), Math::max);
        if (page.newest() > changesOnDisk) {
            sync(page.newest());
        }
        return page;
    }

    /** One sync serves all who read before it began. */
    private void sync(long newest) throws StoreException {
        synchronized (syncing) {
            if (newest > changesOnDisk) {
                long read = changesRead.get();
                try {
                    dialect.sync();
                } catch (SQLException e) {
                    throw dialect.failure("reading changes", e);
                }
                changesOnDisk = read;
            }
        }
    }

    /** The number of the newest event, also of one that the feed does not show yet; 0 if there is none. */
    public long newestEvent() throws StoreException {
        return readers.query("reading the newest event", EventTable::newest);
    }

    /** The positions of the relay's endpoints, and their deliveries that failed. */
    public RelayReader relay() {
        return new RelayReader(readers);
    }

    /** The questions of the rules of the alerts. */
    public AlertQuestions alertQuestions() {
        return new AlertQuestions(readers);
    }

    /** The outcomes by which alerts are judged. */
    public OutcomeReader outcomes() {
        return new OutcomeReader(readers);
    }

    /** The alerts that are kept. */
    public AlertReader alerts() {
        return new AlertReader(readers);
    }

    /**
     * The rows that the views have of the messages that match, as of now, in constant memory.
     *
     * @param answers takes the rows of the view of that name
     * @param written is told how many messages are written
     * @return how many there were
     */
    public long views(MessageFilter filter, Function<String, SqlAnswer> answers, LongConsumer written)
            throws StoreException, IOException {
        try {
            return ViewExport.run(dialect, filter, answers, written);
        } catch (SQLException e) {
            throw dialect.failure("reading messages", e);
        }
    }

    /** Asks one question in SQL, which cannot change anything, in constant memory. */
    public void ask(String sql, SqlAnswer answer) throws StoreException, WrongSql, IOException {
        SqlQuestion.ask(dialect, sql, answer);
    }

    /** Begins to compare the rows of messages with their events. */
    public Consistency consistency() {
        return new Consistency(readers);
    }

    @Override
    public void close() {
        readers.close();
    }

    @Override
    public String toString() {
        return "Reads";
    }
}
