package dev.sendstatus.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Session;
import dev.sendstatus.store.jdbc.Work;
import dev.sendstatus.store.jdbc.Writer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
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
    private volatile @Nullable FileSync log;

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
        return Session.setUp(file.writer(BUSY_MILLIS), statement -> {
            statement
                    .getConnection()
                    .unwrap(SQLiteConnection.class)
                    .getConnectionConfig()
                    .setAutoCommit(false);
            // The log is there once something was read.
            statement.execute("SELECT count(*) FROM counter");
            // If nobody else had the file open, the log is another file than before. It has no locks of SQLite, so a
            // descriptor of it may be closed.
            FileSync former = log;
            log = new FileSync(file.log());
            if (former != null) {
                former.close();
            }
        });
    }

    /** After a sync that failed, nothing may be added to the log before all that is in it is on disk: in the database file. */
    @Override
    public boolean trusts(Session session) throws SQLException {
        FileSync current = log;
        if (current == null || !current.failed()) {
            return true;
        }
        if (LogPages.checkpoint(session.connection(), "RESTART").busy()) {
            throw new SQLiteException("the log could not be written back", SQLiteErrorCode.SQLITE_BUSY);
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
        FileSync current = log;
        if (current != null) {
            current.sync();
        } else if (Files.exists(file.log())) {
            // A process that only reads. Without a log, all is on disk.
            try (FileSync once = new FileSync(file.log())) {
                once.sync();
            }
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
        return Session.setUp(JDBC.createConnection(file.url(), file.readerProperties()), statement -> {
            statement.execute(SqliteFile.QUERY_ONLY);
            statement.getConnection().setAutoCommit(false);
        });
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
        long first = count == 0 ? 0 : take(session, kind.word(), count);
        return LongStream.range(first, first + count).toArray();
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
     * SQLite writes zeros over deleted rows; else they stay readable in the file until their place is used again. Takes effect when the statement
     * is prepared, so it is prepared each time.
     */
    @Override
    public <T> T forGood(Session session, Work<T> work) throws SQLException {
        secureDelete(session, "ON");
        T result = work.run(session);
        secureDelete(session, "FAST");
        return result;
    }

    private static void secureDelete(Session session, String mode) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery("PRAGMA secure_delete = " + mode)) {
            row.next();
        }
    }

    @Override
    public List<String> damage(Session session) throws SQLException {
        List<String> damage = new ArrayList<>();
        try {
            session.each("PRAGMA integrity_check", row -> damage.add(row.getString(1)));
        } catch (SQLException e) {
            // A page that has lost its head ends the check itself.
            if (SqliteErrors.code(e) != SQLiteErrorCode.SQLITE_CORRUPT.code) {
                throw e;
            }
            damage.add(SqliteErrors.ownWords(e));
        }
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
        FileSync current = log;
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
