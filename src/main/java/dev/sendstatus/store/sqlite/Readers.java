package dev.sendstatus.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.ArrivalCodec;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;

/** The connections that {@link SqliteReads} reads by, and what they are told of callbacks that are not part of their messages yet. */
final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final SqliteDictionary dictionary;
    private final Unsettled arrivals;
    private final ArrivalCodec codec;
    /** Each is used by whoever has its connection. */
    private final Map<SQLiteConnection, Statements> prepared = new ConcurrentHashMap<>();

    Readers(SqliteFile file, SqliteDictionary dictionary, Unsettled arrivals) {
        this.dictionary = dictionary;
        this.arrivals = arrivals;
        this.codec = new ArrivalCodec(dictionary);
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

    @FunctionalInterface
    interface Query<T> {
        T run(Connection connection) throws SQLException, Damaged;
    }

    <T> T query(String doing, Query<T> query) throws StoreException {
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

    /** A query in one transaction, so that what its statements read agrees. */
    static <T> T atOneMoment(Connection connection, Query<T> query) throws SQLException, Damaged {
        connection.setAutoCommit(false);
        try {
            return query.run(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** A query about messages, or what came for them: of all that was acknowledged, as long as the database can be written. */
    <T> T current(String doing, Query<T> query) throws StoreException {
        settle();
        return query(doing, query);
    }

    /** A query with several statements, each prepared once. */
    @FunctionalInterface
    interface Reading<T> {
        T run(Statements statements) throws SQLException, Damaged;
    }

    <T> T read(String doing, Reading<T> reading) throws StoreException {
        return query(doing, connection -> reading.run(statements(connection.unwrap(SQLiteConnection.class))));
    }

    /** As {@link #read}, of all that {@link #current} knows. */
    <T> T currentRead(String doing, Reading<T> reading) throws StoreException {
        settle();
        return read(doing, reading);
    }

    /** Has what came become part of its messages, if it can. */
    void settle() throws StoreException {
        if (query("looking for what came last", arrivals::any)) {
            try {
                arrivals.settle();
            } catch (StoreException e) {
                LOG.debug("reading without what came last: {}", e.getMessage());
            }
        }
    }

    /** What came and is not part of these messages yet. */
    ArrivedEvents arrived(Statements statements, Collection<String> ids) throws SQLException, Damaged {
        List<Incoming> held = arrivals.held();
        List<Incoming> lying = held == null ? Arrivals.read(statements, codec) : held;
        return ArrivedEvents.of(lying, ids, statements);
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
    public void close() {
        pool.close();
    }
}
