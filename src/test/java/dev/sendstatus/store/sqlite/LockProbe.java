package dev.sendstatus.store.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process of its own that tries to write to a database, and says whether it was let. */
final class LockProbe {
    static final String BUSY = "busy";
    static final String FREE = "free";

    private LockProbe() {}

    public static void main(String[] url) {
        try (Connection connection = DriverManager.getConnection(url[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            System.out.print(FREE);
        } catch (SQLException e) {
            System.out.print(BUSY);
        }
    }
}
