package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Housekeeping;
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
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is written, on SQLite: through one connection, each call a transaction of its own. */
public final class SqliteStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
    // A flag that is there is replaced, so that a flag can be given its ending.
    private static final String REPLACE_FLAG = """
            REPLACE INTO stuck
                (key, message, account, sender, waiting_since, due_at, flagged_at, reason, ending, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String INSERT_REPORT =
            "INSERT INTO report (date, made_at, document) VALUES (?, ?, ?) ON CONFLICT (date) DO NOTHING";
    private static final String ADD_REFUSED = """
            INSERT INTO refused (account, reason, count, last_at, hint) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account, reason) DO UPDATE
                SET count = count + excluded.count, last_at = max(last_at, excluded.last_at),
                    hint = coalesce(excluded.hint, hint)""";
    private static final String PROBE = "UPDATE counter SET probes = probes + 1";

    private final SqliteFile file;
    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;
    private final WriteConnection connection;
    private final MessageWriter messages;
    private final Arrivals arrivals;
    private final Checkpointer checkpointer;
    private final PostingIndexer indexer;
    private final Summarizer summarizer;
    private final SegmentPacker packer;

    private SqliteStore(SqliteFile file) throws SQLException {
        this.file = file;
        this.dictionary = new SqliteDictionary();
        this.codec = new HistoryCodec(dictionary);
        this.connection = new WriteConnection(file, dictionary);
        this.messages = new MessageWriter(dictionary);
        this.arrivals = new Arrivals(dictionary);
        this.connection.whenInDoubt(this::forget);
        this.checkpointer = new Checkpointer(file, connection);
        this.indexer = new PostingIndexer(file, connection);
        this.summarizer = new Summarizer(file, connection);
        this.packer = new SegmentPacker(file, connection);
    }

    /** Opens the database for writing, with its tables made or brought up to date. */
    public static SqliteStore open(SqliteFile file) throws StoreException {
        file.prepare();
        try {
            return new SqliteStore(file);
        } catch (SQLException e) {
            throw SqliteErrors.of("opening " + file.path(), e);
        }
    }

    @Override
    public void append(List<Incoming> batch) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        connection.append("storing " + batch.size() + " callbacks", c -> arrivals.add(c, batch), arrivals::committed);
    }

    @Override
    public void commit(List<Incoming> batch) throws StoreException {
        connection.append(
                "storing " + batch.size() + " callbacks",
                c -> {
                    List<Incoming> all = new ArrayList<>(arrivals.take(c));
                    all.addAll(batch);
                    return messages.write(c, all);
                },
                arrivals::committed);
        sync();
    }

    @Override
    public int unsettled() {
        return arrivals.size();
    }

    @Override
    public void settle() throws StoreException {
        if (!arrivals.any()) {
            return;
        }
        try {
            settle(messages::write);
        } catch (StoreException.Unavailable e) {
            throw e;
        } catch (StoreException | RuntimeException e) {
            LOG.warn("callbacks cannot be made part of their messages together, now one by one: {}", e.getMessage());
            settle(new OneByOne(messages)::write);
        }
    }

    private void settle(Arrivals.Settling settling) throws StoreException {
        connection.append(
                "making callbacks part of their messages",
                c -> settling.write(c, arrivals.take(c)),
                arrivals::committed);
    }

    /** For those who read or remove in this process. */
    Unsettled arrivals() {
        return new Unsettled() {
            @Override
            public boolean any(Connection reader) {
                return arrivals.any();
            }

            @Override
            public @Nullable List<Incoming> held() {
                return arrivals.held();
            }

            @Override
            public void settle() throws StoreException {
                SqliteStore.this.settle();
            }
        };
    }

    SqliteFile file() {
        return file;
    }

    private void forget() {
        messages.forget();
        arrivals.forget();
    }

    @Override
    public void sync() throws StoreException {
        connection.sync("syncing the log");
    }

    @Override
    public void flag(List<StuckFlag> flags) throws StoreException {
        if (flags.isEmpty()) {
            return;
        }
        connection.write("flagging " + flags.size() + " messages", c -> {
            PreparedStatement replace = c.prepared(REPLACE_FLAG);
            for (StuckFlag flag : flags) {
                byte[] key = codec.key(flag.message());
                KeyIndex.Found message = KeyIndex.find(c, key);
                replace.setBytes(1, key);
                replace.setObject(2, message == null ? null : message.id());
                replace.setInt(3, dictionary.number(flag.account()));
                replace.setString(4, flag.from());
                replace.setLong(5, flag.waitingSince().toEpochMilli());
                replace.setLong(6, flag.dueAt().toEpochMilli());
                replace.setLong(7, flag.flaggedAt().toEpochMilli());
                replace.setInt(8, flag.reason().ordinal());
                if (flag.ending() == null || flag.endedAt() == null) {
                    replace.setNull(9, Types.INTEGER);
                    replace.setNull(10, Types.INTEGER);
                } else {
                    replace.setInt(9, flag.ending().ordinal());
                    replace.setLong(10, flag.endedAt().toEpochMilli());
                }
                replace.executeUpdate();
            }
            return flags.size();
        });
    }

    @Override
    public boolean keep(KeptReport report) throws StoreException {
        return connection.write("keeping the report of " + report.date(), c -> {
            PreparedStatement insert = c.prepared(INSERT_REPORT);
            insert.setString(1, report.date().toString());
            insert.setLong(2, report.madeAt().toEpochMilli());
            insert.setBytes(3, SegmentCodec.compress(report.document()));
            return insert.executeUpdate() == 1;
        });
    }

    @Override
    public void addRefused(List<Refused> refused) throws StoreException {
        if (refused.isEmpty()) {
            return;
        }
        connection.write("counting refusals", c -> {
            PreparedStatement add = c.prepared(ADD_REFUSED);
            for (Refused some : refused) {
                add.setInt(1, dictionary.number(some.account()));
                add.setString(2, some.reason());
                add.setLong(3, some.count());
                add.setLong(4, some.lastAt().toEpochMilli());
                add.setString(5, some.hint());
                add.executeUpdate();
            }
            return refused.size();
        });
    }

    @Override
    public LookupMemory lookups() {
        return new SqliteLookups(connection, codec);
    }

    @Override
    public void addErrorCodes(List<SeenErrorCode> seen) throws StoreException {
        if (!seen.isEmpty()) {
            connection.write("counting error codes", c -> SqliteErrorCodes.add(c, seen));
        }
    }

    @Override
    public boolean addToken(StoredToken token) throws StoreException {
        return connection.write("keeping a token", c -> SqliteTokens.add(c, token));
    }

    @Override
    public boolean removeToken(String name) throws StoreException {
        return connection.write("revoking a token", c -> SqliteTokens.remove(c, name));
    }

    @Override
    public void usedTokens(List<StoredToken> tokens) throws StoreException {
        if (!tokens.isEmpty()) {
            connection.write("keeping the last uses of tokens", c -> SqliteTokens.used(c, tokens));
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
            connection.write("emptying the quarantine", c -> SqliteQuarantine.remove(c, sequences));
        }
    }

    @Override
    public boolean indexNext() throws StoreException {
        return indexer.indexNext() || summarizer.sumUpNext() || packer.packNext();
    }

    @Override
    public Housekeeping housekeeping() {
        return new SqliteHousekeeping(file, connection, messages, codec, arrivals());
    }

    @Override
    public void probe() throws StoreException {
        connection.write("trying a commit", c -> c.prepared(PROBE).executeUpdate());
    }

    @Override
    public void close() {
        try {
            settle();
        } catch (StoreException e) {
            // They are on disk: whoever opens the database next does it.
            LOG.warn("the last callbacks are not part of their messages yet: {}", e.getMessage());
        }
        checkpointer.close();
        messages.close();
        connection.close();
    }
}
