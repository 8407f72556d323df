package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Pages of the file that nothing is in any more: some are kept for what comes next, the others are given back to the disk. */
final class FreePages {
    private static final int INCREMENTAL = 2;
    /** Moving a page writes two or three; 32 of them take about as long as a commit. */
    private static final String MOVE_SOME = "PRAGMA incremental_vacuum(32)";
    /** One page in so many stays free: the next day's callbacks need them, and a file that grows makes commits wait. */
    private static final int KEPT_OF = 20;

    private final SqliteFile file;
    private final WriteConnection writer;

    FreePages(SqliteFile file, WriteConnection writer) {
        this.file = file;
        this.writer = writer;
    }

    /** One step. @return false if there is nothing more to give, or the file was made without being able to */
    boolean giveBack() throws StoreException {
        boolean[] more = new boolean[1];
        try {
            writer.between(connection -> {
                try (Statement statement = connection.createStatement()) {
                    if (number(statement, "PRAGMA auto_vacuum") == INCREMENTAL
                            && number(statement, "PRAGMA freelist_count")
                                    > number(statement, "PRAGMA page_count") / KEPT_OF) {
                        // An update, since it moves a page for each row that is asked for, and has no column to ask
                        // for.
                        statement.executeUpdate(MOVE_SOME);
                        more[0] = true;
                    }
                }
            });
        } catch (SQLException e) {
            throw SqliteErrors.of("giving disk back", e);
        }
        return more[0];
    }

    /**
     * Writes the log back beside the writer, and cuts it off if that was all of it. Where somebody still reads from it, a later run
     * does.
     */
    void shortenLog() throws StoreException {
        try {
            try (Connection connection = file.writer(100)) {
                writeBack(connection, "PRAGMA wal_checkpoint(PASSIVE)");
                if (!writeBack(connection, "PRAGMA wal_checkpoint(PASSIVE)")) {
                    return;
                }
            }
            writer.between(connection -> writeBack(connection, "PRAGMA wal_checkpoint(TRUNCATE)"));
        } catch (SQLException e) {
            throw SqliteErrors.of("shortening the log", e);
        }
    }

    /** @return whether nearly all of the log is in the file now */
    private static boolean writeBack(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            row.next();
            return row.getLong(1) == 0 && row.getLong(2) - row.getLong(3) < 1_000;
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
