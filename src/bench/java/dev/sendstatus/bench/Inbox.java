package dev.sendstatus.bench;

import dev.sendstatus.store.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The callbacks that are acknowledged and not applied yet, as the database says. One thread at a time. */
final class Inbox implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;

    private final Connection connection;

    Inbox(DatabaseSettings database) throws SQLException {
        connection = DriverManager.getConnection(database.url(), database.user(), "any");
    }

    /** What the query finds; 0 if that is nothing. */
    private long number(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    long size() throws SQLException {
        return number("SELECT count(*) FROM inbox");
    }

    boolean isEmpty() throws SQLException {
        return number("SELECT 1 FROM inbox LIMIT 1") == 0;
    }

    /** How long the oldest has waited; 0 if none waits. */
    long lagMillis() throws SQLException {
        long entered = number("SELECT entered_at FROM inbox ORDER BY callback_id LIMIT 1");
        return entered == 0 ? 0 : Math.max(0, System.currentTimeMillis() - entered);
    }

    /** How many were ever stored. */
    long callbacks() throws SQLException {
        return number("SELECT max(id) FROM callback");
    }

    /** How many were ever stored. */
    long events() throws SQLException {
        return number("SELECT max(id) FROM event");
    }

    /** Its id; null while none is there. */
    @Nullable
    String newestMessage() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT provider_id FROM message ORDER BY id DESC LIMIT 1");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    void awaitEmpty() throws SQLException, InterruptedException {
        while (!isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
