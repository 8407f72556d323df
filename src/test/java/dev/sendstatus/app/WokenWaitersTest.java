package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.postgres.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that one process writes is told to those who wait in another one. */
class WokenWaitersTest {
    /** A node looks four times a second; {@code scripts/bench wake} measures it. The rest is for a machine that is busy. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private static HttpRequest changes(URI feed) {
        return HttpRequest.newBuilder(feed)
                .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                .build();
    }

    private long end(URI feed) throws Exception {
        HttpResponse<String> answer = client.send(changes(URI.create(feed + "?after=now")), BodyHandlers.ofString());
        return JSON.readTree(answer.body()).path("next_after").asLong();
    }

    /** The answer to a question that was held when this returned. */
    private CompletableFuture<HttpResponse<String>> waiting(URI feed, long after) {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(changes(URI.create(feed + "?after=" + after + "&wait=60s")), BodyHandlers.ofString());
        await().during(Duration.ofMillis(500)).until(() -> !answer.isDone());
        return answer;
    }

    private static List<String> ids(HttpResponse<String> answer) throws Exception {
        JsonNode items = JSON.readTree(answer.body()).path("items");
        return items.findValuesAsText("id");
    }

    @Test
    void anotherNodeTellsWhatThisOneApplied() throws Exception {
        DatabaseSettings shared = PostgresServer.fresh();
        try (Application applying = Nodes.start(folder.resolve("applying"), shared);
                Application asked = Nodes.start(folder.resolve("asked"), shared)) {
            URI feed = Nodes.uri(asked, "/v1/changes");
            for (int round = 0; round < 3; round++) {
                CompletableFuture<HttpResponse<String>> answer = waiting(feed, end(feed));
                HttpRequest callback = Load.request(Nodes.uri(applying, "/webhooks/bandwidth"), "m" + round);
                assertThat(client.send(callback, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(200);
                assertThat(ids(answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS)))
                        .containsExactly("m" + round);
            }
        }
    }

    @Test
    void aCommandBesideTheServerWakesThoseWhoWaitInItAndInAnotherCommand() throws Exception {
        Path sends = Files.writeString(folder.resolve("sends.csv"), "provider,id,to\nbandwidth,sms-1,+12025550123\n");
        Path shown = folder.resolve("shown.txt");
        try (ServerProcess server = new ServerProcess(folder, List.of(), Map.of())) {
            URI feed = server.uri("/v1/changes");
            CompletableFuture<HttpResponse<String>> answer = waiting(feed, end(feed));
            Process tail = ServerProcess.command(folder, "tail", "--after", "0", "--limit", "2")
                    .redirectOutput(shown.toFile())
                    .start();
            try {
                // By its first line it has begun; then it waits for the second change.
                client.send(Load.request(server.uri("/webhooks/bandwidth"), "first"), BodyHandlers.discarding());
                assertThat(ids(answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS)))
                        .containsExactly("first");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> Files.readString(shown).contains("first"));
                CompletableFuture<HttpResponse<String>> next = waiting(feed, end(feed));
                Process writing = ServerProcess.command(folder, "import", sends.toString())
                        .start();
                String said = new String(writing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(writing.waitFor()).as(said).isZero();
                assertThat(ids(next.get(SOON.toMillis(), TimeUnit.MILLISECONDS)))
                        .containsExactly("sms-1");
                assertThat(tail.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
                assertThat(tail.exitValue()).isZero();
                // A newer JDK warns of native code first.
                assertThat(Files.readAllLines(shown))
                        .filteredOn(line -> !line.isBlank() && !line.startsWith("WARNING:"))
                        .hasSize(2)
                        .last()
                        .asString()
                        .contains("sms-1");
            } finally {
                tail.destroyForcibly();
            }
        }
    }
}
