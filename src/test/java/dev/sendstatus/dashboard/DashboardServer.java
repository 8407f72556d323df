package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Application;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.ingest.SettableClock;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The whole program on a free port, asked over HTTP. */
final class DashboardServer implements AutoCloseable {
    static final String TOKEN = "token-of-the-test-that-is-long-enough";
    static final String SAME_ORIGIN = "same-origin";

    /** What nobody should be able to say through a field that is shown. */
    static final List<String> HOSTILE = List.of(
            "\"><script>alert(1)</script>",
            "' onmouseover='alert(1)' x='",
            "</td></table><img src=x onerror=alert(1)>",
            "javascript:alert(1)",
            "invoice\u202Egnp.exe",
            "\u001b[31mred\u0007\u0085",
            "${7*7}{{7*7}}@template.x()",
            "W".repeat(10_000));

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CREDENTIALS = "callbacks:secret-of-the-test";

    final SettableClock clock = new SettableClock();

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final DatabaseSettings settings;
    private final Application application;

    DashboardServer(Path folder) throws Exception {
        this(folder, Map.of());
    }

    /** @param more of the environment */
    DashboardServer(Path folder, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SENDSTATUS_HTTP_PORT", "0",
                "SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("test.db"),
                "SENDSTATUS_API_TOKEN", TOKEN,
                "SENDSTATUS_RELAY_URL", "http://127.0.0.1:1/hook",
                "SENDSTATUS_RELAY_PRIVATE_NETWORK", "true",
                "SENDSTATUS_RELAY_SECRET", "whsec_" + Base64.getEncoder().encodeToString(new byte[32]),
                "BANDWIDTH_CALLBACK_USERNAME", "callbacks",
                "BANDWIDTH_CALLBACK_PASSWORD", "secret-of-the-test"));
        environment.putAll(more);
        settings = new DatabaseSettings(Objects.requireNonNull(environment.get("SENDSTATUS_DATABASE_URL")), null, null);
        application = new Application(
                new ConfigurationLoader(Adapters.all(), environment, folder).load(), Adapters.all(), clock);
    }

    /** A little of everything, and everything hostile. @return itself */
    DashboardServer filled() throws Exception {
        callback("first-1", "message-delivered", null, "A carrier");
        callback("failed-1", "message-failed", 4770, "A carrier");
        callback("failed-2", "message-failed", 4770, "Another carrier");
        callback("a/b%c d", "message-sending", null, null);
        assertThat(post("[{\"type\":\"message-teleported\",\"message\":{\"id\":\"x-1\"}}]", CREDENTIALS))
                .isEqualTo(200);
        assertThat(post("[]", "callbacks:wrong")).isEqualTo(401);
        register(send("waits", "+12025550100")
                .put("sent_at", Instant.now().minusSeconds(9 * 3600).toString()));
        // Of a rule that the server does not know, and so does not end.
        change(store -> store.alerts()
                .add(new Alert(
                        0,
                        "of_a_test",
                        HOSTILE.get(0),
                        Alert.State.PENDING,
                        Severity.WARNING,
                        Instant.ofEpochMilli(0),
                        null,
                        null,
                        0.3,
                        null,
                        50L,
                        HOSTILE,
                        String.join(" ", HOSTILE),
                        HOSTILE.get(2),
                        null,
                        null,
                        null,
                        null)));
        int number = 0;
        for (String text : HOSTILE) {
            ObjectNode send = send("hostile-" + number++, "+12025550100");
            send.put("reference", text).put("campaign", text);
            send.putArray("tags").add(text);
            // Some are refused there already.
            assertThat(register(send)).isIn(200, 422);
            // Ids, senders and codes as a provider would say them.
            ObjectNode event = JSON.createObjectNode()
                    .put("type", "message-failed")
                    .put("time", Instant.now().toString())
                    .put("to", text)
                    .put("errorCode", 4720)
                    .put("description", text)
                    .put("carrierName", text);
            event.putObject("message")
                    .put("id", text)
                    .put("direction", "out")
                    .put("from", text)
                    .put("time", Instant.now().toString())
                    .putArray("to")
                    .add(text);
            ArrayNode events = JSON.createArrayNode().add(event);
            assertThat(post(JSON.writeValueAsString(events), CREDENTIALS))
                    .as(text)
                    .isEqualTo(200);
        }
        return this;
    }

    static ObjectNode send(String id, String from) {
        ObjectNode send = JSON.createObjectNode()
                .put("provider", "bandwidth")
                .put("id", id)
                .put("from", from);
        send.putArray("to").add("+12025550123");
        return send;
    }

    /** @return the status of the answer */
    int register(ObjectNode send) throws Exception {
        return send(request("/v1/messages")
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(send.toString())))
                .statusCode();
    }

    void callback(String id, String type, @Nullable Integer code, @Nullable String carrier) throws Exception {
        ObjectNode event = JSON.createObjectNode()
                .put("type", type)
                .put("time", Instant.now().toString())
                .put("to", "+12025550123")
                .put("errorCode", code)
                .put("carrierName", carrier);
        event.putObject("message")
                .put("id", id)
                .put("direction", "out")
                .put("from", "+12025550100")
                .put("segmentCount", 1)
                .put("time", Instant.now().minusSeconds(2).toString())
                .putArray("to")
                .add("+12025550123");
        assertThat(post("[" + event + "]", CREDENTIALS)).isEqualTo(200);
    }

    private int post(String body, String credentials) throws Exception {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return send(request("/webhooks/bandwidth")
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Basic " + basic)
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    int port() {
        return application.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What the API answers. */
    JsonNode api(String path) throws Exception {
        return JSON.readTree(
                send(request(path).header("Authorization", "Bearer " + TOKEN)).body());
    }

    /** The answer, looked at again until all figures in it are counted. */
    HttpResponse<String> get(String path, String cookie) throws Exception {
        return await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> send(request(path).header("Cookie", cookie)),
                        answer -> !answer.body().contains("being counted"));
    }

    /** Sends a form, as a browser does from one of our pages. */
    HttpResponse<String> post(String path, String cookie, Map<String, String> fields) throws Exception {
        return send(form(path, fields).header("Cookie", cookie).header("Sec-Fetch-Site", SAME_ORIGIN));
    }

    HttpRequest.Builder form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** The answer to that token at the page that asks for it. */
    HttpResponse<String> trySignIn(String token) throws Exception {
        return send(form("/ui/sign-in", Map.of("token", token, "next", "/ui/messages"))
                .header("Sec-Fetch-Site", SAME_ORIGIN));
    }

    /** @return the cookie, as it is sent back */
    String signIn(String token) throws Exception {
        HttpResponse<String> answer = trySignIn(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    /** Changes the database as another process would. */
    void change(Change change) throws StoreException {
        try (Store store = Store.open(new SqliteDialect(SqliteFile.of(settings)))) {
            change.make(store);
        }
    }

    @FunctionalInterface
    interface Change {
        void make(Store store) throws StoreException;
    }

    @Override
    public void close() {
        application.close();
    }
}
