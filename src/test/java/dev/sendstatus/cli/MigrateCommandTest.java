package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.FixtureRequest;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.CopiedTable;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.postgres.PostgresServer;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {
    private static final Map<String, String> SECRETS = Map.of("SENDSTATUS_DATABASE_PASSWORD", "hunter2");

    @TempDir
    private Path home;

    @BeforeEach
    void someCallbackIsStored() throws Exception {
        try (Store store = Store.open(new SqliteDialect(file()))) {
            store(store);
        }
    }

    private SqliteFile file() {
        return SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + home.resolve("data/sendstatus.db"), null, null));
    }

    private static void store(Store store) throws Exception {
        CallbackRequest request =
                FixtureRequest.read(Path.of("src/test/resources/provider", "twilio/form-status-failed.request"));
        store.commit(List.of(new Incoming(
                new AccountName(new Provider("twilio"), "twilio"),
                Source.WEBHOOK,
                Instant.parse("2026-11-20T12:00:00Z"),
                new RawCallback(request.method(), request.query(), request.mediaType(), request.body()),
                List.of(),
                "an unknown word")));
    }

    private CliRun run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>();
        all.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001");
        all.put("TWILIO_AUTH_TOKEN", "a-secret-token");
        all.put("SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + home.resolve("data/sendstatus.db"));
        all.putAll(environment);
        return CliRun.of(Adapters.all(), all, home, arguments);
    }

    private static String with(DatabaseSettings database, String parameters) {
        return database.url() + "?" + parameters;
    }

    @Test
    void theTargetAnswersWhatTheSourceDid() throws Exception {
        DatabaseSettings target = PostgresServer.fresh();
        CliRun run = run(Map.of(), "migrate", "--to", with(target, "user=postgres&password="));
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .hasSize(1 + CopiedTable.values().length)
                .allMatch(line -> line.startsWith("table ") || line.endsWith(" yes"))
                .anyMatch(line -> line.matches("account 1 1 (\\w{16}) \\1 yes"))
                .anyMatch(line -> line.matches("callback 1 1 (\\w{16}) \\1 yes"));
        Map<String, String> moved =
                Map.of("SENDSTATUS_DATABASE_URL", target.url(), "SENDSTATUS_DATABASE_USER", "postgres");
        assertThat(run(moved, "replay", "--quarantined").code()).isZero();
        assertThat(run(moved, "status", "SM0000000000000000000000000000000c").out())
                .contains("ERROR", "30007");
        CliRun back = run(moved, "migrate", "--json", "--to", "jdbc:sqlite:back.db");
        assertThat(back.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(back.out());
        assertThat(json.path("complete").asBoolean()).isTrue();
        assertThat(json.path("messages_written").asInt()).isEqualTo(1);
        assertThat(json.path("tables"))
                .hasSize(CopiedTable.values().length)
                .allMatch(table -> table.path("equal").asBoolean());
        assertThat(home.resolve("back.db")).exists();
    }

    @Test
    void aUrlOfNoDatabaseIsWrongUsage() {
        CliRun run = run(Map.of(), "migrate", "--to", "jdbc:mysql://db.example.com/x?password=hunter2");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--to", "jdbc:postgresql://host/name").doesNotContain("hunter2");
        assertThat(run(Map.of(), "migrate").code()).isEqualTo(2);
    }

    @Test
    void aServerThatDoesNotAnswerOrAWrongUserIsSaidWithoutSecrets() throws Exception {
        CliRun away = run(SECRETS, "migrate", "--to", "jdbc:postgresql://127.0.0.1:1/nothing?password=hunter2");
        assertThat(away.code()).isEqualTo(1);
        assertThat(away.err())
                .contains("The target cannot be opened", "cannot be reached")
                .doesNotContain("hunter2", "\tat ");
        CliRun stranger = run(SECRETS, "migrate", "--to", with(PostgresServer.fresh(), "user=nobody"));
        assertThat(stranger.code()).isEqualTo(1);
        assertThat(stranger.err())
                .contains("The target cannot be opened", "SENDSTATUS_DATABASE_USER")
                .doesNotContain("hunter2", "\tat ");
    }

    @Test
    void aDatabaseThatIsOpenElsewhereIsNotMigrated() throws Exception {
        DatabaseSettings target = PostgresServer.fresh();
        String to = with(target, "user=postgres");
        try (Store server = Store.open(new SqliteDialect(file()))) {
            CliRun run = run(Map.of(), "migrate", "--to", to);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("The configured database is in use");
            store(server);
        }
        assertThat(run(Map.of(), "migrate", "--to", to).code()).isZero();
    }

    @Test
    void aTargetThatIsNotEmptyAndTheSameDatabaseAreRefused() throws Exception {
        String to = "jdbc:sqlite:other.db";
        assertThat(run(Map.of(), "migrate", "--to", to).code()).isZero();
        CliRun full = run(Map.of(), "migrate", "--to", to);
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.err()).contains("not empty");
        CliRun same = run(Map.of(), "migrate", "--to", "jdbc:sqlite:data/sendstatus.db");
        assertThat(same.code()).isEqualTo(1);
        assertThat(same.err()).contains("the configured database itself");
    }
}
