package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.jdbc.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Pages of the file that nothing is in any more: some are kept for what comes next, the others are given back to the disk. */
final class FreePages {
    private static final int INCREMENTAL = 2;
    /** Moving a page writes two or three; 32 of them take about as long as a commit. */
    private static final String MOVE_SOME = "PRAGMA incremental_vacuum(32)";
    /** One page in so many stays free: the next day's callbacks need them, and a file that grows makes commits wait. */
    private static final int KEPT_OF = 20;

    private static final int FEW = 1_000;

    private FreePages() {}

    /** One step. @return false if there is nothing more to give, or the file was made without being able to */
    static boolean giveBack(Writer writer) throws SQLException {
        return writer.between(session -> {
            if (session.number("PRAGMA auto_vacuum") != INCREMENTAL
                    || session.number("PRAGMA freelist_count") <= session.number("PRAGMA page_count") / KEPT_OF) {
                return false;
            }
            try (Statement statement = session.connection().createStatement()) {
                // An update, since it moves a page for each row that is asked for, and has no column to ask for.
                statement.executeUpdate(MOVE_SOME);
                return true;
            }
        });
    }

    /**
     * Writes the log back beside the writer, and cuts it off if that was all of it.
     *
     * @return false if somebody still reads from it, or writes it back at this moment
     */
    static boolean shortenLog(SqliteFile file, Writer writer) throws SQLException {
        try (Connection connection = file.writer(100)) {
            LogPages.checkpoint(connection, "PASSIVE");
            if (!isAllBack(LogPages.checkpoint(connection, "PASSIVE"))) {
                return false;
            }
        }
        return writer.between(session -> isAllBack(LogPages.checkpoint(session.connection(), "TRUNCATE")));
    }

    private static boolean isAllBack(LogPages log) {
        return !log.busy() && log.all() - log.writtenBack() < FEW;
    }
}
