package dev.sendstatus.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.Silence;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.KeptReport;
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
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is read, on SQLite: through a small pool of connections that never write. */
public final class SqliteReads implements Reads {
    private static final String SELECT_MESSAGE = "SELECT key, history FROM message WHERE key = ?";
    private static final String FLAG_COLUMNS =
            "key, account, sender, waiting_since, due_at, flagged_at, reason, ending, ended_at";
    private static final String SELECT_FLAG = "SELECT " + FLAG_COLUMNS + " FROM stuck WHERE key = ?";
    private static final String SELECT_FLAGS_AFTER =
            "SELECT " + FLAG_COLUMNS + " FROM stuck WHERE ended_at IS NULL OR ended_at > ? ORDER BY due_at, key";
    // Named, since the planner would else prefer the primary key: the index holds the open messages only.
    private static final String SELECT_OPEN = """
            SELECT m.key, m.history FROM message m INDEXED BY message_open
            WHERE m.account = ? AND m.waiting_since <= ? AND m.waiting_since IS NOT NULL
            ORDER BY m.waiting_since, m.key""";
    private static final String SELECT_OPEN_UNFLAGGED = """
            SELECT m.key, m.history FROM message m INDEXED BY message_open
            WHERE m.account = ? AND m.waiting_since <= ? AND m.waiting_since IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM stuck s WHERE s.key = m.key)
            ORDER BY m.waiting_since, m.key""";
    private static final String SELECT_SETTLED = """
            SELECT m.key, m.history FROM stuck s CROSS JOIN message m ON m.key = s.key
            WHERE (s.ended_at IS NULL OR s.ending = ?) AND m.waiting_since IS NULL
            ORDER BY s.due_at, s.key""";
    private static final String SELECT_LAST_CALLBACKS = "SELECT id, last_callback_at FROM account";
    private static final String SELECT_REFUSED =
            "SELECT account, reason, count, last_at, hint FROM refused ORDER BY last_at";
    private static final String SELECT_REPORT = "SELECT made_at, document FROM report WHERE date = ?";
    private static final String SELECT_REPORT_DATES = "SELECT date FROM report ORDER BY date DESC";
    private static final String SELECT_SEGMENT = """
            SELECT first_sequence, next_sequence, body FROM segment
            WHERE first_sequence <= ? ORDER BY first_sequence DESC LIMIT 1""";

    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final SqliteDictionary dictionary = new SqliteDictionary();
    private final HistoryCodec codec = new HistoryCodec(dictionary);
    private final SqliteFile file;

