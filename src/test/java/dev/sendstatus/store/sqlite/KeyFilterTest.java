package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilterTest {
    private static final int ENTRIES_OF_STEP = 10_000;

    @TempDir
    private Path folder;

    private WriteConnection connection;
    private final KeyLevels levels = new KeyLevels(0, 300, 5_000);
    private final KeyFilter filter = new KeyFilter(ENTRIES_OF_STEP);
    private final Random random = new Random(1);

    @BeforeEach
    void open() throws Exception {
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("test.db"), null, null));
        file.prepare();
        connection = new WriteConnection(file, new SqliteDictionary());
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void whatItHasNotReadItMayHave() throws Exception {
        store(entries(100));
        assertThat(falselyKnown(filter)).isEqualTo(1);
        steps(1);
        assertThat(falselyKnown(filter)).isLessThan(0.01);
        filter.forget();
        assertThat(falselyKnown(filter)).isEqualTo(1);
    }

    @Test
    void aTransactionReadsOnlySome() throws Exception {
        KeyEntries stored = entries(100_000);
        store(stored);
        steps(5);
        assertThat(falselyKnown(filter)).isBetween(0.3, 0.7);
        steps(15);
        assertThat(falselyKnown(filter)).isLessThan(0.125);
        requireAllKnown(filter, stored);
    }

    @Test
    void itGrowsWithWhatIsStored() throws Exception {
        steps(1);
        KeyEntries stored = entries(400_000);
        store(stored);
        filter.add(stored);
        requireAllKnown(filter, stored);
        assertThat(falselyKnown(filter)).as("in the room for a few").isGreaterThan(0.3);
        steps(60);
        assertThat(falselyKnown(filter)).isLessThan(0.125);
        requireAllKnown(filter, stored);
    }

    /** All the while some are known and others not, and hashes go from one level to the next. */
    @Test
    void whatIsStoredItMayHaveWhileLevelsAreMerged() throws Exception {
        KeyLevels small = new KeyLevels(0, 20, 60);
        KeyFilter slow = new KeyFilter(300);
        List<KeyEntries> stored = new ArrayList<>();
        for (int round = 0; round < 400; round++) {
            KeyEntries some = entries(100);
            stored.add(some);
            if (round % 100 == 50 && round < 300) {
                slow.forget();
            }
            connection.append("storing keys", c -> {
                small.add(c, some);
                slow.add(some);
                while (small.step(c)) {
                    // Until the levels are small enough.
                }
                slow.step(c, small);
                return 1;
            });
            if (round % 10 == 9) {
                stored.forEach(entries -> requireAllKnown(slow, entries));
            }
        }
        assertThat(levels()).containsExactly(1L, 2L, 3L);
        assertThat(falselyKnown(slow)).as("by now all is read").isLessThan(0.125);
    }

    private List<Long> levels() throws StoreException {
        return connection.append("counting", c -> {
            List<Long> levels = new ArrayList<>();
            try (ResultSet rows = c.prepared("SELECT DISTINCT place >> 32 FROM key_run ORDER BY 1")
                    .executeQuery()) {
                while (rows.next()) {
                    levels.add(rows.getLong(1));
                }
            }
            return levels;
        });
    }

    private KeyEntries entries(int count) {
        KeyEntries entries = new KeyEntries(count);
        for (int i = 0; i < count; i++) {
            entries.add(random.nextInt() & 0xFFFF_FFFFL, 1);
        }
        return entries.sorted();
    }

    private void store(KeyEntries entries) throws StoreException {
        connection.append("storing keys", c -> {
            levels.add(c, entries);
            return entries.size();
        });
    }

    private void steps(int count) throws StoreException {
        for (int i = 0; i < count; i++) {
            connection.append("reading", c -> {
                filter.step(c, levels);
                return 1;
            });
        }
    }

    private static void requireAllKnown(KeyFilter filter, KeyEntries stored) {
        for (int i = 0; i < stored.size(); i++) {
            assertThat(filter.mayHave(stored.hash(i)))
                    .as("hash %d", stored.hash(i))
                    .isTrue();
        }
    }

    /** What part of other hashes it may have. */
    private double falselyKnown(KeyFilter filter) {
        int of = 20_000;
        int known = 0;
        for (int i = 0; i < of; i++) {
            known += filter.mayHave(random.nextInt() & 0xFFFF_FFFFL) ? 1 : 0;
        }
        return (double) known / of;
    }
}
