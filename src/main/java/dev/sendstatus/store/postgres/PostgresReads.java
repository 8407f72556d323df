package dev.sendstatus.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.KeptReport;
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
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is read, on PostgreSQL: through a small pool of connections that never write. */
public final class PostgresReads implements Reads {
    /** How many messages a page looks at before it leaves the rest to the next: some 200 ms. */
    private static final int WORK_OF_A_PAGE = 50_000;

    /** What has one match among so few of the newest messages need not be looked for by an index: some 20 ms. */
    private static final int WINDOW = 16_384;

    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final PostgresDictionary dictionary = new PostgresDictionary();
    private final MessageDecoder decoder = new MessageDecoder(dictionary);
    private final MessageLists lists = new MessageLists(decoder);
    private final MessagePages pages = new MessagePages(lists, WORK_OF_A_PAGE, WINDOW);
    private final MessageTable messages = new MessageTable(dictionary, lists);
    private final PostgresDatabase database;

    private PostgresReads(PostgresDatabase database) {
        this.database = database;
        HikariConfig config = new HikariConfig();
        config.setPoolName("readers");
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.properties(PostgresDatabase.READER_SECONDS));
        config.setConnectionInitSql(PostgresDatabase.SET_UP_READER);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(1_500);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    /** @throws StoreException.Unavailable if it cannot be reached, or has no tables yet */
    public static PostgresReads open(PostgresDatabase database) throws StoreException {
        // Asked without the pool, which only says after a while that there is no connection, and not why.
        try (Connection connection = database.scanner()) {
            PostgresReads reads = new PostgresReads(database);
            boolean done = false;
            try {
                reads.dictionary.load(connection);
                done = true;
                return reads;
            } finally {
                if (!done) {
                    reads.close();
                }
            }
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection connection) throws SQLException, Damaged;
    }

    private <T> T query(String doing, Query<T> query) throws StoreException {
        try {
            try (Connection connection = pool.getConnection()) {
                return run(connection, query);
            } catch (SQLTransientConnectionException e) {
                // No connection is to be had.
                throw e;
            } catch (SQLException e) {
                if (!PostgresErrors.isOfTheConnection(e)) {
                    throw e;
                }
                // The server was away since the pool last used it: then all of its connections are broken, not only
                // this one.
                pool.getHikariPoolMXBean().softEvictConnections();
            }
            try (Connection connection = pool.getConnection()) {
                return run(connection, query);
            }
        } catch (SQLException e) {
            throw PostgresErrors.of(doing, e);
        } catch (Damaged e) {
            throw PostgresErrors.of(doing, e);
        }
    }

    private <T> T run(Connection connection, Query<T> query) throws SQLException, Damaged {
        try {
            return query.run(connection);
        } catch (Damaged e) {
            // Most likely a word that the writer has added since: read them again, once.
            dictionary.load(connection);
            return query.run(connection);
        }
    }

    @Override
    public Optional<StoredMessage> message(MessageKey key) throws StoreException {
        return query(
                "reading a message",
                connection -> messages.of(connection, List.of(key)).stream().findFirst());
    }

    @Override
    public List<StoredMessage> messages(String id) throws StoreException {
        return messages(List.of(id));
    }

    @Override
    public List<StoredMessage> messages(Collection<String> ids) throws StoreException {
        return query("reading messages", connection -> messages.of(connection, ids));
    }

    @Override
    public MessagePage page(MessageFilter filter, @Nullable Long before, int limit) throws StoreException {
        return query("listing messages", connection -> pages.page(connection, filter, before, limit));
    }

    @Override
    public MessageScan scan(MessageFilter filter) throws StoreException {
        try {
            // Not of the pool: it is held for as long as its reader takes.
            return PostgresScan.of(database.scanner(), lists, filter);
        } catch (SQLException e) {
            throw PostgresErrors.of("reading messages", e);
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
        return query(
                "reading the open messages of " + account,
                connection -> messages.open(connection, account, waitingSince, flagged));
    }

    @Override
    public List<OpenMessage> flaggedButSettled() throws StoreException {
        return query("reading what is no longer stuck", messages::flaggedButSettled);
    }

    @Override
    public List<StuckFlag> flagsActiveAfter(Instant time) throws StoreException {
        return query("reading the flags", connection -> FlagTable.activeAfter(connection, decoder, time));
    }

    @Override
    public List<AccountActivity> activity() throws StoreException {
        return query("reading what came for each account", connection -> AccountTable.activity(connection, dictionary));
    }

    @Override
    public Silence.History traffic(AccountName account, Instant now) throws StoreException {
        return query("reading what came for " + account, connection -> {
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
        return query("reading the counts of error codes", ErrorCodeTable::all);
    }

    @Override
    public List<StoredToken> tokens() throws StoreException {
        return query("reading the tokens", TokenTable::all);
    }

    @Override
    public Optional<RawCallback> raw(long sequence) throws StoreException {
        return query("reading a raw callback", connection -> SegmentTable.raw(connection, sequence));
    }

    @Override
    public Optional<RawSegment> segment(long fromSequence, Instant since) throws StoreException {
        return query(
                "reading the raw callbacks after " + fromSequence,
                connection -> SegmentTable.next(connection, fromSequence, since));
    }

    @Override
    public long nextSequence() throws StoreException {
        return query("reading the next number", Sequences::complete);
    }

    @Override
    public List<QuarantinedCallback> quarantine(long before, int limit) throws StoreException {
        return query("reading the quarantine", connection -> QuarantineTable.page(connection, decoder, before, limit));
    }

    @Override
    public Optional<QuarantinedCallback> quarantined(long sequence) throws StoreException {
        return query("reading the quarantine", connection -> QuarantineTable.one(connection, decoder, sequence));
    }

    @Override
    public long quarantineSize() throws StoreException {
        return query("counting the quarantine", QuarantineTable::count);
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return "PostgresReads";
    }
}
