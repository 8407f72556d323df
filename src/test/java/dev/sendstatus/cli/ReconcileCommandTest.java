package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileCommandTest {
    private static final AccountName TWILIO = new AccountName(new Provider("twilio"), "twilio");

    @TempDir
    private Path home;

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStuckMessageIsAskedAboutAndItsEndIsShown() throws Exception {
        stuck("SM00000000000000000000000000000001");
        server.enqueue(new MockResponse(200, Headers.of(), fixture("message.json")));
        CliRun run = run("reconcile", "--older-than", "6h");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .containsExactly(
                        "account asked calls updated still sent unchanged not found failed not due",
                        "twilio/twilio 1 1 1 0 0 0 0 0");
        assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
        CliRun status = run("status", "SM00000000000000000000000000000001");
        assertThat(status.out()).contains("ERROR", "30003", "reconciliation");
    }

    @Test
    void refusedCredentialsAreExitCodeOneAndNoSecretIsPrinted() throws Exception {
        stuck("SM1");
        server.enqueue(new MockResponse(401, Headers.of(), fixture("unauthorized.json")));
        CliRun run = run("reconcile", "--json");
        assertThat(run.code()).isEqualTo(1);
        JsonNode account = JsonMapper.builder()
                .build()
                .readTree(run.out())
                .path("accounts")
                .path(0);
        assertThat(account.path("account").asText()).isEqualTo("twilio");
        assertThat(account.path("stopped").asText()).contains("401 with code 20003");
        assertThat(account.path("calls").asInt()).isEqualTo(1);
        assertThat(run.out() + run.err()).doesNotContain("a-secret-token", "\tat ");
    }

    @Test
    void aWindowBringsMessagesThatWereNotKnown() {
        server.enqueue(new MockResponse(
                200, Headers.of(), "{\"messages\": [" + fixture("message.json") + "], \"next_page_uri\": null}"));
        CliRun run = run("reconcile", "--window", "2023-08-24..2023-08-24", "--provider", "twilio");
        assertThat(run.code()).isZero();
        assertThat(run("status", "SM00000000000000000000000000000001", "--json").out())
                .contains("\"status\" : \"ERROR\"")
                .doesNotContain("clinic");
    }

    @Test
    void withNobodyToAskItSaysWhatIsMissing() {
        CliRun run = CliRun.of(Adapters.all(), Map.of("TELNYX_V1_SECRET", "secret-of-the-profile"), home, "reconcile");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("telnyx/telnyx cannot be asked", "docs/providers/telnyx.md", "nobody to ask");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--limit 0",
                "--older-than yesterday",
                "--older-than -6h",
                "--window 2026-11-25",
                "--window 2026-11-25..2026-11-24",
                "--window 2026-11-24..2026-11-25 --limit 3",
                "--provider twilo"
            })
    void wrongUsageIsExitCodeTwo(String arguments) {
        CliRun run = run(("reconcile " + arguments).split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Help: sendstatus reconcile --help").doesNotContain("\tat ");
        assertThat(server.getRequestCount()).isZero();
    }

    private void stuck(String id) throws Exception {
        Instant sent = Instant.now().minus(Duration.ofHours(8));
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(TWILIO.provider(), id), Direction.OUTBOUND, Progress.SENT, "sent")
                .to("+12025550123")
                .soleRecipient()
                .build();
        try (Store store = Store.open(new SqliteDialect(SqliteFile.of(new DatabaseSettings(database(), null, null))))) {
            store.commit(List.of(new Incoming(
                    TWILIO,
                    Source.WEBHOOK,
                    sent,
                    new RawCallback("POST", null, null, new byte[0]),
                    List.of(event),
                    null)));
        }
    }

    private String database() {
        return "jdbc:sqlite:" + home.resolve("test.db");
    }

    private CliRun run(String... arguments) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001");
        environment.put("TWILIO_AUTH_TOKEN", "a-secret-token");
        environment.put("TWILIO_API_BASE_URL", server.url("/").toString());
        environment.put("SENDSTATUS_DATABASE_URL", database());
        return CliRun.of(Adapters.all(), environment, home, arguments);
    }

    private static String fixture(String name) {
        try (var file = ReconcileCommandTest.class.getResourceAsStream("/provider/twilio/api/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
