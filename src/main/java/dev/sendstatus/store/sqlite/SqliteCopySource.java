package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import dev.sendstatus.store.copy.Cell;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyRows;
import dev.sendstatus.store.copy.CopySource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** All of a SQLite database, read in one transaction. */
public final class SqliteCopySource implements CopySource {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCopySource.class);
    private static final String DOING = "reading the database";
    // When its tables were made: a copy of the file has the same, and is the same database.
    private static final String SELECT_IDENTITY =
            "SELECT installed_on FROM flyway_schema_history ORDER BY installed_rank LIMIT 1";
    private static final String SELECT_SEQUENCE = "SELECT next_sequence FROM counter";
    private static final String SELECT_SIZE = "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM segment)";
    private static final String SELECT_MESSAGES = "SELECT id, key, history FROM message WHERE id > ? ORDER BY id";
    /** Which of its cells has the bytes of a segment. */
    private static final int BODY = 3;

    private final SqliteFile file;
    private final Connection connection;
    private final String identity;
    private final MessageDecoder decoder;
    private final CopyCells cells;
    private final WholeCallbacks callbacks;
    private final SegmentCodec codec = new SegmentCodec();

    private SqliteCopySource(SqliteFile file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        SqliteDictionary dictionary = new SqliteDictionary();
        this.decoder = new MessageDecoder(dictionary);
        this.cells = new CopyCells(dictionary);
        this.callbacks = new WholeCallbacks(new Statements(connection), decoder);
        this.identity = identity(connection);
    }

    /** Opens a database that is there. */
    public static SqliteCopySource open(SqliteFile file) throws StoreException {
        if (!file.exists()) {
            throw new StoreException.Unavailable("there is no database at " + file.path(), null);
        }
        file.prepare();
        Connection connection;
        try {
            connection = JDBC.createConnection(file.url(), file.readerProperties());
        } catch (SQLException e) {
            throw SqliteErrors.of("opening " + file.path(), e);
        }
        boolean done = false;
        try {
            // So that all that was acknowledged is in the rows that are copied.
            ForeignArrivals arrivals = new ForeignArrivals(file);
            if (arrivals.any(connection)) {
                arrivals.settle();
            }
            SqliteCopySource source = new SqliteCopySource(file, connection);
            // Its moment is that of the first reading that follows.
            connection.setAutoCommit(false);
            done = true;
            return source;
        } catch (SQLException e) {
            throw SqliteErrors.of("opening " + file.path(), e);
        } finally {
            if (!done) {
                close(connection);
            }
        }
    }

    /**
     * Whether a connection to the file is open, of this process or another: as long as one is, nobody can have the file for himself.
     * To be asked before it is opened.
     */
    public static boolean isInUse(SqliteFile file) throws StoreException {
        if (!file.exists()) {
            return false;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(0);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        try (Connection alone = JDBC.createConnection(file.url(), config.toProperties());
                Statement statement = alone.createStatement()) {
            statement.execute("SELECT count(*) FROM sqlite_master");
            return false;
        } catch (SQLiteException e) {
            if ((e.getResultCode().code & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code) {
                return true;
            }
            throw SqliteErrors.of("opening " + file.path(), e);
        } catch (SQLException e) {
            throw SqliteErrors.of("opening " + file.path(), e);
        }
    }

    static String identity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_IDENTITY)) {
            row.next();
            return "sqlite " + row.getString(1);
        }
    }

    @Override
    public String identity() {
        return identity;
    }

    /** By a connection of its own: this one's sees its own moment only. */
    @Override
    public long nextSequence() throws StoreException {
        try (Connection now = JDBC.createConnection(file.url(), file.readerProperties())) {
            return number(now, SELECT_SEQUENCE);
        } catch (SQLException e) {
            throw SqliteErrors.of(DOING, e);
        }
    }

    @Override
    public long size() throws StoreException {
        try {
            return number(connection, SELECT_SIZE);
        } catch (SQLException e) {
            throw SqliteErrors.of(DOING, e);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public CopyRows<CopiedMessage> messages(long after) throws StoreException {
        return rows(SELECT_MESSAGES, after, row -> {
            MessageKey key = decoder.key(connection, row.getBytes(2));
            return new CopiedMessage(row.getLong(1), decoder.history(connection, key, row.getBytes(3)));
        });
    }

    @Override
    public CopyRows<CopiedRow> segments(long after) throws StoreException {
        return rows(CopyStatements.SELECT_SEGMENTS_AFTER, after, row -> row(CopiedTable.SEGMENT, row));
    }

    private CopiedRow row(CopiedTable table, ResultSet row) throws SQLException, Damaged {
        CopiedRow read = cells.read(table, connection, row);
        if (table != CopiedTable.SEGMENT || !(read.cells().get(BODY) instanceof Cell.Bytes body)) {
            return read;
        }
        List<Cell> whole = new ArrayList<>(read.cells());
        whole.set(BODY, new Cell.Bytes(whole(row.getLong(1), body.value())));
        return new CopiedRow(table, whole);
    }

    /** The segment with nothing left to rows of messages, of which other databases know nothing. */
    private byte[] whole(long first, byte[] body) throws SQLException, Damaged {
        List<SegmentCodec.Entry> entries;
        try {
            entries = SegmentCodec.read(body, first);
        } catch (Damaged e) {
            // As it is: whoever reads it there is told, as here.
            return body;
        }
        if (entries.stream().allMatch(SegmentCodec.Entry::isWhole)) {
            return body;
        }
        codec.begin();
        for (SegmentCodec.Entry entry : entries) {
            codec.add(callbacks.of(entry), entry.earlierMillis());
        }
        return codec.end();
    }

    private <T> CopyRows<T> rows(String sql, long after, SqliteCopyRows.Reader<T> reader) throws StoreException {
        try {
            PreparedStatement select = connection.prepareStatement(sql);
            select.setLong(1, after);
            return new SqliteCopyRows<>(DOING, select, reader);
        } catch (SQLException e) {
            throw SqliteErrors.of(DOING, e);
        }
    }

    @Override
    public CopyRows<CopiedRow> rows(CopiedTable table) throws StoreException {
        try {
            PreparedStatement select = connection.prepareStatement(CopyStatements.select(table));
            return new SqliteCopyRows<>(DOING, select, row -> row(table, row));
        } catch (SQLException e) {
            throw SqliteErrors.of(DOING, e);
        }
    }

    @Override
    public void close() {
        codec.close();
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("closing the database: {}", e.getMessage());
        }
    }
}
