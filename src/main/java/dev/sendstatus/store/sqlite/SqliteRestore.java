package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/** Puts a backup in the database's place. Nothing is changed before it is sure that the backup is whole and nobody uses the database. */
public final class SqliteRestore {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SqliteRestore() {}

    /** The result of a restore. @param replaced where the database that was there is now; null if there was none */
    public record Restored(Path database, @Nullable Path replaced, long messages, long callbacks) {}

    public static Restored restore(SqliteFile database, Path backup, Instant now) throws BackupFailed {
        Path place = database.path();
        try {
            if (Files.isRegularFile(backup) && database.exists() && Files.isSameFile(place, backup)) {
                throw new BackupFailed(backup + " is the database itself: nothing was restored.");
            }
            BackupCheck.Contents contents = BackupCheck.of(backup);
            Files.createDirectories(SafeFiles.folder(place));
            SafeFiles.requireSpace(place, Files.size(backup));
            Path partial = SafeFiles.partial(place);
            try {
                copy(backup, partial);
                Path replaced;
                try (SoleUse sole = SoleUse.of(database)) {
                    replaced = sole.held() == null ? null : moveAside(place, now);
                    SafeFiles.complete(partial, place);
                }
                return new Restored(place, replaced, contents.messages(), contents.callbacks());
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new BackupFailed("Cannot restore to " + place + ": " + e.getMessage(), e);
        }
    }

    private static void copy(Path backup, Path partial) throws IOException, BackupFailed {
        // Into the file that is there, so that its rights stay: for its owner only.
        try (var out = Files.newOutputStream(partial)) {
            Files.copy(backup, out);
        }
        SafeFiles.sync(partial);
        if (Files.mismatch(backup, partial) != -1) {
            throw new BackupFailed("The copy of " + backup + " differs from it: the disk is not to be trusted.");
        }
        beginAnotherFeed(partial);
    }

    /** Later events are missing in the backup, and their numbers are given again. Readers of the feed that got so far must be told. */
    private static void beginAnotherFeed(Path database) throws BackupFailed {
        try (Connection connection = JDBC.createConnection(SqliteFile.URL_PREFIX + database, new Properties());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE feed SET id = lower(hex(randomblob(8)))");
        } catch (SQLException e) {
            throw new BackupFailed("Cannot write " + database + ": " + e.getMessage(), e);
        }
    }

    /** With its log, should it still have one: the pages in it belong to no other database. */
    private static Path moveAside(Path place, Instant now) throws IOException {
        String name = SafeFiles.name(place) + ".replaced-" + STAMP.format(now);
        Path aside = place.resolveSibling(name);
        for (int next = 2; Files.exists(aside); next++) {
            aside = place.resolveSibling(name + "-" + next);
        }
        Path log = Path.of(place + "-wal");
        if (Files.exists(log)) {
            Files.move(log, Path.of(aside + "-wal"), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.deleteIfExists(Path.of(place + "-shm"));
        Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }
}
