package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.LookupMemory;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.Traffic;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written, on PostgreSQL: through one connection of this node, each call a transaction of its own. */
public final class PostgresStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
    /** Days of raw callbacks that are made ahead: more than a server is left alone for. */
    private static final int DAYS_AHEAD = 7;

    private static final String CLEAN_PENDING = "SELECT gin_clean_pending_list('message_facets')";
    private static final String PROBE = "UPDATE probe SET count = count + 1";

    private final PostgresDatabase database;
    private final PostgresDictionary dictionary = new PostgresDictionary();
    private final HistoryCodec codec = new HistoryCodec(dictionary);
    private final WriteConnection connection;
    private final MessageWriter messages = new MessageWriter(dictionary);

    private PostgresStore(PostgresDatabase database) throws SQLException {
        this.database = database;
        this.connection = new WriteConnection(database, dictionary);
    }

    /** Opens the database for writing, with its tables made or brought up to date. */
    public static PostgresStore open(PostgresDatabase database) throws StoreException {
        database.prepare();
        PostgresStore store;
        try {
            store = new PostgresStore(database);
        } catch (SQLException e) {
            throw PostgresErrors.of("opening the database", e);
        }
        boolean done = false;
        try {
            store.connection.write("opening the database", Sequences::raise);
            store.makeDays();
            done = true;
            return store;
        } finally {
            if (!done) {
                store.close();
            }
        }
    }

    /** A start goes on without them: callbacks then go where those of no day go, and are taken over later. */
    private void makeDays() {
        try {
            prepareDays();
        } catch (StoreException e) {
            LOG.warn("the coming days of raw callbacks are not made yet: {}", e.getMessage());
        }
    }

    /** Makes the coming days' partitions of raw callbacks; to be called at least every few days. */
    public void prepareDays() throws StoreException {
        connection.write("making the days of raw callbacks", c -> SegmentDays.prepare(c.connection(), DAYS_AHEAD));
    }

    /** Removes all raw callbacks of days that ended before then. @return how many days */
    public int dropDays(Instant before) throws StoreException {
        return connection.write("removing old raw callbacks", c -> SegmentDays.drop(c.connection(), before));
    }

    /** On disk when this returns: to leave the sync to another thread would need another session's word for it. */
    @Override
    public void append(List<Incoming> batch) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        long sequences = BatchDraft.sequences(batch);
        if (sequences > Sequences.MOST) {
            throw new StoreException.Broken(
                    "one commit has " + sequences + " events; it may have " + Sequences.MOST, null);
        }
        Map<AccountName, Instant> noted =
                connection.write("storing " + batch.size() + " callbacks", c -> messages.write(c, batch));
        messages.committed(noted);
    }

    @Override
    public void sync() {
        // Every commit is synced by the server before it is answered.
    }

    @Override
    public void flag(List<StuckFlag> flags) throws StoreException {
        if (!flags.isEmpty()) {
            connection.write(
                    "flagging " + flags.size() + " messages", c -> FlagTable.replace(c, dictionary, codec, flags));
        }
    }

    @Override
    public boolean keep(KeptReport report) throws StoreException {
        return connection.write("keeping the report of " + report.date(), c -> ReportTable.keep(c, report));
    }

    @Override
    public void addRefused(List<Refused> refused) throws StoreException {
        if (!refused.isEmpty()) {
            connection.write("counting refusals", c -> AccountTable.addRefused(c, dictionary, refused));
        }
    }

    @Override
    public LookupMemory lookups() {
        return new LookupTable(connection, dictionary);
    }

    @Override
    public void addErrorCodes(List<SeenErrorCode> seen) throws StoreException {
        if (!seen.isEmpty()) {
            connection.write("counting error codes", c -> ErrorCodeTable.add(c, seen));
        }
    }

    @Override
    public boolean addToken(StoredToken token) throws StoreException {
        return connection.write("keeping a token", c -> TokenTable.add(c, token));
    }

    @Override
    public boolean removeToken(String name) throws StoreException {
        return connection.write("revoking a token", c -> TokenTable.remove(c, name));
    }

    @Override
    public void usedTokens(List<StoredToken> tokens) throws StoreException {
        if (!tokens.isEmpty()) {
            connection.write("keeping the last uses of tokens", c -> TokenTable.used(c, tokens));
        }
    }

    @Override
    public void addTraffic(List<Traffic> traffic) throws StoreException {
        if (!traffic.isEmpty()) {
            connection.write("counting callbacks", c -> TrafficTable.add(c, dictionary, traffic));
        }
    }

    @Override
    public void release(List<Long> sequences) throws StoreException {
        if (!sequences.isEmpty()) {
            connection.write("emptying the quarantine", c -> QuarantineTable.remove(c, sequences));
        }
    }

    /**
     * Sorts what was added to the index of lists since, on a connection of its own: commits go on beside it. Also sees to it that
     * the coming days are there, on a server that runs for longer than they last.
     */
    @Override
    public boolean indexNext() throws StoreException {
        boolean coming;
        try (Connection own = database.worker();
                Statement statement = own.createStatement()) {
            statement.execute(CLEAN_PENDING);
            coming = SegmentDays.areComing(own);
        } catch (SQLException e) {
            throw PostgresErrors.of("indexing messages", e);
        }
        if (!coming) {
            prepareDays();
        }
        return false;
    }

    @Override
    public void probe() throws StoreException {
        connection.write("trying a commit", c -> c.prepared(PROBE).executeUpdate());
    }

    @Override
    public void close() {
        connection.close();
        messages.close();
    }
}
