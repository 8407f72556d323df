package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.ChangesContract;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteChangesTest extends ChangesContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @TempDir
    private Path folder;

    @Override
    protected TestDatabase database() {
        return database;
    }

    /** The server, and a command beside it. */
    @Override
    protected int writers() {
        return 2;
    }

    @Test
    void aRestoredDatabaseBeginsAnotherFeedEachTime() throws Exception {
        SqliteFile source = SqliteFile.of(database.settings());
        Path backup = folder.resolve("backup.db");
        SqliteBackup.make(source, backup, false, share -> {});
        String first = restored(backup);
        String second = restored(backup);
        assertThat(first).isNotEqualTo(database.reads().changes(0, 0).feed());
        assertThat(second).isNotEqualTo(first).matches("[0-9a-f]{16}");
    }

    private String restored(Path backup) throws Exception {
        SqliteFile target =
                SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("restored.db"), null, null));
        SqliteRestore.restore(target, backup, Instant.parse("2026-11-25T12:00:00Z"));
        assertThat(folder.toFile().list()).noneMatch(name -> name.contains("partial"));
        Store.open(new SqliteDialect(target)).close();
        try (Reads reads = Reads.open(new SqliteDialect(target))) {
            return reads.changes(0, 0).feed();
        }
    }
}
