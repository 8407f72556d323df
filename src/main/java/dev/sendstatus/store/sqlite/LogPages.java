package dev.sendstatus.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The pages of SQLite's log.
 *
 * @param busy whether somebody kept the checkpoint from its end
 * @param all how many are in use
 * @param writtenBack how many of them are in the database file
 */
record LogPages(boolean busy, long all, long writtenBack) {

    /** Writes back as SQLite's mode of that name says; {@code NOOP} only tells. */
    static LogPages checkpoint(Connection connection, String mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            row.next();
            return new LogPages(row.getInt(1) != 0, row.getLong(2), row.getLong(3));
        }
    }
}
