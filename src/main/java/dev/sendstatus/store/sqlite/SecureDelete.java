package dev.sendstatus.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Has SQLite write zeros over what is deleted, which else stays readable in the file until its place is used again. */
final class SecureDelete {
    private SecureDelete() {}

    /** From now on, on this connection. */
    static void on(WriteConnection connection) throws SQLException {
        try (ResultSet row = connection.prepared("PRAGMA secure_delete = ON").executeQuery()) {
            row.next();
        }
    }
}
