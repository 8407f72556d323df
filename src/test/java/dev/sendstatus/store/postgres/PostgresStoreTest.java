package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Schema;
import dev.sendstatus.store.jdbc.Store;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is PostgreSQL's own: a server that is away, that takes no writes, that ends connections. */
@Tag("slow")
class PostgresStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    private static Incoming sent(String id) {
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(Histories.PROVIDER, id), Direction.OUTBOUND, Progress.SENT, "sent")
                .to("+12025550143")
                .build();
        RawCallback raw = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
        return new Incoming(
                new AccountName(Histories.PROVIDER, "main"), Source.WEBHOOK, NOW, raw, List.of(event), null);
    }

    private static Store store(DatabaseSettings settings) throws StoreException {
        return Store.open(TestDatabase.dialect(settings));
    }

    private static Reads reads(DatabaseSettings settings) throws StoreException {
        return Reads.open(TestDatabase.dialect(settings));
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
        try (Connection plain = PostgresServer.connection(database.settings());
                Connection writer = database.dialect().writer()) {
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
        assertThat(Schema.NEWEST).isEqualTo(newest);
    }

    @Test
    void nodesThatStartAtOnceOnAnEmptyDatabaseMakeItsTablesOnce() throws Exception {
        DatabaseSettings empty = PostgresServer.empty();
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String id = "m" + i;
                starts.add(nodes.submit(() -> {
                    try (Store node = store(empty)) {
                        node.commit(List.of(sent(id)));
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
        try (Reads found = reads(empty)) {
            assertThat(found.messages(List.of("m0", "m1", "m2"))).hasSize(3);
        }
    }

    @Test
    void readingBeforeTheFirstStartSaysThatThereAreNoTables() throws SQLException {
        DatabaseSettings empty = PostgresServer.empty();
        assertThatThrownBy(() -> reads(empty))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("no tables");
    }

    @Test
    void aServerThatIsNotThereIsUnavailableAndTheMessageHoldsNoSecret() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        DatabaseSettings gone = new DatabaseSettings(
                "jdbc:postgresql://127.0.0.1:" + port + "/sendstatus?sslpassword=hidden1", "us", "hidden2");
        assertThatThrownBy(() -> store(gone))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> reads(gone)).isInstanceOf(StoreException.Unavailable.class);
    }

    @Test
    void aDatabaseThatIsNotOnTheServerIsNamedAsThat() {
        String url = database.settings().url().replaceAll("/test\\d+$", "/missing");
        assertThatThrownBy(() -> store(new DatabaseSettings(url, "postgres", "hidden")))
                .isInstanceOf(StoreException.Unavailable.class)
                .hasMessageContaining("no such database")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aReadOnlyServerIsUnavailableAndEndsByItself() throws SQLException, StoreException {
        try (Connection plain = PostgresServer.connection(database.settings());
                Statement statement = plain.createStatement()) {
            String name = plain.getCatalog();
            statement.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
            terminateOthers(plain);
            assertThatThrownBy(() -> database.store().commit(List.of(sent("m1"))))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("standby");
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER DATABASE " + name + " RESET default_transaction_read_only");
        }
        database.store().commit(List.of(sent("m1")));
        assertThat(database.reads().messages("m1")).hasSize(1);
    }

    private static void terminateOthers(Connection plain) throws SQLException {
        ask(
                plain,
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    @Test
    void aConnectionThatBrokeWhileNobodyWroteIsReplacedUnnoticed() throws SQLException, StoreException {
        database.store().commit(List.of(sent("m1")));
        try (Connection plain = PostgresServer.connection(database.settings())) {
            terminateOthers(plain);
        }
        database.store().commit(List.of(sent("m2")));
        try (Reads after = reads(database.settings())) {
            assertThat(after.messages(List.of("m1", "m2"))).hasSize(2);
        }
    }

    /** The pool's connections are all broken then, and none of them has noticed. */
    @Test
    void readsGoOnAtOnceAfterTheirConnectionsBroke() throws SQLException, StoreException {
        database.store().commit(List.of(sent("m1")));
        assertThat(database.reads().messages("m1")).hasSize(1);
        try (Connection plain = PostgresServer.connection(database.settings())) {
            terminateOthers(plain);
        }
        assertThat(database.reads().messages("m1")).hasSize(1);
    }

    @Test
    void aBodyCutShortOnDiskIsNoticed() throws Exception {
        database.store().commit(List.of(sent("m1")));
        long number = database.reads().callbacks().since(Instant.EPOCH, 0, 1).get(0);
        try (Connection plain = PostgresServer.connection(database.settings());
                Statement statement = plain.createStatement()) {
            statement.execute("UPDATE callback SET body = substr(body, 1, length(body) - 5)");
        }
        assertThatThrownBy(() -> database.reads().callbacks().one(number))
                .isInstanceOf(StoreException.Broken.class)
                .hasMessageContaining("damaged");
        assertThat(database.reads().messages("m1")).hasSize(1);
    }
}
