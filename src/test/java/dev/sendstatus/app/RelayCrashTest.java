package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.outbound.SigningSecret;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pushed, when the process that pushes is killed. */
class RelayCrashTest {
    private static final int ROUNDS = Integer.getInteger("sendstatus.crash.rounds", 3);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String secret = SigningSecret.make();
    private final VerifyingReceiver pushed = new VerifyingReceiver(secret);

    @TempDir
    private Path folder;

    @Test
    void killedAgainAndAgainItMissesNothingAndRepeatsUnderTheSameIds() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (MockWebServer receiver = new MockWebServer()) {
            receiver.setDispatcher(pushed);
            receiver.start();
            Map<String, String> variables = Map.of(
                    "SENDSTATUS_RELAY_URL",
                    receiver.url("/hook").toString(),
                    "SENDSTATUS_RELAY_SECRET",
                    secret,
                    "SENDSTATUS_RELAY_PRIVATE_NETWORK",
                    "true");
            for (int round = 0; round < ROUNDS; round++) {
                try (ServerProcess server = new ServerProcess(folder, List.of(), variables);
                        Load load = new Load(server.uri("/webhooks/bandwidth"), "r" + round, 4)) {
                    int enough = pushed.messages.size() + 200;
                    await().atMost(Duration.ofSeconds(60)).until(() -> pushed.messages.size() >= enough);
                    server.kill();
                    load.join();
                    acknowledged.addAll(load.acknowledged());
                }
            }
            try (ServerProcess server = new ServerProcess(folder, List.of(), variables)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    JsonNode endpoint = JSON.readTree(get(server, "/v1/relay/default"));
                    return endpoint.path("position").asLong()
                            == endpoint.path("newest").asLong();
                });
                String key = secret.substring("whsec_".length());
                assertThat(get(server, "/v1/relay") + get(server, "/metrics") + server.output())
                        .doesNotContain(key);
                assertThat(server.stop()).isIn(0, 143);
                assertThat(server.output()).doesNotContain(key).doesNotContain("Exception");
            }
        }
        assertThat(pushed.wrong).isEmpty();
        assertThat(pushed.messages).containsAll(acknowledged);
        assertThat(pushed.ids.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    }

    private static String get(ServerProcess server, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
