package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL: the one that pushes is killed, so that nobody gives its endpoint back. */
@Tag("slow")
class RelayTakeoverTest {
    /** The lease of 30 s, and some time for what waits then. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(120);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String secret = SigningSecret.make();
    /** By the change's sequence. */
    private final Map<Long, Set<String>> ids = new ConcurrentHashMap<>();

    private final Set<String> messages = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    private MockResponse take(RecordedRequest request) {
        try {
            String body = Objects.requireNonNull(request.getBody()).utf8();
            new Webhook(secret).verify(body, request.getHeaders().toMultimap());
            JsonNode change = JSON.readTree(body).path("data");
            ids.computeIfAbsent(change.path("sequence").asLong(), sequence -> ConcurrentHashMap.newKeySet())
                    .add(request.getHeaders().get("webhook-id"));
            messages.add(change.path("id").asText());
        } catch (Exception e) {
            wrong.add(e.toString());
        }
        return new MockResponse.Builder().code(204).build();
    }

    private ServerProcess node(String name, DatabaseSettings database, String url) throws Exception {
        return new ServerProcess(
                Files.createDirectories(folder.resolve(name)),
                List.of(),
                Map.of(
                        "SENDSTATUS_DATABASE_URL",
                        database.url(),
                        "SENDSTATUS_DATABASE_USER",
                        Objects.requireNonNull(database.user()),
                        "SENDSTATUS_RELAY_URL",
                        url,
                        "SENDSTATUS_RELAY_SECRET",
                        secret,
                        "SENDSTATUS_RELAY_PRIVATE_NETWORK",
                        "true"));
    }

    @Test
    void afterItsOwnerIsKilledTheOtherNodeGoesOnAndNothingIsLost() throws Exception {
        DatabaseSettings database = PostgresServer.fresh();
        List<String> acknowledged = new ArrayList<>();
        try (MockWebServer receiver = new MockWebServer()) {
            receiver.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return take(request);
                }
            });
            receiver.start();
            String url = receiver.url("/hook").toString();
            try (ServerProcess owner = node("owner", database, url);
                    Load first = new Load(owner.uri("/webhooks/bandwidth"), "first", 2)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> messages.size() >= 100);
                try (ServerProcess other = node("other", database, url);
                        Load second = new Load(other.uri("/webhooks/bandwidth"), "second", 1)) {
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> messages.stream().anyMatch(id -> id.startsWith("second")));
                    owner.kill();
                    first.join();
                    int enough = second.acknowledged().size() + 50;
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> second.acknowledged().size() >= enough);
                    second.join();
                    acknowledged.addAll(first.acknowledged());
                    acknowledged.addAll(second.acknowledged());
                    assertThat(messages.containsAll(acknowledged))
                            .as("nobody pushes yet")
                            .isFalse();
                    await().atMost(TAKEN_OVER).until(() -> messages.containsAll(acknowledged));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(ids.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    }
}
