package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.MessageCounter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.OpenMessage;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/** What is read, on SQLite: through a small pool of connections that never write. */
public final class SqliteReads implements Reads {
    /** How many messages a page looks at before it leaves the rest to the next: some 200 ms. */
    private static final long WORK_OF_A_PAGE = 50_000;

    private final SqliteFile file;
    private final SqliteDictionary dictionary = new SqliteDictionary();
    private final Readers readers;
    private final MessageTable messages = new MessageTable(dictionary);
    private final MessageDecoder decoder = new MessageDecoder(dictionary);
    private final FlagTable flags = new FlagTable(dictionary);
    /** Held, so that nobody closes the file while this has it open. */
    private final DatabaseSync database;

    private SqliteReads(SqliteFile file, DatabaseSync database, Unsettled arrivals) {
        this.file = file;
        this.database = database;
        this.readers = new Readers(file, dictionary, arrivals);
    }

    /** @throws StoreException.Unavailable if there is no database yet */
    public static SqliteReads open(SqliteFile file) throws StoreException {
        return open(file, new ForeignArrivals(file));
    }

    /** Opens the database for reading in the process of a store, which knows what it has not made part of its messages yet. */
    public static SqliteReads beside(SqliteStore store) throws StoreException {
        return open(store.file(), store.arrivals());
    }

    private static SqliteReads open(SqliteFile file, Unsettled arrivals) throws StoreException {
        if (!file.exists()) {
            throw new StoreException.Unavailable(
                    "there is no database at " + file.path() + " yet: the first start of the server makes it", null);
        }
        SqliteReads reads;
        try {
            reads = new SqliteReads(file, DatabaseSync.of(file.path()), arrivals);
        } catch (SQLException e) {
            throw SqliteErrors.of("opening " + file.path(), e);
        }
        try {
            reads.readers.query("opening " + file.path(), connection -> {
                reads.dictionary.load(connection);
                return true;
            });
            return reads;
        } catch (StoreException e) {
            reads.close();
            throw e;
        }
    }

    @Override
    public Optional<StoredMessage> message(MessageKey key) throws StoreException {
        return readers.read(
                "reading a message",
                statements -> messages.of(statements, key, readers.arrived(statements, List.of(key.id()))));
    }

    @Override
    public List<StoredMessage> messages(String id) throws StoreException {
        return messages(List.of(id));
    }

    @Override
    public List<StoredMessage> messages(Collection<String> ids) throws StoreException {
        return readers.read(
                "reading messages",
                statements -> messages.of(statements, ids, readers.arrived(statements, Set.copyOf(ids))));
    }

    @Override
    public MessagePage page(MessageFilter filter, @Nullable Long before, int limit) throws StoreException {
        long until = before == null ? Long.MAX_VALUE : before;
        // So that what is indexed and what is there agree.
        return readers.current(
                "listing messages",
                pooled -> Readers.atOneMoment(pooled, connection -> {
                    try (MessageScanner scanner =
                            new MessageScanner(connection, dictionary, filter, until, WORK_OF_A_PAGE)) {
                        return page(scanner, limit);
                    }
                }));
    }

    private static MessagePage page(MessageScanner scanner, int limit) throws SQLException, Damaged {
        List<StoredMessage> found = new ArrayList<>();
        long next = scanner.before();
        for (StoredMessage message = scanner.next(); message != null; message = scanner.next()) {
            if (found.size() == limit) {
                // One more than asked for shows that there is a next page.
                return new MessagePage(found, next);
            }
            found.add(message);
            next = scanner.before();
        }
        return new MessagePage(found, scanner.ended() ? null : scanner.before());
    }

    @Override
    public MessageScan scan(MessageFilter filter) throws StoreException {
        readers.settle();
        try {
            // Not of the pool: it is held for as long as its reader takes.
            return SqliteScan.of(JDBC.createConnection(file.url(), file.readerProperties()), dictionary, filter);
        } catch (SQLException e) {
            throw SqliteErrors.of("reading messages", e);
        }
    }

