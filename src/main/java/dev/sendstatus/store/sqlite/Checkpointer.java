package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.jdbc.Session;
import dev.sendstatus.store.jdbc.Writer;
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

    /**
     * The number of bytes that are written back at once, beside the writer. The longer this is, the more often a page changes within it and is
     * written once: of 4 MB two thirds are written, of 16 MB two fifths. To write back and sync a whole long log keeps the disk busy for a
     * tenth of a second and more, in which callbacks wait for their own sync.
     */
    private static final long SLICE_BYTES = 16L << 20;

    /** What the writer may have to write back itself when the log is started again. */
    private static final long MOST_LEFT_BYTES = 4L << 20;

    private static final int MOST_ROUNDS = 8;
    /** Written and synced in some milliseconds. */
    private static final int SMALL_REST = 256;

    private final Writer writer;
    private final DatabaseSync database;
    private final SqliteFile file;
    private final Path log;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "checkpointer");
        named.setDaemon(true);
        return named;
    });
    private boolean failing;
    /** Of the thread; its own, so that it works beside the writer. A new one is made after a failure. */
    private @Nullable Connection own;

    Checkpointer(SqliteFile file, Writer writer) throws SQLException {
        this.file = file;
        this.writer = writer;
        this.database = DatabaseSync.of(file.path());
        this.log = file.log();
        thread.scheduleWithFixedDelay(this::run, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            LogPages found = LogPages.checkpoint(connection(), "NOOP");
            if (bytes(found.all() - found.writtenBack()) >= SLICE_BYTES) {
                long pages = writeBack();
                if (bytes(found.all()) >= WORTH_BYTES) {
                    startAgain(pages);
                }
            }
            failing = false;
        } catch (SQLException | RuntimeException e) {
            // Nothing is lost by it: the log only grows until it works again.
            disconnect();
            if (!failing) {
                LOG.warn("the log {} could not be written back, and grows until it can: {}", log, e.getMessage());
            }
            failing = true;
        }
    }

    /**
     * Writes back what came while the rest was written, and so on, until what the writer has to wait for is small: under steady load the
     * log would never come to rest and grow for ever.
     */
    private void startAgain(long writtenBack) throws SQLException {
        long pages = writtenBack;
        long before = 0;
        for (int round = 1; round < MOST_ROUNDS && pages - before > SMALL_REST; round++) {
            before = pages;
            pages = writeBack();
        }
        LogPages left = LogPages.checkpoint(connection(), "NOOP");
        if (bytes(left.all() - left.writtenBack()) < MOST_LEFT_BYTES) {
            writer.between(Checkpointer::startAtTheBeginning);
        }
        // Else a reader holds on to what it has seen, as a long export does: the log grows until it has ended.
    }

    /** Does not wait for readers: the writer would wait as well. */
    private static LogPages startAtTheBeginning(Session session) throws SQLException {
        Connection connection = session.connection();
        try (Statement statement = connection.createStatement()) {
            long patience = session.number("PRAGMA busy_timeout");
            statement.execute("PRAGMA busy_timeout = 1");
            try {
                return LogPages.checkpoint(connection, "RESTART");
            } finally {
                statement.execute("PRAGMA busy_timeout = " + patience);
            }
        }
    }

    /** Beside the writer. SQLite itself syncs the database only once all is written back, and then the writer would wait for all of it. */
    private long writeBack() throws SQLException {
        LogPages pages = LogPages.checkpoint(connection(), "PASSIVE");
        database.sync();
        return pages.writtenBack();
    }

    /**
     * The log's file keeps its length, so that does not tell how much of it is in use; SQLite does. To read it from the log's index beside
     * SQLite is not possible: a process that closes a file loses all its locks on it, the writer's own included, and another process could
     * write at the same time, or begin the index anew under this one.
     */
    private long bytes(long pages) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery("PRAGMA page_size")) {
            row.next();
            return pages * row.getLong(1);
        }
    }

    private Connection connection() throws SQLException {
        Connection connection = own;
        if (connection == null) {
            connection = file.writer(100);
            own = connection;
        }
        return connection;
    }

    private void disconnect() {
        Connection connection = own;
        own = null;
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
            disconnect();
            database.close();
        } catch (SQLException e) {
            LOG.warn("closing the database: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
