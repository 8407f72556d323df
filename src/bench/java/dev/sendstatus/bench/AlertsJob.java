package dev.sendstatus.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The server's look for alerts, in its table of jobs. It is put off, so that it falls into no measurement but the one that is for it: there it is
 * due at the beginning, and begins within five seconds, when the server next reads which jobs are due.
 */
final class AlertsJob implements Onlookers {
    private static final long LONG_MILLIS = Duration.ofHours(6).toMillis();
    private static final long LOOK_MILLIS = 20;
    private static final String PLAN =
            "UPDATE scheduled_tasks SET execution_time = ? WHERE task_name = 'alerts' AND picked = 0";
    private static final String SUCCEEDED =
            "SELECT 1 FROM scheduled_tasks WHERE task_name = 'alerts' AND picked = 0 AND last_success >= ?";

    private final String url;

    /** Waits for the look that comes with a start, and puts off the next. @param server of a SQLite database */
    AlertsJob(ServerProcess server, long startedAtMillis) throws SQLException, InterruptedException {
        this.url = server.database().url() + "-jobs";
        awaitLookSince(startedAtMillis);
    }

    @Override
    public AutoCloseable begin() throws SQLException {
        long begun = System.currentTimeMillis();
        plan(begun);
        return () -> awaitLookSince(begun);
    }

    private void awaitLookSince(long millis) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(SUCCEEDED)) {
            statement.setLong(1, millis);
            boolean looked;
            do {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                try (ResultSet row = statement.executeQuery()) {
                    looked = row.next();
                }
            } while (!looked);
        }
        plan(System.currentTimeMillis() + LONG_MILLIS);
    }

    private void plan(long atMillis) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(PLAN)) {
            statement.setLong(1, atMillis);
            statement.executeUpdate();
        }
    }
}