    @Override
    public <X extends Exception> void count(Instant since, Instant until, MessageCounter<X> counter)
            throws StoreException, X {
        readers.settle();
        // Not of the pool, and never tried again: what was counted would be counted twice.
        try (Connection connection = JDBC.createConnection(file.url(), file.readerProperties())) {
            connection.setAutoCommit(false);
            new Summaries(connection, dictionary, since, until).count(counter);
        } catch (SQLException e) {
            throw SqliteErrors.of("counting messages", e);
        } catch (Damaged e) {
            throw SqliteErrors.of("counting messages", e);
        }
    }

    @Override
    public List<AccountName> accounts() throws StoreException {
        return readers.query("reading the accounts", connection -> {
            dictionary.load(connection);
            return dictionary.accounts();
        });
    }

    @Override
    public List<OpenMessage> open(AccountName account, Instant waitingSince, boolean flagged) throws StoreException {
        return readers.currentRead(
                "reading the open messages of " + account,
                statements -> messages.open(statements, account, waitingSince, flagged));
    }

    @Override
    public List<OpenMessage> flaggedButSettled() throws StoreException {
        return readers.currentRead("reading what is no longer stuck", messages::flaggedButSettled);
    }

    @Override
    public List<StuckFlag> flagsActiveAfter(Instant time) throws StoreException {
        return readers.read("reading the flags", statements -> flags.activeAfter(statements, time));
    }

    @Override
    public List<AccountActivity> activity() throws StoreException {
        return readers.current(
                "reading what came for each account", connection -> AccountTable.activity(connection, dictionary));
    }

    @Override
    public Silence.History traffic(AccountName account, Instant now) throws StoreException {
        return readers.current("reading what came for " + account, connection -> {
            dictionary.load(connection);
            return dictionary.accounts().contains(account)
                    ? TrafficTable.history(connection, dictionary.number(account), now)
                    : new Silence.History(null, Map.of(), 0);
        });
    }

    @Override
    public Optional<KeptReport> report(LocalDate date) throws StoreException {
        return readers.query("reading the report of " + date, connection -> ReportTable.of(connection, date));
    }

    @Override
    public List<LocalDate> reportDates() throws StoreException {
        return readers.query("reading the days of the reports", ReportTable::dates);
    }

    @Override
    public List<SeenErrorCode> errorCodes() throws StoreException {
        return readers.query("reading the counts of error codes", SqliteErrorCodes::all);
    }

    @Override
    public List<StoredToken> tokens() throws StoreException {
        return readers.query("reading the tokens", SqliteTokens::all);
    }

    @Override
    public Optional<RawCallback> raw(long sequence) throws StoreException {
        return readers.currentRead(
                "reading a raw callback",
                statements -> Readers.atOneMoment(
                        statements.connection(), connection -> SegmentTable.raw(whole(statements), sequence)));
    }

    @Override
    public Optional<RawSegment> segment(long fromSequence, Instant since) throws StoreException {
        return readers.currentRead(
                "reading the raw callbacks after " + fromSequence,
                statements -> Readers.atOneMoment(
                        statements.connection(),
                        connection -> SqliteSegments.next(whole(statements), fromSequence, since)));
    }

    private WholeCallbacks whole(Statements statements) {
        return new WholeCallbacks(statements, decoder);
    }

    @Override
    public long nextSequence() throws StoreException {
        return readers.current("reading the next number", SqliteSegments::nextSequence);
    }

    @Override
    public List<QuarantinedCallback> quarantine(long before, int limit) throws StoreException {
        return readers.current(
                "reading the quarantine", connection -> SqliteQuarantine.page(connection, dictionary, before, limit));
    }

    @Override
    public Optional<QuarantinedCallback> quarantined(long sequence) throws StoreException {
        return readers.current(
                "reading the quarantine", connection -> SqliteQuarantine.one(connection, dictionary, sequence));
    }

    @Override
    public long quarantineSize() throws StoreException {
        return readers.current("counting the quarantine", SqliteQuarantine::count);
    }

    @Override
    public void close() {
        readers.close();
        database.close();
    }

    @Override
    public String toString() {
        return "SqliteReads[" + file.path() + "]";
    }
}
