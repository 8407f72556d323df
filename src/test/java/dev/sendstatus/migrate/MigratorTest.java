package dev.sendstatus.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.CopiedTable;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MigratorTest {
    private static final int MESSAGES = 300;
    private static final int ROWS_AT_ONCE = 70;

    @TempDir
    private Path folder;

    private final AtomicInteger files = new AtomicInteger();

    private DatabaseSettings file() {
        return new DatabaseSettings("jdbc:sqlite:" + folder.resolve(files.incrementAndGet() + ".db"), null, null);
    }

    private static DatabaseSettings filled(DatabaseSettings settings, long seed) throws StoreException {
        try (Store store = store(settings)) {
            Contents.fill(store, new Random(seed), MESSAGES);
        }
        return settings;
    }

    private static Store store(DatabaseSettings settings) throws StoreException {
        return Store.open(TestDatabase.dialect(settings));
    }

    private static MigrationResult migrate(DatabaseSettings from, DatabaseSettings to) throws Exception {
        return migrate(from, to, (what, step) -> {});
    }

    private static MigrationResult migrate(DatabaseSettings from, DatabaseSettings to, Happening happening)
            throws Exception {
        return Migrator.run(
                TestDatabase.copyDialect(from), TestDatabase.copyDialect(to), new Steps(happening), ROWS_AT_ONCE);
    }

    /** What happens at a step: at the beginning of a part, or after some rows of it. */
    @FunctionalInterface
    private interface Happening {
        void at(String part, int step);
    }

    private static final class Steps implements Migrator.Listener {
        private final Happening happening;
        private String part = "";
        private int steps;

        Steps(Happening happening) {
            this.happening = happening;
        }

        @Override
        public void begins(String what, long total) {
            part = what;
            happening.at(what, steps++);
        }

        @Override
        public void at(long rows) {
            happening.at(part, steps++);
        }
    }

    private static Map<String, Object> answers(DatabaseSettings settings) throws StoreException {
        try (Reads reads = Reads.open(TestDatabase.dialect(settings))) {
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
        execute(
                first,
                "INSERT INTO relay_endpoint (name, feed, position, state, probes, epoch) VALUES ('main', 'f', 7, 'active', 0, 1)");
        execute(
                first,
                "INSERT INTO relay_delivery (endpoint, sequence, state, attempts) VALUES ('main', 5, 'retrying', 1)");
        execute(
                first,
                "INSERT INTO notice (channel, subject, type, severity, created_at, document, state, attempts) "
                        + "VALUES ('chat', 'alert/1/fired', 'alert.fired', 'info', 1, '{}', 'sent', 1)");
        execute(
                first,
                "INSERT INTO alert (id, rule, key, state, severity, since, value, parts, text, advice) "
                        + "VALUES (1, 'spam_filter', 'a/b', 'firing', 'warning', 1, '0.3', 'one', 'text', 'advice')");
        execute(first, "INSERT INTO outcome SELECT min(id), 'from', '+1202', 7, 50, 1, 2, 3, 4 FROM account");
        execute(
                first,
                "INSERT INTO outcome_batch SELECT min(id), 'from', '+1202', 0, 7, 8, 50, 1, 2, 3, 4 FROM account");
        execute(first, "INSERT INTO receipt_time SELECT min(id), 7, 300, 9 FROM account");
        execute(first, "INSERT INTO counted SELECT min(id), 'late', 17 FROM account");
        execute(first, "INSERT INTO noted VALUES ('refused', 'a/b', 7, 9)");
        execute(first, "INSERT INTO api_refused VALUES ('a', 'b', 7, 'HTTP 401')");
        // One that was erased.
        execute(first, "UPDATE callback SET body = x'' WHERE id = 1");
        DatabaseSettings second = PostgresServer.fresh();
        DatabaseSettings third = file();
        MigrationResult there = migrate(first, second);
        assertThat(there.differences()).isEmpty();
        assertThat(there.complete()).isTrue();
        assertThat(there.messages()).isEqualTo(MESSAGES);
        assertThat(there.tables())
                .allSatisfy(table -> assertThat(table.sourceRows() > 0)
                        .as(table.name())
                        .isNotEqualTo(Set.of("error code", "charge rule").contains(table.name())));
        assertSameAnswers(first, second);
        MigrationResult back = migrate(second, third);
        assertThat(back.complete()).isTrue();
        assertThat(digests(back)).isEqualTo(digests(there));
        assertSameAnswers(first, third);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneDatabaseOfAKindIsCopiedIntoAnotherOfIt(boolean postgres) throws Exception {
        DatabaseSettings from = filled(postgres ? PostgresServer.fresh() : file(), 4);
        DatabaseSettings to = postgres ? PostgresServer.fresh() : file();
        assertThat(migrate(from, to).complete()).isTrue();
        assertSameAnswers(from, to);
    }

    @Test
    void whatIsStoredAfterwardsComesAfterwards() throws Exception {
        DatabaseSettings sqlite = filled(file(), 4);
        execute(sqlite, "UPDATE counter SET next = next + 1000000000000 WHERE name = 'event'");
        execute(sqlite, "UPDATE counter SET next = 5000 WHERE name = 'callback'");
        DatabaseSettings postgres = PostgresServer.fresh();
        assertThat(migrate(sqlite, postgres).complete()).isTrue();
        assertNumbersGoOn(sqlite, postgres, MESSAGES);
        DatabaseSettings again = file();
        assertThat(migrate(postgres, again).complete()).isTrue();
        assertNumbersGoOn(postgres, again, MESSAGES + 1);
    }

    /** Numbers that were given in the source to what is not there any more are not given again. */
    private static void assertNumbersGoOn(DatabaseSettings source, DatabaseSettings copy, int message)
            throws StoreException {
        long highest;
        List<Long> callbacks;
        try (Reads reads = Reads.open(TestDatabase.dialect(source))) {
            highest = reads.nextSequence();
        }
        try (Store store = store(copy)) {
            Contents.commit(store, new Random(5), message, message + 1);
        }
        try (Reads reads = Reads.open(TestDatabase.dialect(copy))) {
            callbacks = reads.callbacks().since(java.time.Instant.EPOCH, 0, 10_000);
            assertThat(reads.history(Contents.key(message)).events())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.sequence()).isGreaterThanOrEqualTo(highest));
        }
        assertThat(callbacks.get(callbacks.size() - 1)).isGreaterThanOrEqualTo(5_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMigrationThatIsCutShortAnywhereGoesOnFromThere(boolean toPostgres) throws Exception {
        DatabaseSettings from = filled(toPostgres ? file() : PostgresServer.fresh(), 7);
        DatabaseSettings to = toPostgres ? PostgresServer.fresh() : file();
        long messages = 0;
        int cut = 0;
        MigrationResult result = null;
        while (result == null) {
            // Each run comes one step further than the one before.
            int most = cut++;
            try {
                result = migrate(from, to, (part, step) -> {
                    if (step == most) {
                        throw new PulledPlug();
                    }
                });
            } catch (PulledPlug e) {
                long now = rows(to, "message");
                assertThat(now).isGreaterThanOrEqualTo(messages);
                messages = now;
            }
        }
        assertThat(cut).isGreaterThan(10);
        assertThat(result.resumed()).isTrue();
        assertThat(result.complete()).isTrue();
        assertThat(result.messages()).isZero();
        assertSameAnswers(from, to);
        assertThat(tables(to)).doesNotContain("migration");
    }

    private static final class PulledPlug extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nobodyWritesToTheSourceMeanwhile(boolean sqlite) throws Exception {
        DatabaseSettings from = filled(sqlite ? file() : PostgresServer.fresh(), 8);
        List<String> refused = new ArrayList<>();
        MigrationResult result = migrate(from, sqlite ? PostgresServer.fresh() : file(), (part, step) -> {
            if (part.equals("comparing") && refused.isEmpty()) {
                try (Store store = store(from)) {
                    Contents.accept(store, "late");
                } catch (StoreException.Unavailable e) {
                    refused.add(e.getMessage());
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        assertThat(refused).hasSize(1);
        assertThat(result.complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsStoredBetweenTwoRunsIsCopiedByTheSecond(boolean toPostgres) throws Exception {
        DatabaseSettings from = filled(toPostgres ? file() : PostgresServer.fresh(), 8);
        DatabaseSettings to = toPostgres ? PostgresServer.fresh() : file();
        assertThatThrownBy(() -> migrate(from, to, (part, step) -> {
                    if (part.equals("comparing")) {
                        throw new PulledPlug();
                    }
                }))
                .isInstanceOf(PulledPlug.class);
        try (Store store = store(from)) {
            // New messages, and new events of old ones.
            Contents.commit(store, new Random(9), MESSAGES - 20, MESSAGES + 20);
            Contents.commit(store, new Random(10), 3, 8);
        }
        MigrationResult second = migrate(from, to);
        assertThat(second.differences()).isEmpty();
        assertThat(second.complete()).isTrue();
        assertSameAnswers(from, to);
    }

    @Test
    void aRowThatIsNotTheSameInTheTargetIsNamedAndTheNextRunMakesItRight() throws Exception {
        DatabaseSettings from = filled(file(), 11);
        DatabaseSettings to = PostgresServer.fresh();
        MigrationResult result = migrate(from, to, (part, step) -> {
            if (part.equals("indexing")) {
                execute(to, "UPDATE stuck SET due_at = due_at + 1 WHERE due_at = (SELECT max(due_at) FROM stuck)");
                execute(to, "DELETE FROM callback WHERE id = 3");
                execute(to, "UPDATE message SET segments = 77 WHERE provider_id = 'm0'");
                execute(
                        to,
                        "UPDATE recipient SET address = '+19995550100' WHERE (message_id, address) = "
                                + "(SELECT message_id, address FROM recipient ORDER BY 1, 2 LIMIT 1)");
                execute(to, "INSERT INTO error_seen VALUES ('testtel', '1', 1, 1)");
            }
        });
        assertThat(result.complete()).isFalse();
        assertThat(result.differences())
                .hasSize(6)
                .anySatisfy(line -> assertThat(line).matches("message \\w+ m0 is not the same in the target"))
                .anySatisfy(line -> assertThat(line).matches("stuck \\d+ is not the same in the target"))
                .anySatisfy(line -> assertThat(line).matches("recipient \\d+ is not in the target"))
                .anySatisfy(line -> assertThat(line).matches("recipient \\d+ is in the target only"))
                .contains("callback 3 is not in the target", "error seen testtel 1 is in the target only");
        MigrationResult second = migrate(from, to);
        assertThat(second.resumed()).isFalse();
        assertThat(second.complete()).isTrue();
        assertSameAnswers(from, to);
    }

    @Test
    void aTargetThatHoldsSomethingElseIsLeftAlone() throws Exception {
        DatabaseSettings from = filled(file(), 12);
        DatabaseSettings full = filled(file(), 13);
        Map<String, Object> before = answers(full);
        assertThatThrownBy(() -> migrate(from, full))
                .isInstanceOf(CannotMigrate.class)
                .hasMessageContaining("not empty: it holds rows of the table callback");
        assertThat(answers(full)).isEqualTo(before);
        assertThat(tables(full)).doesNotContain("migration");
        DatabaseSettings begun = PostgresServer.fresh();
        assertThatThrownBy(() -> migrate(from, begun, (part, step) -> {
                    if (step == 2) {
                        throw new PulledPlug();
                    }
                }))
                .isInstanceOf(PulledPlug.class);
        assertThatThrownBy(() -> migrate(full, begun))
                .isInstanceOf(CannotMigrate.class)
                .hasMessageContaining("unfinished migration from another database");
        assertThat(migrate(from, begun).complete()).isTrue();
        assertThatThrownBy(() -> migrate(from, begun)).isInstanceOf(CannotMigrate.class);
        assertThatThrownBy(() -> migrate(from, from))
                .isInstanceOf(CannotMigrate.class)
                .hasMessageContaining("the configured database itself");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDatabaseThatIsInUseIsRefused(boolean sqlite) throws Exception {
        DatabaseSettings used = filled(sqlite ? file() : PostgresServer.fresh(), 12);
        DatabaseSettings other = sqlite ? PostgresServer.fresh() : file();
        try (Reads reads = Reads.open(TestDatabase.dialect(used))) {
            assertThat(reads.accounts()).isNotEmpty();
            assertThatThrownBy(() -> migrate(used, other))
                    .isInstanceOf(CannotMigrate.class)
                    .hasMessageContaining("The configured database is in use");
            assertThatThrownBy(() -> migrate(other, used))
                    .isInstanceOf(CannotMigrate.class)
                    .hasMessageContaining("The target is in use");
        }
        assertThat(migrate(used, other).complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theIndexesThatAreMadeAtTheEndAreThoseOfAnEmptyDatabase(boolean sqlite) throws Exception {
        DatabaseSettings untouched = sqlite ? file() : PostgresServer.fresh();
        store(untouched).close();
        DatabaseSettings copied = sqlite ? file() : PostgresServer.fresh();
        migrate(filled(file(), 14), copied);
        String indexes = sqlite
                ? "SELECT name || replace(sql, 'IF NOT EXISTS ', '') FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                : "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'";
        assertThat(column(copied, indexes))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(column(untouched, indexes));
    }

    /** A table that a later migration adds has to be named there, or among those that a start fills or that begin empty. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyTableIsCopiedByItsWholeKey(boolean sqlite) throws Exception {
        DatabaseSettings database = sqlite ? file() : PostgresServer.fresh();
        store(database).close();
        Set<String> expected = new TreeSet<>(Set.of("flyway_schema_history", "counter", "dashboard_session"));
        if (!sqlite) {
            expected.addAll(Set.of("probe", "scheduled_tasks"));
        }
        Arrays.stream(CopiedTable.values()).map(CopiedTable::table).forEach(expected::add);
        assertThat(tables(database)).containsExactlyElementsOf(expected);
        try (Connection connection = connection(database)) {
            for (CopiedTable table : CopiedTable.values()) {
                assertThat(first(connection, table)).as(table.word()).isEqualTo(key(connection, table));
            }
        }
    }

    private static List<String> first(Connection connection, CopiedTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table.table())) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= table.keys(); i++) {
                names.add(none.getMetaData().getColumnName(i));
            }
            return names;
        }
    }

    private static List<String> key(Connection connection, CopiedTable table) throws SQLException {
        Map<Integer, String> columns = new TreeMap<>();
        DatabaseMetaData data = connection.getMetaData();
        try (ResultSet rows = data.getPrimaryKeys(null, null, table.table())) {
            while (rows.next()) {
                columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(columns.values());
    }

    private static Connection connection(DatabaseSettings database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private static List<String> tables(DatabaseSettings database) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (Connection connection = connection(database);
                ResultSet rows =
                        connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return List.copyOf(tables);
    }

    private static long rows(DatabaseSettings database, String table) throws SQLException {
        return Long.parseLong(column(database, "SELECT count(*) FROM " + table).get(0));
    }

    private static List<String> column(DatabaseSettings database, String sql) throws SQLException {
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static void execute(DatabaseSettings database, String sql) {
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
