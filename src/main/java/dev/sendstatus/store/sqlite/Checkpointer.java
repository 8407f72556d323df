package dev.sendstatus.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves committed pages from the log into the database file, on a thread and a connection of its own: a commit that had to do
 * it would wait for several syncs instead of one.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long EVERY_MILLIS = 500;
    /** A log shorter than this is left: the same pages are likely to be written again. */
    private static final long WORTH_BYTES = 16L << 20;
    /**
     * Under steady load the log never comes to rest, so it would grow for ever: at this length the writer is made to wait for
     * the small rest, and the log starts again from its beginning.
     */
    private static final long TOO_LONG_BYTES = 256L << 20;

    private final WriteConnection writer;
    private final SqliteFile file;
    private final Path log;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "checkpointer");
        named.setDaemon(true);
        return named;
    });
    private boolean failing;

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
            try (Connection connection = file.writer(100);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            }
            if (logBytes() > TOO_LONG_BYTES) {
                writer.between(w -> w.prepared("PRAGMA wal_checkpoint(RESTART)").execute());
            }
            failing = false;
        } catch (SQLException | IOException | RuntimeException e) {
            // Nothing is lost by it: the log only grows until it works again.
            if (!failing) {
                LOG.warn("the log {} could not be written back, and grows until it can: {}", log, e.getMessage());
            }
            failing = true;
        }
    }

    private long logBytes() throws IOException {
        try {
            return Files.size(log);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("the checkpointer is still at work; the next start goes on from the log");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
