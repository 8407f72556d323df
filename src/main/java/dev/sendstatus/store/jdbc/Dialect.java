package dev.sendstatus.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The few questions in which the databases differ. */
public interface Dialect extends AutoCloseable {

    /** Makes the tables where they are missing, and brings them up to date. */
    void prepare() throws StoreException;

    /** Refuses a database that a command cannot read from, with the reason: not there, without tables, another program's, not ours to read. */
    void requireReadable() throws StoreException;

    /** A connection that writes. */
    Connection writer() throws SQLException;

    /** Whether the log of callbacks and the rest have a write connection each, so that neither waits for the other. */
    boolean twoWriters();

    /** Whether the connection can still be trusted; called before each transaction. It mends the connection where it can. */
    boolean trusts(Session session) throws SQLException;

    /** Begins a transaction that will write. */
    void begin(Session session) throws SQLException;

    void commit(Session session) throws SQLException;

    void rollback(Session session) throws SQLException;

    /** When this returns, all that was committed before it was called is on disk. */
    void sync() throws SQLException;

    /** How the connections that only read are set up. */
    HikariConfig readers();

    /** A connection for one long reading, in one transaction. */
    Connection scanner() throws SQLException;

    /** A connection for one question that a person asks, in one transaction. It cannot write. */
    Connection asker() throws SQLException;

    /**
     * The database's own words about a question that is wrong; null if something else is wrong.
     *
     * @param sql the question
     * @param before how many characters stood before it in what the database was given
     */
    @Nullable
    String wrongSql(String sql, int before, SQLException e);

    /** The exception that tells a failure: of the database's surroundings, or of the program. */
    StoreException failure(String doing, SQLException e);

    /** Whether the connection is of no use any more. */
    boolean breaksConnection(SQLException e);

    /** Whether the same may succeed at once, since another transaction is done by now. */
    boolean isConflict(SQLException e);

    /** The rows that are numbered. The lower-case name is the counter's or the sequence's. */
    enum Numbered {
        ACCOUNT,
        CALLBACK,
        MESSAGE,
        ALERT
    }

    /** New numbers, rising. */
    long[] numbers(Session session, Numbered kind, int count) throws SQLException;

    /** As many new numbers of events, one after another. @return the first */
    long eventNumbers(Session session, int count) throws SQLException;

    /** A number of events below which everything is committed, and nothing will ever be added. */
    long completeEvents(Session session) throws SQLException;

    /**
     * The condition that a column has one value and an id is in a range, so that an index by both is followed from id to id. Its places are
     * the value, the id below which, the value again, and the id from which.
     */
    String ofOneValue(String column, String id);

    /** The end of a SELECT whose rows are about to be changed. */
    String forUpdate();

    /** The end of a SELECT whose rows one of several nodes takes out. */
    String forUpdateSkipLocked();

    /** Of these messages, which were just inserted, those that another node inserted at the same moment. */
    Set<Long> lostRaces(Session session, Collection<Long> messages) throws SQLException;

    /** Writes something, to prove that a commit succeeds. */
    void probe(Session session) throws SQLException;

    /** Whether what this connection deletes from now on is overwritten, where the database would leave it in its file. */
    void eraseForGood(Session session, boolean yes) throws SQLException;

    /** Gives some of the disk back that is no longer needed. @return whether there may be more */
    boolean giveBack(Writer writer) throws SQLException;

    /** Shortens the log of what was written, where there is one. @return false if somebody still reads from it or writes it back */
    boolean shortenLog(Writer writer) throws SQLException;

    /** The damage that the database finds in its own file; empty where it checks its pages by itself. */
    List<String> damage(Session session) throws SQLException;

    /** Begins what has to be done beside the writer all the time. @return ends it */
    AutoCloseable besides(Writer writer) throws SQLException;

    @Override
    void close();
}
