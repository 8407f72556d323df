package dev.sendstatus.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Session;
import dev.sendstatus.store.jdbc.Writer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite: one file, and one connection that writes to it. */
public final class SqliteDialect implements Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDialect.class);
    /** A locked database is reported soon: the caller knows how long it may go on trying. */
    private static final int BUSY_MILLIS = 200;

    private static final String TAKE_NUMBERS = "UPDATE counter SET next = next + ? WHERE name = ? RETURNING next";

    private final SqliteFile file;
    private volatile @Nullable LogSync log;

    public SqliteDialect(SqliteFile file) {
        this.file = file;
    }

    @Override
    public void prepare() throws StoreException {
        file.prepare();
    }

    @Override
    public void requireReadable() throws StoreException {
        file.requireReadable();
    }

    /** Each transaction is begun and ended here: the driver would else look before each statement whether there is one. */
    @Override
    public Connection writer() throws SQLException {
        Connection connection = file.writer(BUSY_MILLIS);
        boolean done = false;
        try {
            connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
            // The log is there once something was read.
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM counter")) {
                row.next();
            }
            // If nobody else had the file open, the log is another file than before.
            LogSync former = log;
            log = new LogSync(file.path());
            if (former != null) {
                former.close();
            }
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** After a sync that failed, nothing may be added to the log before all that is in it is on disk: in the database file. */
    @Override
    public boolean trusts(Session session) throws SQLException {
        LogSync current = log;
        if (current == null || !current.failed()) {
            return true;
        }
        try (ResultSet row = session.prepared("PRAGMA wal_checkpoint(RESTART)").executeQuery()) {
            if (!row.next() || row.getInt(1) != 0) {
                throw new SQLiteException("the log could not be written back", SQLiteErrorCode.SQLITE_BUSY);
            }
        }
        return false;
    }

    @Override
    public void begin(Session session) throws SQLException {
        session.prepared("BEGIN IMMEDIATE").execute();
    }

    @Override
    public void commit(Session session) throws SQLException {
        session.prepared("COMMIT").execute();
    }

    @Override
    public void rollback(Session session) throws SQLException {
        session.prepared("ROLLBACK").execute();
    }

    @Override
    public void sync() throws SQLException {
        LogSync current = log;
        if (current != null) {
            current.sync();
        } else {
            LogSync.once(file.path());
        }
    }

    @Override
    public HikariConfig readers() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(file.url());
        config.setDataSourceProperties(file.readerProperties());
        config.setConnectionInitSql(SqliteFile.QUERY_ONLY);
        return config;
    }

    @Override
    public Connection scanner() throws SQLException {
        Connection connection = JDBC.createConnection(file.url(), file.readerProperties());
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(SqliteFile.QUERY_ONLY);
            connection.setAutoCommit(false);
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** SQLite names the word that it stumbled over; where that stands the driver does not tell. */
    @Override
    public @Nullable String wrongSql(String sql, int before, SQLException e) {
        return SqliteErrors.wrongSql(e);
    }

    @Override
    public StoreException failure(String doing, SQLException e) {
        return SqliteErrors.of(doing, e);
    }

    @Override
    public long[] numbers(Session session, Numbered kind, int count) throws SQLException {
        long[] numbers = new long[count];
        if (count > 0) {
            long first = take(session, kind.word(), count);
            for (int i = 0; i < count; i++) {
                numbers[i] = first + i;
            }
        }
        return numbers;
    }

    @Override
    public long eventNumbers(Session session, int count) throws SQLException {
        return take(session, "event", count);
    }

    private static long take(Session session, String name, int count) throws SQLException {
        return session.number(TAKE_NUMBERS, count, name) - count;
    }

    @Override
    public long completeEvents(Session session) throws SQLException {
        return session.number("SELECT next FROM counter WHERE name = 'event'");
    }

    @Override
    public String ofOneValue(String column, String id) {
        return "%1$s = ? AND %2$s < ? AND %1$s = ? AND %2$s >= ?".formatted(column, id);
    }

    @Override
    public void probe(Session session) throws SQLException {
        take(session, "probe", 1);
    }

    /**
     * SQLite writes zeros over it then; else it stays readable in the file until its place is used again. This takes effect when the statement is
     * prepared, so it is prepared each time.
     */
    @Override
    public void eraseForGood(Session session, boolean yes) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row =
                        statement.executeQuery(yes ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = FAST")) {
            row.next();
        }
    }

    @Override
    public List<String> damage(Session session) throws SQLException {
        List<String> damage = session.list("PRAGMA integrity_check", row -> row.getString(1));
        return damage.equals(List.of("ok")) ? List.of() : damage;
    }

    @Override
    public boolean giveBack(Writer writer) throws SQLException {
        return FreePages.giveBack(writer);
    }

    @Override
    public boolean shortenLog(Writer writer) throws SQLException {
        return FreePages.shortenLog(file, writer);
    }

    @Override
    public AutoCloseable besides(Writer writer) throws SQLException {
        return new Checkpointer(file, writer);
    }

    @Override
    public void close() {
        LogSync current = log;
        log = null;
        try {
            if (current != null) {
                current.close();
            }
        } catch (SQLException e) {
            LOG.warn("closing the database: {}", e.getMessage());
        }
    }
}
