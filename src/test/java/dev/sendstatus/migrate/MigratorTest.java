package dev.sendstatus.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.app.Database;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.CopySource;
import dev.sendstatus.store.copy.CopyTarget;
import dev.sendstatus.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MigratorTest {
    private static final int MESSAGES = 300;

    @TempDir
    private Path folder;

    private final AtomicInteger files = new AtomicInteger();

    private DatabaseSettings file() {
        return new DatabaseSettings("jdbc:sqlite:" + folder.resolve(files.incrementAndGet() + ".db"), null, null);
    }

    private DatabaseSettings filled(DatabaseSettings settings, long seed) throws StoreException {
        try (Store store = Database.of(settings).store()) {
            Contents.fill(store, new Random(seed), MESSAGES);
        }
        return settings;
    }

    private static MigrationResult migrate(DatabaseSettings from, DatabaseSettings to) throws Exception {
        return migrate(from, to, target -> target);
    }

    /** What a target is wrapped in. */
    @FunctionalInterface
    private interface Wrapping {
        CopyTarget of(CopyTarget target);
    }

    private static MigrationResult migrate(DatabaseSettings from, DatabaseSettings to, Wrapping wrapping)
            throws Exception {
        try (CopySource source = Database.of(from).copySource();
                CopyTarget target = wrapping.of(Database.of(to).copyTarget())) {
            return new Migrator(source, target, new Ignoring()).run();
        }
    }

    private static final class Ignoring implements Watcher {
        @Override
        public void begins(String what, long total) {}

        @Override
        public void at(long rows) {}
    }

    private static Map<String, Object> answers(DatabaseSettings settings) throws StoreException {
        try (Reads reads = Database.of(settings).reads()) {
            return Contents.answers(reads, MESSAGES);
        }
    }

    private static Map<String, String> digests(MigrationResult result) {
        Map<String, String> digests = new TreeMap<>();
        result.tables().forEach(table -> digests.put(table.name(), table.sourceDigest()));
        return digests;
    }

    private static void assertSameAnswers(DatabaseSettings one, DatabaseSettings two) throws StoreException {
        Map<String, Object> expected = answers(one);
        answers(two)
                .forEach((question, answer) -> assertThat(answer).as(question).isEqualTo(expected.get(question)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thereAndBackAllAnswersAndDigestsAreTheSame(long seed) throws Exception {
        DatabaseSettings first = filled(file(), seed);
        DatabaseSettings second = PostgresServer.fresh();
        DatabaseSettings third = file();
        MigrationResult there = migrate(first, second);
        assertThat(there.differences()).isEmpty();
        assertThat(there.complete()).isTrue();
        assertThat(there.messages()).isEqualTo(MESSAGES);
        assertSameAnswers(first, second);
        MigrationResult back = migrate(second, third);
        assertThat(back.complete()).isTrue();
        assertThat(digests(back)).isEqualTo(digests(there));
        assertSameAnswers(first, third);
    }

    @Test
    void whatIsStoredAfterwardsComesAfterwards() throws Exception {
        DatabaseSettings postgres = filled(PostgresServer.fresh(), 4);
        DatabaseSettings sqlite = file();
        assertThat(migrate(postgres, sqlite).complete()).isTrue();
        try (Store store = Database.of(sqlite).store()) {
            Contents.commit(store, new Random(5), MESSAGES, MESSAGES + 40);
            int steps = 0;
            while (store.indexNext()) {
                // The numbers of transactions leave gaps of thousands of blocks: none of them is gone through.
                assertThat(++steps).isLessThan(50);
            }
        }
        DatabaseSettings again = PostgresServer.fresh();
        assertThat(migrate(sqlite, again).complete()).isTrue();
        assertSameAnswers(sqlite, again);
        try (Store store = Database.of(again).store()) {
            Contents.commit(store, new Random(6), MESSAGES + 40, MESSAGES + 41);
        }
        try (Reads reads = Database.of(again).reads()) {
            long newest = reads.message(Contents.key(MESSAGES + 40))
                    .orElseThrow()
                    .history()
                    .events()
                    .get(0)
                    .sequence();
            for (int i = 0; i < MESSAGES + 40; i++) {
                assertThat(reads.message(Contents.key(i))
                                .orElseThrow()
                                .history()
                                .events())
                        .allSatisfy(event -> assertThat(event.sequence()).isLessThan(newest));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMigrationThatIsCutShortAnywhereGoesOnFromThere(boolean toPostgres) throws Exception {
        DatabaseSettings from = filled(toPostgres ? file() : PostgresServer.fresh(), 7);
        DatabaseSettings to = toPostgres ? PostgresServer.fresh() : file();
        int cut = 0;
        MigrationResult result = null;
        while (result == null) {
            // Each run comes one step further than the one before.
            int steps = cut++;
            try {
                result = migrate(from, to, target -> new FailingTarget(target, steps));
            } catch (StoreException.Unavailable e) {
                assertThat(e).hasMessageContaining("pulled the plug");
            }
        }
        assertThat(cut).isGreaterThan(10);
        assertThat(result.resumed()).isTrue();
        assertThat(result.complete()).isTrue();
        assertThat(result.messages()).isZero();
        assertSameAnswers(from, to);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsStoredMeanwhileIsSaidAndCopiedByTheNextRun(boolean toPostgres) throws Exception {
        DatabaseSettings from = filled(toPostgres ? file() : PostgresServer.fresh(), 8);
        DatabaseSettings to = toPostgres ? PostgresServer.fresh() : file();
        MigrationResult first;
        try (Store store = Database.of(from).store()) {
            // New messages, and new events of old ones.
            first = migrate(
                    from,
                    to,
                    target -> new FailingTarget(target, Integer.MAX_VALUE, () -> {
                        Contents.commit(store, new Random(9), MESSAGES - 20, MESSAGES + 20);
                        Contents.commit(store, new Random(10), 3, 8);
                    }));
        }
        assertThat(first.sourceChanged()).isTrue();
        assertThat(first.complete()).isFalse();
        MigrationResult second = migrate(from, to);
        assertThat(second.differences()).isEmpty();
        assertThat(second.complete()).isTrue();
        assertThat(second.resumed()).isTrue();
        assertThat(second.messages()).isBetween(40L, 60L);
        assertSameAnswers(from, to);
    }

    @Test
    void aRowThatIsNotTheSameInTheTargetIsNamed() throws Exception {
        DatabaseSettings from = filled(file(), 11);
        DatabaseSettings to = PostgresServer.fresh();
        MigrationResult result = migrate(
                from,
                to,
                target -> new FailingTarget(target, Integer.MAX_VALUE, () -> {
                    execute(to, "UPDATE stuck SET due_at = due_at + 1 WHERE due_at = (SELECT max(due_at) FROM stuck)");
                    execute(to, "DELETE FROM quarantine WHERE sequence = (SELECT min(sequence) FROM quarantine)");
                    execute(
                            to,
                            "UPDATE message m SET history = o.history FROM message o"
                                    + " WHERE m.id = (SELECT min(id) FROM message) AND o.id = (SELECT max(id) FROM message)");
                }));
        assertThat(result.complete()).isFalse();
        assertThat(result.sourceChanged()).isFalse();
        assertThat(result.differences())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).matches("message \\w+ m0 is not the same in the target"))
                .anySatisfy(line -> assertThat(line).matches("stuck \\w+ m\\d+ is not the same in the target"))
                .anySatisfy(line -> assertThat(line).matches("quarantine \\d+ is not in the target"));
    }

    @Test
    void aTargetThatHoldsSomethingElseIsLeftAlone() throws Exception {
        DatabaseSettings from = filled(file(), 12);
        DatabaseSettings full = filled(file(), 13);
        assertThatThrownBy(() -> migrate(from, full))
                .isInstanceOf(CannotMigrate.class)
                .hasMessageContaining("not empty: it holds messages");
        DatabaseSettings begun = PostgresServer.fresh();
        assertThatThrownBy(() -> migrate(from, begun, target -> new FailingTarget(target, 2)))
                .isInstanceOf(StoreException.Unavailable.class);
        assertThatThrownBy(() -> migrate(full, begun))
                .isInstanceOf(CannotMigrate.class)
                .hasMessageContaining("unfinished migration from another database");
        assertThat(migrate(from, begun).complete()).isTrue();
        assertThatThrownBy(() -> migrate(from, begun)).isInstanceOf(CannotMigrate.class);
        assertThatThrownBy(() -> migrate(from, from))
                .isInstanceOf(CannotMigrate.class)
                .hasMessageContaining("the configured database itself");
    }

    @Test
    void theIndexesThatAreMadeAnewAreThoseOfAnEmptyDatabase() throws Exception {
        DatabaseSettings untouched = PostgresServer.fresh();
        DatabaseSettings copied = PostgresServer.fresh();
        migrate(filled(file(), 14), copied);
        assertThat(indexes(copied)).isEqualTo(indexes(untouched));
    }

    private static List<String> indexes(DatabaseSettings database) throws SQLException {
        try (Connection connection = PostgresServer.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg(indexdef, ';' ORDER BY indexname)"
                        + " FROM pg_indexes WHERE tablename IN ('message', 'waiting', 'stuck')")) {
            row.next();
            return List.of(row.getString(1).split(";"));
        }
    }

    private static void execute(DatabaseSettings database, String sql) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
