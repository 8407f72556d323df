package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.SafeFiles;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.DoubleConsumer;
import org.sqlite.JDBC;
import org.sqlite.ProgressHandler;

/**
 * A copy of the database as of one moment, made while others write to it: {@code VACUUM INTO} reads in one transaction, which in a
 * database with a log makes nobody wait. The copy is written under another name, read again from end to end, and synced before it gets
 * its own.
 */
public final class SqliteBackup {
    private static final String PAGES = "PRAGMA page_count";
    private static final String FREE_PAGES = "PRAGMA freelist_count";
    private static final String PAGE_BYTES = "PRAGMA page_size";
    private static final String SELECT_NUMBERS = "SELECT sum(next) FROM counter";
    /** How many of SQLite's steps pass between two looks at how far it is. */
    private static final int STEPS = 200_000;

    private SqliteBackup() {}

    /** A backup that is whole. @param callbacks kept raw */
    public record Made(Path file, long bytes, long messages, long callbacks) {}

    /**
     * Makes one.
     *
     * @param overwrite whether a file of that name may be replaced
     * @param progress told how far it is, from 0 to 1
     */
    public static Made make(SqliteFile source, Path target, boolean overwrite, DoubleConsumer progress)
            throws BackupFailed {
        requireTarget(source, target, overwrite);
        try {
            source.requireReadable();
            Path partial = SafeFiles.partial(target);
            try {
                long numbers = copy(source, partial, target, progress);
                BackupCheck.Contents contents = BackupCheck.of(partial);
                if (contents.numbers() < numbers) {
                    throw new BackupFailed("The copy ends before what was stored when it was begun; nothing was kept.");
                }
                requireTarget(source, target, overwrite);
                SafeFiles.complete(partial, target);
                return new Made(target, Files.size(target), contents.messages(), contents.callbacks());
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new BackupFailed("Cannot write " + target + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            throw new BackupFailed("Nothing was backed up: " + e.getMessage() + ".", e);
        } catch (SQLException e) {
            throw new BackupFailed("Cannot copy " + source.path() + ": " + e.getMessage(), e);
        }
    }

    private static void requireTarget(SqliteFile source, Path target, boolean overwrite) throws BackupFailed {
        if (!source.exists()) {
            throw new BackupFailed("There is no database at " + source.path() + " yet: nothing was backed up.");
        }
        if (!Files.isDirectory(SafeFiles.folder(target))) {
            throw new BackupFailed("There is no folder " + SafeFiles.folder(target) + ": make it first.");
        }
        if (Files.isDirectory(target)) {
            throw new BackupFailed(target + " is a folder: name a file in it.");
        }
        try {
            if (Files.exists(target) && Files.isSameFile(source.path(), target)) {
                throw new BackupFailed(target + " is the database itself: choose another name.");
            }
        } catch (IOException e) {
            throw new BackupFailed("Cannot read " + target + ": " + e.getMessage(), e);
        }
        if (Files.exists(target) && !overwrite) {
            throw new BackupFailed(target + " is there already: choose another name, or replace it by --force.");
        }
    }

    /** @return how many numbers had been given at the beginning */
    private static long copy(SqliteFile source, Path partial, Path target, DoubleConsumer progress)
            throws SQLException, IOException, BackupFailed {
        Connection connection = Session.setUp(
                JDBC.createConnection(source.url(), source.readerProperties()),
                // The copy may be written, and can give disk back later even where its source cannot.
                statement -> statement.execute("PRAGMA auto_vacuum = INCREMENTAL"));
        try (Session session = new Session(connection)) {
            long bytes = (session.number(PAGES) - session.number(FREE_PAGES)) * session.number(PAGE_BYTES);
            SafeFiles.requireSpace(target, bytes);
            long numbers = session.number(SELECT_NUMBERS);
            ProgressHandler.setHandler(connection, STEPS, new ProgressHandler() {
                @Override
                protected int progress() {
                    progress.accept(share(partial, bytes));
                    return 0;
                }
            });
            try {
                session.bound("VACUUM INTO ?", partial.toString()).execute();
            } finally {
                ProgressHandler.clearHandler(connection);
            }
            progress.accept(1);
            return numbers;
        }
    }

    private static double share(Path partial, long bytes) {
        return Math.min(1, (double) partial.toFile().length() / Math.max(1, bytes));
    }
}
