package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The few questions in which the databases differ when one is copied as a whole. */
public interface CopyDialect {

    /** Makes the tables where they are missing, and brings them up to date. */
    void prepare() throws StoreException;

    /** Whether a server or a command has it open, as far as that can be told; to be asked before it is opened. */
    boolean isInUse() throws StoreException;

    /** A connection that reads all as of one moment, in one transaction, while nobody can write. */
    Connection source() throws SQLException;

    /** A connection that writes, in transactions, and may take its time. */
    Connection target() throws SQLException;

    /** SELECTs a text that tells this database from every other: the same as long as it lives, and no secret. */
    String identity();

    /** SELECTs the indexes that CREATE INDEX made: table, name, definition. */
    String indexes();

    /** SELECTs, for each kind of row that is numbered, a number that none ever had, nor any lower one that none has: kind, number. */
    String numbers();

    /** Makes a full copy a database to work with: later rows get these numbers, by kind, or higher ones. */
    void finish(Session session, Map<String, Long> numbers) throws SQLException;

    /** Removes all rows of a table, within a transaction. */
    void empty(Session session, CopiedTable table) throws SQLException;

    /** The exception that tells a failure. */
    StoreException failure(String doing, SQLException e);
}