    private SqliteReads(SqliteFile file) {
        this.file = file;
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
        if (!file.exists()) {
            throw new StoreException.Unavailable(
                    "there is no database at " + file.path() + " yet: the first start of the server makes it", null);
        }
        SqliteReads reads = new SqliteReads(file);
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

    @Override
    public Optional<StoredMessage> message(MessageKey key) throws StoreException {
        return query("reading a message", connection -> {
            if (!knows(connection, key.provider())) {
                return Optional.empty();
            }
            return message(connection, key);
        });
    }

    @Override
    public List<StoredMessage> messages(String id) throws StoreException {
        if (id.isEmpty()) {
            return List.of();
        }
        return query("reading a message", connection -> {
            List<StoredMessage> found = new ArrayList<>();
            for (Provider provider : providers(connection)) {
                if (knows(connection, provider)) {
                    message(connection, new MessageKey(provider, id)).ifPresent(found::add);
                }
            }
            return found;
        });
    }

    private boolean knows(Connection connection, Provider provider) throws SQLException {
        if (!dictionary.knows(provider.word())) {
            dictionary.load(connection);
        }
        return dictionary.knows(provider.word());
    }

    private List<Provider> providers(Connection connection) throws SQLException {
        List<Provider> providers = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT DISTINCT provider FROM account ORDER BY provider");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                providers.add(new Provider(rows.getString(1)));
            }
        }
        return providers;
    }

    private Optional<StoredMessage> message(Connection connection, MessageKey key) throws SQLException, Damaged {
        byte[] packed = codec.key(key);
        MessageHistory history;
        try (PreparedStatement select = connection.prepareStatement(SELECT_MESSAGE)) {
            select.setBytes(1, packed);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                history = codec.history(key, row.getBytes(2));
            }
        }
        return Optional.of(new StoredMessage(history, flag(connection, packed)));
    }

    private @Nullable StuckFlag flag(Connection connection, byte[] key) throws SQLException, Damaged {
        try (PreparedStatement select = connection.prepareStatement(SELECT_FLAG)) {
            select.setBytes(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? flag(row) : null;
            }
        }
    }

    private StuckFlag flag(ResultSet row) throws SQLException, Damaged {
        int ending = row.getInt(8);
        boolean ended = !row.wasNull();
        return new StuckFlag(
                codec.key(row.getBytes(1)),
                dictionary.account(row.getInt(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                StuckReason.values()[row.getInt(7)],
                ended ? StuckFlag.Ending.values()[ending] : null,
                ended ? Instant.ofEpochMilli(row.getLong(9)) : null);
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
        return query("reading the open messages of " + account, connection -> {
            dictionary.load(connection);
            if (!dictionary.accounts().contains(account)) {
                return List.of();
            }
            try (PreparedStatement select =
                    connection.prepareStatement(flagged ? SELECT_OPEN : SELECT_OPEN_UNFLAGGED)) {
                select.setInt(1, dictionary.number(account));
                select.setLong(2, waitingSince.toEpochMilli());
                return openMessages(connection, select);
            }
        });
    }

    @Override
    public List<OpenMessage> flaggedButSettled() throws StoreException {
        return query("reading what is no longer stuck", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT_SETTLED)) {
                select.setInt(1, StuckFlag.Ending.NEVER_REPORTED.ordinal());
                return openMessages(connection, select);
            }
        });
    }

    private List<OpenMessage> openMessages(Connection connection, PreparedStatement select)
            throws SQLException, Damaged {
        List<OpenMessage> messages = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] packed = rows.getBytes(1);
                MessageKey key = codec.key(packed);
                MessageState state = MessageState.of(codec.history(key, rows.getBytes(2)));
                messages.add(new OpenMessage(state, flag(connection, packed)));
            }
        }
        return messages;
    }

    @Override
    public List<StuckFlag> flagsActiveAfter(Instant time) throws StoreException {
        return query("reading the flags", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT_FLAGS_AFTER)) {
                select.setLong(1, time.toEpochMilli());
                List<StuckFlag> flags = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        flags.add(flag(rows));
                    }
                }
                return flags;
            }
        });
    }

    @Override
    public List<AccountActivity> activity() throws StoreException {
        return query("reading what came for each account", connection -> {
            dictionary.load(connection);
            Map<AccountName, Map<String, Long>> refused = new TreeMap<>();
            Map<AccountName, Instant> lastRefused = new TreeMap<>();
            Map<AccountName, String> hints = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT_REFUSED);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    AccountName account = dictionary.account(rows.getInt(1));
                    refused.computeIfAbsent(account, name -> new TreeMap<>()).put(rows.getString(2), rows.getLong(3));
                    lastRefused.merge(
                            account, Instant.ofEpochMilli(rows.getLong(4)), (one, two) -> one.isAfter(two) ? one : two);
                    String hint = rows.getString(5);
                    if (hint != null) {
                        hints.put(account, hint);
                    }
                }
            }
            Map<AccountName, AccountActivity> activity = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT_LAST_CALLBACKS);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    AccountName account = dictionary.account(rows.getInt(1));
                    long last = rows.getLong(2);
                    activity.put(
                            account,
                            new AccountActivity(
                                    account,
                                    rows.wasNull() ? null : Instant.ofEpochMilli(last),
                                    refused.getOrDefault(account, Map.of()),
                                    lastRefused.get(account),
                                    hints.get(account)));
                }
            }
            return List.copyOf(activity.values());
        });
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
        return query("reading the report of " + date, connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT_REPORT)) {
                select.setString(1, date.toString());
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new KeptReport(
                                    date, Instant.ofEpochMilli(row.getLong(1)), SegmentCodec.text(row.getBytes(2))))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<LocalDate> reportDates() throws StoreException {
        return query("reading the days of the reports", connection -> {
            List<LocalDate> dates = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(SELECT_REPORT_DATES);
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    dates.add(LocalDate.parse(rows.getString(1)));
                }
            }
            return dates;
        });
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
        return query("reading a raw callback", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT_SEGMENT)) {
                select.setLong(1, sequence);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next() || row.getLong(2) <= sequence) {
                        return Optional.empty();
                    }
                    for (SegmentCodec.Entry entry : SegmentCodec.read(row.getBytes(3), row.getLong(1))) {
                        if (sequence < entry.firstSequence() + entry.sequences()) {
                            return Optional.of(entry.callback());
                        }
                    }
                    throw new Damaged("the segment at " + row.getLong(1) + " ends before " + sequence);
                }
            }
        });
    }

    @Override
    public Optional<RawSegment> segment(long fromSequence, Instant since) throws StoreException {
        return query(
                "reading the raw callbacks after " + fromSequence,
                connection -> SqliteSegments.next(connection, fromSequence, since));
    }

    @Override
    public long nextSequence() throws StoreException {
        return query("reading the next number", SqliteSegments::nextSequence);
    }

    @Override
    public List<QuarantinedCallback> quarantine(long before, int limit) throws StoreException {
        return query(
                "reading the quarantine", connection -> SqliteQuarantine.page(connection, dictionary, before, limit));
    }

    @Override
    public Optional<QuarantinedCallback> quarantined(long sequence) throws StoreException {
        return query("reading the quarantine", connection -> SqliteQuarantine.one(connection, dictionary, sequence));
    }

    @Override
    public long quarantineSize() throws StoreException {
        return query("counting the quarantine", SqliteQuarantine::count);
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return "SqliteReads[" + file.path() + "]";
    }
}
