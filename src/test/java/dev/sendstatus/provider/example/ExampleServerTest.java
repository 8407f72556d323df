package dev.sendstatus.provider.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Application;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.ProviderAdapter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves docs/adding-a-provider.md: a provider is one folder and one line. */
final class ExampleServerTest {
    private static final Path FOLDER = Path.of("src/test/java/dev/sendstatus/provider/example");
    private static final Path RESOURCES = Path.of("src/test/resources/dev/sendstatus/provider/example");
    private static final Path DOCUMENT = Path.of("docs/adding-a-provider.md");
    private static final int MOST_LINES = 550;
    private static final String TOKEN = "token-of-the-test";
    private static final Map<String, String> SETTINGS = Map.of("secret", "secret-of-the-test");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path home;

    @Test
    void itIsOneFolderOfTheFilesThatTheDocumentNames() throws IOException {
        List<String> files = new ArrayList<>();
        int lines = 0;
        for (Path file : adapterFiles()) {
            files.add(file.getFileName().toString());
            lines += Files.readAllLines(file).size();
        }
        assertThat(Files.readString(DOCUMENT)).contains(files);
        assertThat(lines).as("lines of %s", files).isLessThan(MOST_LINES);
    }

    @Test
    void nothingOfTheProgramNamesIt() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
            for (Path file :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContain("\"example\"", "provider.example");
            }
        }
    }

    @Test
    void theServerTakesItsCallbacksForOneLineInTheListOfAdapters() throws Exception {
        List<ProviderAdapter<?>> adapters = new ArrayList<>(Adapters.all());
        adapters.add(new ExampleAdapter());
        Map<String, String> environment = Map.of(
                "EXAMPLE_SECRET", SETTINGS.get("secret"), "SENDSTATUS_API_TOKEN", TOKEN, "SENDSTATUS_HTTP_PORT", "0");
        try (Application server = new Application(
                new ConfigurationLoader(adapters, environment, home, home).load(), adapters, Clock.systemUTC())) {
            String base = "http://127.0.0.1:" + server.port();
            assertThat(callback(base, "ex-1", Outcome.SENT, null)).isEqualTo(200);
            assertThat(callback(base, "ex-1", Outcome.DELIVERED, null)).isEqualTo(200);
            assertThat(callback(base, "ex-2", Outcome.FAILED, "E7")).isEqualTo(200);
            await().untilAsserted(() -> assertThat(
                            get(base, "/v1/messages/ex-2").path("status").asText())
                    .isEqualTo("ERROR"));
            assertThat(get(base, "/v1/messages/ex-1").path("status").asText()).isEqualTo("DELIVERED");
            assertThat(get(base, "/v1/messages?provider=example&category=invalid_recipient")
                            .at("/items/0/id")
                            .asText())
                    .isEqualTo("ex-2");
            assertThat(get(base, "/v1/error-codes/example/E7").path("title").asText())
                    .isEqualTo("Unknown number");
            assertThat(get(base, "/v1/webhooks").toString()).contains("/webhooks/example/example");
            assertThat(get(base, "/openapi.json").at("/components/schemas/Provider/enum"))
                    .extracting(JsonNode::asText)
                    .contains("telnyx", "example");
        }
    }

    private static List<Path> adapterFiles() throws IOException {
        try (Stream<Path> classes = Files.list(FOLDER);
                Stream<Path> resources = Files.list(RESOURCES)) {
            return Stream.concat(classes, resources)
                    .filter(file -> !file.toString().endsWith("Test.java"))
                    .sorted()
                    .toList();
        }
    }

    private int callback(String base, String id, Outcome outcome, @Nullable String code) throws Exception {
        Instant now = Instant.now();
        SimulatedMessage message = new SimulatedMessage(
                id, "+12025550100", "+12025550123", outcome, code, now.minusSeconds(9), now.minusSeconds(2), "");
        SignedCallback callback = new ExampleSimulator().callback(message, SETTINGS, base + "/webhooks/example", now);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/webhooks/example"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(callback.body()));
        callback.headers().forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private JsonNode get(String base, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return new ObjectMapper()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
