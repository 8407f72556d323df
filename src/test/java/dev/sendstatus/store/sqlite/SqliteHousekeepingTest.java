package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.Progress;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.HousekeepingContract;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Housekeeping;
import dev.sendstatus.store.jdbc.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteHousekeepingTest extends HousekeepingContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @TempDir
    private Path folder;

    @Override
    protected TestDatabase database() {
        return database;
    }

    private Path file() {
        return SqliteFile.of(database.settings()).path();
    }

    @Test
    void theFileAndItsLogShrinkAndHoldNothingOfWhatLeft() throws Exception {
        fill(store(), 0, 10_000, OLD);
        fill(store(), 10_000, 100, NOW);
        shortenLog();
        long before = Files.size(file());
        removeRaw(NOW);
        removeMessages(NOW);
        assertThat(Integer.parseInt(text("PRAGMA freelist_count"))).isGreaterThan(100);
        shortenLog();
        assertThat(idsOfRemoved()).isZero();
        Housekeeping housekeeping = store().housekeeping();
        for (boolean more = true; more; ) {
            more = housekeeping.giveBack();
        }
        shortenLog();
        assertThat(Files.size(file())).isLessThan(before / 4);
        assertThat(Files.size(Path.of(file() + "-wal"))).isZero();
        assertThat(everything()).hasSize(100);
        assertThat(Integer.parseInt(text("PRAGMA freelist_count")))
                .isLessThanOrEqualTo(Integer.parseInt(text("PRAGMA page_count")) / 20);
        assertThat(text("PRAGMA integrity_check")).isEqualTo("ok");
    }

    @Test
    void whatAnotherProcessRemovedDoesNotSwallowTheNextCallback() throws StoreException {
        store().commit(List.of(at(OLD, event("m1", Progress.SENT))));
        try (Store other = Store.open(database.dialect())) {
            assertThat(other.housekeeping().removeMessages(NOW, 10)).isEqualTo(1);
        }
        store().commit(List.of(at(NOW, event("m1", Progress.DELIVERED))));
        assertThat(reads().history(key("m1")).events())
                .singleElement()
                .satisfies(event -> assertThat(event.sequence()).isEqualTo(2));
    }

    @Test
    void anOlderFileThatCannotGiveBackKeepsItsSizeAndUsesItAgain() throws Exception {
        Path older = folder.resolve("older.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + older);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE something (id INTEGER)");
            statement.execute("DROP TABLE something");
        }
        try (Store store = Store.open(TestDatabase.dialect(new DatabaseSettings("jdbc:sqlite:" + older, null, null)))) {
            fill(store, 0, 1_000, OLD);
            assertThat(store.housekeeping().removeRaw(NOW, 1_000)).isEqualTo(1_000);
            assertThat(store.housekeeping().giveBack()).isFalse();
        }
    }

    private static void fill(Store store, int first, int count, Instant time) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            batch.add(at(time, "a body of some length, as they have one: " + i, event("m" + i + "#", Progress.SENT)));
            if (batch.size() == 500) {
                store.commit(batch);
                batch.clear();
            }
        }
        store.commit(batch);
    }

    /** The checkpointer may be at it. */
    private void shortenLog() {
        Housekeeping housekeeping = store().housekeeping();
        await().until(housekeeping::shortenLog);
    }

    /** How many ids of removed messages stand anywhere in the file. */
    private long idsOfRemoved() throws IOException {
        String bytes = Files.readString(file(), StandardCharsets.ISO_8859_1);
        return Pattern.compile("m[0-9]{1,4}#").matcher(bytes).results().count();
    }

    private String text(String sql) throws Exception {
        return database.texts(sql).get(0);
    }
}
