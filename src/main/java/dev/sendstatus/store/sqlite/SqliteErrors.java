package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** Says once what a failure of SQLite means: the world's fault, or ours. */
final class SqliteErrors {
    private SqliteErrors() {}

    static StoreException of(String doing, SQLException e) {
        if (e instanceof SQLiteException) {
            return switch (code(e)) {
                case 5, 6 -> unavailable(doing, "another process holds the database locked", e);
                case 13 -> unavailable(doing, "the disk is full", e);
                case 10 -> unavailable(doing, "the disk does not read or write", e);
                case 14 -> unavailable(doing, "the database file cannot be opened", e);
                case 8 -> unavailable(doing, "the database file may not be written", e);
                case 26 ->
                    new StoreException.Broken(doing + ": the file is not a database (" + e.getMessage() + ")", e);
                default -> new StoreException.Broken(doing + ": " + e.getMessage(), e);
            };
        }
        if (e instanceof SQLTransientException) {
            return unavailable(doing, "no connection is free", e);
        }
        return new StoreException.Broken(doing + ": " + e.getMessage(), e);
    }

    /** The plain result code of SQLite: an extended one keeps it in its lowest byte. 0 if the failure is not SQLite's. */
    static int code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xFF : 0;
    }

    /** SQLite's own words for a question's mistake; null if something else is wrong. */
    static @Nullable String wrongSql(SQLException e) {
        return switch (code(e)) {
            // A wrong statement; an attempt to write; a value that is too big, or of the wrong type.
            case 1, 8, 18, 20 -> ownWords(e);
            default -> null;
        };
    }

    /** The driver puts its words before SQLite's: {@code [SQLITE_ERROR] SQL error or missing database (no such table: x)}. */
    static String ownWords(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (!(e instanceof SQLiteException sqlite)) {
            return message;
        }
        String before = sqlite.getResultCode() + " (";
        return message.startsWith(before) ? message.substring(before.length(), message.length() - 1) : message;
    }

    private static StoreException unavailable(String doing, String why, SQLException e) {
        return new StoreException.Unavailable(doing + ": " + why + " (" + e.getMessage() + ")", e);
    }
}
