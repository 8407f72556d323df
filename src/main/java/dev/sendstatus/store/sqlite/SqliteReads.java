package dev.sendstatus.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.Incoming;
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
import dev.sendstatus.store.codec.ArrivalCodec;
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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

/** What is read, on SQLite: through a small pool of connections that never write. */
public final class SqliteReads implements Reads {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteReads.class);
    /** How many messages a page looks at before it leaves the rest to the next: some 200 ms. */
    private static final long WORK_OF_A_PAGE = 50_000;

    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final SqliteDictionary dictionary = new SqliteDictionary();
    private final MessageTable messages = new MessageTable(dictionary);
    private final FlagTable flags = new FlagTable(dictionary);
    private final SqliteFile file;
    /** Held, so that nobody closes the file while this has it open. */
    private final DatabaseSync database;

    private final Unsettled arrivals;
    /** Each is used by whoever has its connection. */
    private final Map<SQLiteConnection, Statements> prepared = new ConcurrentHashMap<>();

    private SqliteReads(SqliteFile file, DatabaseSync database, Unsettled arrivals) {
        this.file = file;
        this.arrivals = arrivals;
        this.database = database;
        HikariConfig config = new HikariConfig();
        config.setPoolName("readers");
        config.setJdbcUrl(file.url());
        config.setDataSourceProperties(file.readerProperties());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(1_500);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
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
            reads.query("opening " + file.path(), connection -> {
                reads.dictionary.load(connection);
                return true;
            });
            return reads;
        } catch (StoreException e) {
            reads.close();
            throw e;
        }
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection connection) throws SQLException, Damaged;
    }

    private <T> T query(String doing, Query<T> query) throws StoreException {
        try (Connection connection = pool.getConnection()) {
            try {
                return query.run(connection);
            } catch (Damaged e) {
                // Most likely a word that the writer has added since: read them again, once.
                dictionary.load(connection);
                return query.run(connection);
            }
        } catch (SQLException e) {
            throw SqliteErrors.of(doing, e);
        } catch (Damaged e) {
            throw SqliteErrors.of(doing, e);
        }
    }

    /** A query about messages, or what came for them: of all that was acknowledged, as long as the database can be written. */
    private <T> T current(String doing, Query<T> query) throws StoreException {
        return query(doing, connection -> {
            settle(connection);
            return query.run(connection);
        });
    }

    private void settle(Connection connection) throws SQLException {
        if (arrivals.any(connection)) {
            try {
                arrivals.settle();
            } catch (StoreException e) {
                LOG.debug("reading without what came last: {}", e.getMessage());
            }
        }
    }

    /** A query with several statements, each prepared once. */
    @FunctionalInterface
    private interface Reading<T> {
        T run(Statements statements) throws SQLException, Damaged;
    }

    private <T> T read(String doing, Reading<T> reading) throws StoreException {
        return query(doing, connection -> run(connection, reading));
    }

    private <T> T currentRead(String doing, Reading<T> reading) throws StoreException {
        return current(doing, connection -> run(connection, reading));
    }

    private <T> T run(Connection connection, Reading<T> reading) throws SQLException, Damaged {
        return reading.run(statements(connection.unwrap(SQLiteConnection.class)));
    }

    /** They stay prepared for as long as the pool keeps the connection: to prepare those of a look-up takes longer than the look-up. */
    private Statements statements(SQLiteConnection connection) throws SQLException {
        Statements known = prepared.get(connection);
        if (known == null) {
            for (SQLiteConnection former : prepared.keySet()) {
                if (former.isClosed()) {
                    prepared.remove(former);
                }
            }
            known = new Statements(connection);
            prepared.put(connection, known);
        }
        return known;
    }

    @Override
    public Optional<StoredMessage> message(MessageKey key) throws StoreException {
        return read(
                "reading a message",
                statements -> messages.of(statements, key, arrived(statements, List.of(key.id()))));
    }

    @Override
    public List<StoredMessage> messages(String id) throws StoreException {
        return messages(List.of(id));
    }

    @Override
    public List<StoredMessage> messages(Collection<String> ids) throws StoreException {
        return read(
                "reading messages", statements -> messages.of(statements, ids, arrived(statements, Set.copyOf(ids))));
    }

    private ArrivedEvents arrived(Statements statements, Collection<String> ids) throws SQLException, Damaged {
        List<Incoming> held = arrivals.held();
        List<Incoming> lying = held == null ? Arrivals.read(statements, new ArrivalCodec(dictionary)) : held;
        return ArrivedEvents.of(lying, ids, statements);
    }

    @Override
    public MessagePage page(MessageFilter filter, @Nullable Long before, int limit) throws StoreException {
        return current("listing messages", connection -> {
            // One transaction, so that what is indexed and what is there agree.
            connection.setAutoCommit(false);
            try (MessageScanner scanner = new MessageScanner(
                    connection, dictionary, filter, before == null ? Long.MAX_VALUE : before, WORK_OF_A_PAGE)) {
                return page(scanner, limit);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
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
        try {
            // Not of the pool: it is held for as long as its reader takes.
            Connection connection = JDBC.createConnection(file.url(), file.readerProperties());
            settle(connection);
            return SqliteScan.of(connection, dictionary, filter);
        } catch (SQLException e) {
            throw SqliteErrors.of("reading messages", e);
        }
    }

    @Override
    public <X extends Exception> void count(Instant since, Instant until, MessageCounter<X> counter)
            throws StoreException, X {
        // Not of the pool, and never tried again: what was counted would be counted twice.
        try (Connection connection = JDBC.createConnection(file.url(), file.readerProperties())) {
            settle(connection);
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
        return query("reading the accounts", connection -> {
            dictionary.load(connection);
            return dictionary.accounts();
        });
    }

    @Override
    public List<OpenMessage> open(AccountName account, Instant waitingSince, boolean flagged) throws StoreException {
        return currentRead(
                "reading the open messages of " + account,
                statements -> messages.open(statements, account, waitingSince, flagged));
    }

    @Override
    public List<OpenMessage> flaggedButSettled() throws StoreException {
        return currentRead("reading what is no longer stuck", messages::flaggedButSettled);
    }

    @Override
    public List<StuckFlag> flagsActiveAfter(Instant time) throws StoreException {
        return read("reading the flags", statements -> flags.activeAfter(statements, time));
    }

    @Override
    public List<AccountActivity> activity() throws StoreException {
        return current(
                "reading what came for each account", connection -> AccountTable.activity(connection, dictionary));
    }

    @Override
    public Silence.History traffic(AccountName account, Instant now) throws StoreException {
        return current("reading what came for " + account, connection -> {
            dictionary.load(connection);
            return dictionary.accounts().contains(account)
                    ? TrafficTable.history(connection, dictionary.number(account), now)
                    : new Silence.History(null, Map.of(), 0);
        });
    }

    @Override
    public Optional<KeptReport> report(LocalDate date) throws StoreException {
        return query("reading the report of " + date, connection -> ReportTable.of(connection, date));
    }

    @Override
    public List<LocalDate> reportDates() throws StoreException {
        return query("reading the days of the reports", ReportTable::dates);
    }

    @Override
    public List<SeenErrorCode> errorCodes() throws StoreException {
        return query("reading the counts of error codes", SqliteErrorCodes::all);
    }

    @Override
    public List<StoredToken> tokens() throws StoreException {
        return query("reading the tokens", SqliteTokens::all);
    }

    @Override
    public Optional<RawCallback> raw(long sequence) throws StoreException {
        return current("reading a raw callback", connection -> SegmentTable.raw(connection, sequence));
    }

    @Override
    public Optional<RawSegment> segment(long fromSequence, Instant since) throws StoreException {
        return current(
                "reading the raw callbacks after " + fromSequence,
                connection -> SqliteSegments.next(connection, fromSequence, since));
    }

    @Override
    public long nextSequence() throws StoreException {
        return current("reading the next number", SqliteSegments::nextSequence);
    }

    @Override
    public List<QuarantinedCallback> quarantine(long before, int limit) throws StoreException {
        return current(
                "reading the quarantine", connection -> SqliteQuarantine.page(connection, dictionary, before, limit));
    }

    @Override
    public Optional<QuarantinedCallback> quarantined(long sequence) throws StoreException {
        return current("reading the quarantine", connection -> SqliteQuarantine.one(connection, dictionary, sequence));
    }

    @Override
    public long quarantineSize() throws StoreException {
        return current("counting the quarantine", SqliteQuarantine::count);
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }

    @Override
    public String toString() {
        return "SqliteReads[" + file.path() + "]";
    }
}
