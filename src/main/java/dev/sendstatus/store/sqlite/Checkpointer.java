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
     * The number of bytes that are written back at once, beside the writer. To write back and sync a whole long log keeps the disk busy for a tenth of a second
     * and more, in which callbacks wait for their own sync.
     */
    private static final long SLICE_BYTES = 4L << 20;

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
        this.log = Path.of(file.path() + "-wal");
        thread.scheduleWithFixedDelay(this::run, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            Log found = log();
            if (found.bytes() - found.writtenBack() >= SLICE_BYTES) {
                int pages = writeBack();
                if (found.bytes() >= WORTH_BYTES) {
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
    private void startAgain(int writtenBack) throws SQLException {
        int pages = writtenBack;
        int before = 0;
        for (int round = 1; round < MOST_ROUNDS && pages - before > SMALL_REST; round++) {
            before = pages;
            pages = writeBack();
        }
        Log left = log();
        if (left.bytes() - left.writtenBack() < SLICE_BYTES) {
            writer.between(Checkpointer::startAtTheBeginning);
        }
        // Else a reader holds on to what it has seen, as a long export does: the log grows until it has ended.
    }

    /** Does not wait for readers: the writer would wait as well. */
    private static int startAtTheBeginning(Session session) throws SQLException {
        Connection connection = session.connection();
        try (Statement statement = connection.createStatement()) {
            int patience = (int) number(statement, "PRAGMA busy_timeout", 1);
            statement.execute("PRAGMA busy_timeout = 1");
            try {
                return checkpoint(connection, "PRAGMA wal_checkpoint(RESTART)");
            } finally {
                statement.execute("PRAGMA busy_timeout = " + patience);
            }
        }
    }

    /** Beside the writer. SQLite itself syncs the database only once all is written back, and then the writer would wait for all of it. */
    private int writeBack() throws SQLException {
        int pages = checkpoint(connection(), "PRAGMA wal_checkpoint(PASSIVE)");
        database.sync();
        return pages;
    }

    /** @return how many pages of the log are in the database file now */
    private static int checkpoint(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            row.next();
            return row.getInt(3);
        }
    }

    /** The part of the log's file that is in use, and how much of it is in the database file already. */
    private record Log(long bytes, long writtenBack) {}

    /**
     * The log's file keeps its length, so that does not tell; SQLite does. To read it from the log's index beside SQLite is not possible: a
     * process that closes a file loses all its locks on it, the writer's own included, and another process could write at the same time,
     * or begin the index anew under this one.
     */
    private Log log() throws SQLException {
        try (Statement statement = connection().createStatement()) {
            long page = number(statement, "PRAGMA page_size", 1);
            try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
                row.next();
                return new Log(page * row.getLong(2), page * row.getLong(3));
            }
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

    private static long number(Statement statement, String pragma, int column) throws SQLException {
        try (ResultSet row = statement.executeQuery(pragma)) {
            row.next();
            return row.getLong(column);
        }
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
