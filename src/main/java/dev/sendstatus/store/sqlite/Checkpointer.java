package dev.sendstatus.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves committed pages from the log into the database file, on a thread and a connection of its own: a commit that had to do
 * it would wait for several syncs instead of one.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long EVERY_MILLIS = 50;
    /**
     * A log shorter than this is left: its pages are likely to be written again. A longer one is started again from its
     * beginning, so that it keeps this length: a commit into a file that grows also waits for the file system's own log.
     */
    private static final long WORTH_BYTES = 64L << 20;

    private static final int MOST_ROUNDS = 8;
    /** Written and synced in some milliseconds. */
    private static final int SMALL_REST = 256;

    private final WriteConnection writer;
    private final SqliteFile file;
    private final Path log;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "checkpointer");
        named.setDaemon(true);
        return named;
    });
    private boolean failing;
    /** Of the thread; its own, so that asking never waits for the writer. */
    private @Nullable Connection asking;

    Checkpointer(SqliteFile file, WriteConnection writer) {
        this.file = file;
        this.writer = writer;
        this.log = Path.of(file.path() + "-wal");
        thread.scheduleWithFixedDelay(this::run, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            if (logBytes() < WORTH_BYTES) {
                return;
            }
            // The work is done beside the writer: what is there, then what came meanwhile, and so on. For the
            // small rest the writer waits: under steady load the log would never come to rest and grow for ever.
            try (Connection connection = file.writer(100)) {
                int pages = checkpoint(connection, "PRAGMA wal_checkpoint(PASSIVE)");
                int before = 0;
                for (int round = 1; round < MOST_ROUNDS && pages - before > SMALL_REST; round++) {
                    before = pages;
                    pages = checkpoint(connection, "PRAGMA wal_checkpoint(PASSIVE)");
                }
            }
            writer.between(connection -> checkpoint(connection, "PRAGMA wal_checkpoint(RESTART)"));
            failing = false;
        } catch (SQLException | RuntimeException e) {
            // Nothing is lost by it: the log only grows until it works again.
            if (!failing) {
                LOG.warn("the log {} could not be written back, and grows until it can: {}", log, e.getMessage());
            }
            failing = true;
        }
    }

    /** @return how many pages of the log are in the database file now */
    private static int checkpoint(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            row.next();
            return row.getInt(3);
        }
    }

    /**
     * How much of the log is in use. Its file keeps its length, so that does not tell; SQLite does. To read it from the log's index beside
     * SQLite is not possible: a process that closes a file loses all its locks on it, the writer's own included, and another process
     * could write at the same time, or begin the index anew under this one.
     */
    private long logBytes() throws SQLException {
        Connection connection = asking;
        if (connection == null) {
            connection = file.writer(100);
            asking = connection;
        }
        boolean done = false;
        try (Statement statement = connection.createStatement()) {
            long pages = number(statement, "PRAGMA wal_checkpoint(NOOP)", 2);
            done = true;
            return pages * number(statement, "PRAGMA page_size", 1);
        } finally {
            if (!done) {
                stopAsking();
            }
        }
    }

    private static long number(Statement statement, String pragma, int column) throws SQLException {
        try (ResultSet row = statement.executeQuery(pragma)) {
            row.next();
            return row.getLong(column);
        }
    }

    private void stopAsking() {
        Connection connection = asking;
        asking = null;
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing a connection: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("the checkpointer is still at work; the next start goes on from the log");
                return;
            }
            stopAsking();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
