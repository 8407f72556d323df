package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.Progress;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreContract;
import dev.sendstatus.store.StoreException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    private SqliteFile file;
    private SqliteStore store;
    private SqliteReads reads;

    @BeforeEach
    void open() throws StoreException {
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("deep/test.db"), null, null));
        store = SqliteStore.open(file);
        reads = SqliteReads.open(file);
    }

    @AfterEach
    void close() {
        reads.close();
        store.close();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected Reads reads() {
        return reads;
    }

    @Override
    protected void reopen() throws StoreException {
        close();
        open();
    }

    @Test
    void everyCommitIsSynced() throws Exception {
        try (Connection connection = file.writer(100);
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("PRAGMA journal_mode")) {
                assertThat(row.getString(1)).isEqualTo("wal");
            }
            try (ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
                assertThat(row.getInt(1)).as("2 is FULL").isEqualTo(2);
            }
        }
    }

    @Test
    void theNewestMigrationIsTheOneThatAStartLooksFor() throws URISyntaxException {
        URL migrations = SqliteFile.class.getResource("/db/sqlite");
        String[] names = Path.of(migrations.toURI()).toFile().list();
        int newest = 0;
        for (String name : names) {
            newest = Math.max(newest, Integer.parseInt(name.substring(1, name.indexOf("__"))));
        }
        assertThat(SqliteFile.NEWEST_MIGRATION).isEqualTo(Integer.toString(newest));
    }

    @Test
    void aLockOfAnotherProcessIsUnavailableAndEndsByItself() throws Exception {
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> store.commit(List.of(incoming(event("m1", Progress.SENT)))))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("locked");
            assertThat(reads.messages("m1")).isEmpty();
            statement.execute("COMMIT");
        }
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        assertThat(reads.messages("m1")).hasSize(1);
    }

    @Test
    void whatAnotherProcessWroteIsSeenByTheNextCommit() throws StoreException {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        try (SqliteStore other = SqliteStore.open(file)) {
            other.commit(List.of(incoming(event("m1", Progress.DELIVERED))));
            store.commit(List.of(incoming(event("m1", Progress.FAILED))));
            other.commit(List.of(incoming(event("m1", Progress.ACCEPTED))));
        }
        assertThat(reads.messages("m1")).singleElement().satisfies(message -> {
            assertThat(message.history().events()).hasSize(4);
            assertThat(message.history().events())
                    .extracting(event -> event.sequence())
                    .containsExactly(1L, 2L, 3L, 4L);
        });
    }

    @Test
    void aSegmentCutShortOnDiskIsNoticed() throws Exception {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE segment SET body = substr(body, 1, length(body) - 5)");
        }
        assertThatThrownBy(() -> reads.raw(1))
                .isInstanceOf(StoreException.Broken.class)
                .hasMessageContaining("damaged");
        assertThat(reads.messages("m1")).hasSize(1);
    }

    @Test
    void readingBeforeTheFirstStartSaysThatThereIsNoDatabase() {
        SqliteFile missing = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("no.db"), null, null));
        assertThatThrownBy(() -> SqliteReads.open(missing))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("no database");
        assertThat(Files.exists(folder.resolve("no.db"))).isFalse();
    }
}
