package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.state.Change;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayCommandsTest {
    private static final Instant AT = Instant.parse("2026-11-25T13:00:00Z");

    private final MockWebServer receiver = new MockWebServer();
    private final String secret = SigningSecret.make();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    private DatabaseSettings database;

    @BeforeEach
    void fill() throws Exception {
        receiver.start();
        TwilioHome home = TwilioHome.fill(folder);
        database = new DatabaseSettings(home.database(), null, null);
        environment.put("SENDSTATUS_DATABASE_URL", home.database());
        environment.put("SENDSTATUS_RELAY_URL", receiver.url("/hook") + "?token=hidden");
        environment.put("SENDSTATUS_RELAY_SECRET", secret);
        environment.put("SENDSTATUS_RELAY_PRIVATE_NETWORK", "true");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private CliRun run(String... arguments) {
        CliRun run = CliRun.of(Adapters.all(), environment, folder, arguments);
        assertThat(run.out() + run.err()).doesNotContain("hidden");
        if (!List.of(arguments).contains("tail")) {
            assertThat(run.out() + run.err()).doesNotContain(secret.substring(6));
        }
        return run;
    }

    /** As a server leaves it: at the end of the feed, with one delivery that failed. */
    private void started() throws Exception {
        try (Store store = Store.open(TestDatabase.dialect(database));
                Reads reads = Reads.open(TestDatabase.dialect(database))) {
            store.relay().addEndpoint("default", reads.changes(0, 0).feed(), reads.nextSequence() - 1);
            store.relay().takeEndpoint("default", "node", AT, AT);
            RelayEndpoint endpoint = reads.relay().endpoint("default").orElseThrow();
            Change change = reads.changes(0, 1).changes().get(0);
            store.relay()
                    .save(
                            endpoint,
                            AT,
                            List.of(new RelayDelivery(
                                    change.sequence(),
                                    change.after().message(),
                                    RelayDelivery.State.FAILED,
                                    10,
                                    null,
                                    AT,
                                    400,
                                    "HTTP 400",
                                    "unknown message")));
        }
    }

    private RelayEndpoint endpoint() throws Exception {
        try (Reads reads = Reads.open(TestDatabase.dialect(database))) {
            return reads.relay().endpoint("default").orElseThrow();
        }
    }

    @Test
    void theListShowsEndpointsAndWhatFailed() throws Exception {
        assertThat(run("relay", "list").out()).contains("default", "not started", receiver.url("/hook") + "?…");
        started();
        assertThat(run("relay", "list").out()).contains("active", "SM1", "failed", "10", "HTTP 400", "unknown message");
        JsonNode json = new JsonMapper().readTree(run("relay", "list", "--json").out());
        assertThat(json.get(0).path("name").asText()).isEqualTo("default");
        assertThat(json.get(0).path("deliveries").get(0).path("http_status").asInt())
                .isEqualTo(400);
        environment.remove("SENDSTATUS_RELAY_URL");
        assertThat(run("relay", "list").out()).contains("No endpoint is on", "set SENDSTATUS_RELAY_URL");
    }

    @Test
    void aTestShowsTheAnswerAndFailsWithTheReceiver() throws Exception {
        receiver.enqueue(new MockResponse.Builder().code(200).build());
        CliRun good = run("relay", "test", "default");
        assertThat(good.code()).as(good.err()).isZero();
        assertThat(good.out()).startsWith("Taken: HTTP 200 (");
        RecordedRequest request = receiver.takeRequest();
        String body = Objects.requireNonNull(request.getBody()).utf8();
        new Webhook(secret).verify(body, request.getHeaders().toMultimap());
        assertThat(body).contains("\"type\":\"relay.test\"");
        receiver.enqueue(new MockResponse.Builder().code(403).body("go away").build());
        CliRun bad = run("relay", "test", "default");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.out()).startsWith("Not taken: HTTP 403: go away (");
        CliRun unknown = run("relay", "test", "other");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("no endpoint of the name other: there are default");
    }

    @Test
    void recoverGoesBackAndRetryHasWhatFailedTriedAgain() throws Exception {
        started();
        CliRun retry = run("relay", "retry", "default");
        assertThat(retry.out()).as(retry.err()).contains("1 delivery is tried now");
        try (Reads reads = Reads.open(TestDatabase.dialect(database))) {
            assertThat(reads.relay().unfinished("default", 0)).hasSize(1);
        }
        long before = endpoint().position();
        long epoch = endpoint().epoch();
        CliRun recover = run("relay", "recover", "default", "--since", "2026-11-25");
        assertThat(recover.code()).as(recover.err()).isZero();
        assertThat(endpoint().position()).isLessThan(before);
        assertThat(endpoint().epoch()).isGreaterThan(epoch);
        assertThat(run("relay", "recover", "default", "--since", "whenever").code())
                .isEqualTo(2);
        assertThat(run("relay", "recover", "default").code()).isEqualTo(2);
    }

    @Test
    void aSecretIsMadeThatReceiversAccept() throws Exception {
        String made = run("relay", "secret").out().strip();
        assertThat(made).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(new Webhook(made).sign("id", 1, "{}"))
                .isEqualTo(SigningSecret.read(made).signature("id", 1, "{}".getBytes()));
    }

    @Test
    void tailForwardsWhatItShowsSigned() throws Exception {
        receiver.enqueue(new MockResponse.Builder().code(200).build());
        receiver.enqueue(new MockResponse.Builder().code(500).body("oops").build());
        String url = receiver.url("/mine").toString();
        CliRun run = run("tail", "--after", "0", "--limit", "2", "--forward-to", url);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.err())
                .contains("-> HTTP 200 in ", "-> HTTP 500 in ", ": oops")
                .doesNotContain(secret);
        for (int i = 0; i < 2; i++) {
            RecordedRequest request = receiver.takeRequest();
            new Webhook(secret)
                    .verify(
                            Objects.requireNonNull(request.getBody()).utf8(),
                            request.getHeaders().toMultimap());
        }
        environment.remove("SENDSTATUS_RELAY_SECRET");
        environment.remove("SENDSTATUS_RELAY_URL");
        receiver.enqueue(new MockResponse.Builder().code(200).build());
        CliRun made = run("tail", "--after", "0", "--limit", "1", "--forward-to", url);
        String printed = made.err().replaceAll("(?s).*(whsec_[^:]+):.*", "$1");
        RecordedRequest request = receiver.takeRequest();
        new Webhook(printed)
                .verify(
                        Objects.requireNonNull(request.getBody()).utf8(),
                        request.getHeaders().toMultimap());
        CliRun wrong = run("tail", "--forward-to", "localhost:3000");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("--forward-to is no http or https URL");
    }
}
