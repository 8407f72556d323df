package dev.sendstatus.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
    default boolean twoWriters() {
        return false;
    }

    /** Whether the connection can still be trusted; called before each transaction. It mends the connection where it can. */
    default boolean trusts(Session session) throws SQLException {
        return true;
    }

    /** Begins a transaction that will write, where not the first statement begins it. */
    default void begin(Session session) throws SQLException {}

    default void commit(Session session) throws SQLException {
        session.connection().commit();
    }

    default void rollback(Session session) throws SQLException {
        session.connection().rollback();
    }

    /** When this returns, all that was committed before it was called is on disk. Nothing is to be done where a commit itself waits for that. */
    default void sync() throws SQLException {}

    /** How the connections that only read are set up. */
    HikariConfig readers();

    /** A connection for one long reading, in one transaction. */
    Connection scanner() throws SQLException;

    /** A connection for one question that a person asks, in one transaction. It cannot write. */
    default Connection asker() throws SQLException {
        return scanner();
    }

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
    default boolean breaksConnection(SQLException e) {
        return false;
    }

    /** Whether the same may succeed at once, since another transaction is done by now. */
    default boolean isConflict(SQLException e) {
        return false;
    }

    /** The rows that are numbered. */
    enum Numbered {
        ACCOUNT,
        CALLBACK,
        MESSAGE,
        ALERT;

        /** As the counter or the sequence is called. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
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

    /**
     * Has the joins of this transaction go through both tables by the numbers of messages, where that is quicker than a look for each message.
     *
     * @return whether it is
     */
    default boolean joinByNumber(Session session) throws SQLException {
        return false;
    }

    /** The end of a SELECT whose rows are about to be changed. Nothing has to be locked where one transaction writes at a time. */
    default String forUpdate() {
        return "";
    }

    /** The end of a SELECT whose rows one of several nodes takes out. */
    default String forUpdateSkipLocked() {
        return "";
    }

    /** Of these messages, which were just inserted, those that another node inserted at the same moment. */
    default Set<Long> lostRaces(Session session, Collection<Long> messages) throws SQLException {
        return Set.of();
    }

    /** Writes something, to prove that a commit succeeds. */
    void probe(Session session) throws SQLException;

    /** Runs the work so that nothing is left in the place of what it deletes. */
    default <T> T forGood(Session session, Work<T> work) throws SQLException {
        return work.run(session);
    }

    /** Gives some of the disk back that is no longer needed. @return whether there may be more */
    default boolean giveBack(Writer writer) throws SQLException {
        return false;
    }

    /** Shortens the write-ahead log, where there is one. @return false if somebody still reads from it or writes it back */
    default boolean shortenLog(Writer writer) throws SQLException {
        return true;
    }

    /** The damage that the database finds in its own file; empty where it checks its pages by itself. */
    default List<String> damage(Session session) throws SQLException {
        return List.of();
    }

    /** Begins what has to be done beside the writer all the time. @return ends it */
    default AutoCloseable besides(Writer writer) throws SQLException {
        return () -> {};
    }

    @Override
    default void close() {}
}
