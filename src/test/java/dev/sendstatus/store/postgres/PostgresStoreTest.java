package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.Progress;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreContract;
import dev.sendstatus.store.StoreException;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PostgresStoreTest extends StoreContract {
    private DatabaseSettings settings;
    private PostgresDatabase database;
    private PostgresStore store;
    private PostgresReads reads;

    @BeforeEach
    void make() throws SQLException, StoreException {
        settings = PostgresServer.fresh();
        database = PostgresDatabase.of(settings);
        open();
    }

    private void open() throws StoreException {
        store = PostgresStore.open(database);
        reads = PostgresReads.open(database);
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

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void everyCommitIsSyncedWhateverTheServersDefaultIs() throws SQLException {
        try (Connection plain = PostgresServer.connection(settings);
                Connection writer = database.writer()) {
            assertThat(ask(plain, "SHOW synchronous_commit")).isEqualTo("off");
            assertThat(ask(writer, "SHOW synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void theNewestMigrationIsTheOneThatAStartLooksFor() throws Exception {
        URL migrations = PostgresDatabase.class.getResource("/db/postgresql");
        int newest = 0;
        for (String name : Path.of(migrations.toURI()).toFile().list()) {
            newest = Math.max(newest, Integer.parseInt(name.substring(1, name.indexOf("__"))));
        }
        assertThat(PostgresDatabase.NEWEST_MIGRATION).isEqualTo(Integer.toString(newest));
    }

    @Test
    void nodesThatStartAtOnceOnAnEmptyDatabaseMakeItsTablesOnce() throws Exception {
        PostgresDatabase empty = PostgresDatabase.of(PostgresServer.empty());
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String id = "m" + i;
                starts.add(nodes.submit(() -> {
                    try (PostgresStore node = PostgresStore.open(empty)) {
                        node.commit(List.of(incoming(event(id, Progress.SENT))));
                    }
                    return id;
                }));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        try (PostgresReads found = PostgresReads.open(empty)) {
            assertThat(found.messages(List.of("m0", "m1", "m2"))).hasSize(3);
        }
    }

    @Test
    void readingBeforeTheFirstStartSaysThatThereAreNoTables() throws SQLException {
        PostgresDatabase empty = PostgresDatabase.of(PostgresServer.empty());
        assertThatThrownBy(() -> PostgresReads.open(empty))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("no tables");
    }

    @Test
    void aServerThatIsNotThereIsUnavailableAndTheMessageHoldsNoSecret() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        PostgresDatabase gone = PostgresDatabase.of(new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + port + "/sendstatus?sslpassword=hidden1", "us", "hidden2"));
        assertThatThrownBy(() -> PostgresStore.open(gone))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> PostgresReads.open(gone)).isInstanceOf(StoreException.Unavailable.class);
    }

    @Test
    void aDatabaseThatIsNotOnTheServerIsNamedAsThat() {
        String url = settings.url().replaceAll("/test\\d+$", "/missing");
        assertThatThrownBy(
                        () -> PostgresStore.open(PostgresDatabase.of(new DatabaseSettings(url, "postgres", "hidden"))))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("no such database")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aReadOnlyServerIsUnavailableAndEndsByItself() throws SQLException, StoreException {
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement()) {
            String name = plain.getCatalog();
            statement.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
            terminateOthers(plain);
            assertThatThrownBy(() -> store.commit(List.of(incoming(event("m1", Progress.SENT)))))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("standby");
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER DATABASE " + name + " RESET default_transaction_read_only");
        }
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        assertThat(reads.messages("m1")).hasSize(1);
    }

    private static void terminateOthers(Connection plain) throws SQLException {
        ask(
                plain,
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    @Test
    void aConnectionThatBrokeWhileNobodyWroteIsReplacedUnnoticed() throws SQLException, StoreException {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        try (Connection plain = PostgresServer.connection(settings)) {
            terminateOthers(plain);
        }
        store.commit(List.of(incoming(event("m2", Progress.SENT))));
        try (PostgresReads after = PostgresReads.open(database)) {
            assertThat(after.messages(List.of("m1", "m2"))).hasSize(2);
        }
    }

    @Test
    void aSegmentCutShortOnDiskIsNoticed() throws Exception {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        long sequence = rawCallbacks().get(0).sequence();
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement()) {
            statement.execute("UPDATE segment SET body = substr(body, 1, length(body) - 5)");
        }
        assertThatThrownBy(() -> reads.raw(sequence))
                .isInstanceOf(StoreException.Broken.class)
                .hasMessageContaining("damaged");
        assertThat(reads.segment(0, NOW).orElseThrow().damaged()).isTrue();
        assertThat(reads.messages("m1")).hasSize(1);
    }

    @Test
    void aSecondCallbackTouchesNoIndexOfTheMessages() throws Exception {
        store.commit(List.of(incoming(event("m1", Progress.SENT))));
        store.commit(List.of(incoming(event("m1", Progress.DELIVERED))));
        try (Connection plain = PostgresServer.connection(settings)) {
            // Both came from the same session, whose figures are kept until it reports them.
            store.close();
            await().until(() -> ask(plain, "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'message'")
                    .equals("1"));
            assertThat(ask(plain, "SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'message'"))
                    .isEqualTo("1");
        }
    }
}
