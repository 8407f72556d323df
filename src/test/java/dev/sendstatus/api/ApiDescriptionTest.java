package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.api.Description.Operation;
import dev.sendstatus.store.StatisticsDimension;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description against the routes and against real answers: neither has anything that the other lacks. */
class ApiDescriptionTest {
    private static final String WRITE = TestServer.TOKEN;
    private static final String PROVIDER_AT_MAIN = "/webhooks/{provider}/{account}";
    private static final String SEND = "{\"provider\":\"bandwidth\",\"id\":\"s-1\",\"to\":[\"+12025550123\"]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> seen = new TreeSet<>();

    @TempDir
    Path folder;

    private ExampleServer examples;
    private Description description;

    @BeforeEach
    void start() throws Exception {
        examples = new ExampleServer(folder);
        description = new Description(get("/openapi.json", null).body());
    }

    @AfterEach
    void stop() {
        examples.close();
    }

    @Test
    void everyRouteIsDescribedAndNothingElseIs() {
        Set<String> described = new TreeSet<>();
        description.operations().forEach(operation -> described.add(operation.name()));
        Set<String> served = new TreeSet<>(examples.server.routes());
        served.removeIf(route -> route.startsWith("BEFORE"));
        // These stand before Javalin: WebhookRoutes.
        for (String path : List.of("/webhooks/{provider}", PROVIDER_AT_MAIN)) {
            served.add("GET " + path);
            served.add("POST " + path);
        }
        assertThat(described).isEqualTo(served);
        assertThat(description.root().path("openapi").asText()).startsWith("3.1");
    }

    /** BehindHeader: only in a burst an answer carries it, as in ReadAfter200Test. */
    @Test
    void everyReadMayBeBehind() {
        Set<String> reads = new TreeSet<>(Set.of("POST /v1/messages/lookup"));
        Set<String> mayBeBehind = new TreeSet<>();
        for (Operation operation : description.operations()) {
            if (operation.method().equals("GET") && operation.path().startsWith("/v1/")) {
                reads.add(operation.name());
            }
            if (operation.node().at("/responses/200/headers").has("Sendstatus-Behind")) {
                mayBeBehind.add(operation.name());
            }
        }
        assertThat(mayBeBehind).isEqualTo(reads);
    }

    @Test
    void everyDescribedAnswerIsGivenAndEveryAnswerIsDescribed() throws Exception {
        messages();
        lists();
        changes();
        registrations();
        catalogueAndReports();
        quarantine();
        relay();
        alerts();
        channels();
        server();
        webhooks();
        tokens();
        database();
        assertThat(seen).isEqualTo(description.answers());
    }

    private void messages() throws Exception {
        for (String events : List.of("", "/events", "/callbacks")) {
            ask("GET /v1/messages/{id}" + events, "/v1/messages/first-1" + events, 200);
            ask("GET /v1/messages/{id}" + events, "/v1/messages/waits" + events, 200);
            ask("GET /v1/messages/{id}" + events, "/v1/messages/nobody" + events, 404);
            ask("GET /v1/messages/{id}" + events, "/v1/messages/twice" + events, 409);
            ask("GET /v1/messages/{id}" + events, "/v1/messages/twice" + events + "?provider=twilio", 200);
        }
    }

    private void lists() throws Exception {
        assertThat(ask("GET /v1/messages", "/v1/messages?status=ERROR&error_code=4770", 200)
                        .body())
                .contains("first-1");
        ask("GET /v1/messages", "/v1/messages?limit=1", 200);
        ask("GET /v1/messages", "/v1/messages?status=LOST", 400);
        lookUp("{\"ids\":[\"first-1\",\"twice\",\"nobody\"]}", 200);
        lookUp("{}", 400);
        lookUp("[" + " ".repeat(TestServer.MAX_BODY) + "]", 413);
        for (String form : List.of("csv", "jsonl")) {
            ask("GET /v1/export." + form, "/v1/export." + form + "?status=ERROR", 200);
            ask("GET /v1/export." + form, "/v1/export." + form + "?stuck=perhaps", 400);
        }
        JsonNode dimensions = description.root().at("/paths/~1v1~1stats/get/parameters/2/schema/enum");
        assertThat(dimensions).hasSize(StatisticsDimension.values().length);
        for (JsonNode by : dimensions) {
            ask("GET /v1/stats", "/v1/stats?by=" + by.asText(), 200);
        }
        ask("GET /v1/stats", "/v1/stats?by=mood", 400);
    }

    private void changes() throws Exception {
        ask("GET /v1/changes", "/v1/changes", 200);
        ask("GET /v1/changes", "/v1/changes?limit=1&status=ERROR", 200);
        ask("GET /v1/changes", "/v1/changes?stuck=true", 400);
        ask("GET /v1/changes", "/v1/changes?feed=another", 410);
    }

    private void lookUp(String body, int status) throws Exception {
        HttpRequest.Builder request =
                request("/v1/messages/lookup", WRITE).POST(HttpRequest.BodyPublishers.ofString(body));
        check("POST /v1/messages/lookup", send(request), status);
    }

    private void registrations() throws Exception {
        String json = "application/json";
        register(SEND, json, 200);
        register("[" + SEND + "]", json, 200);
        register(SEND + "\n", "application/x-ndjson", 200);
        register("no json", json, 400);
        register(SEND.replace("0123", "0124"), json, 409);
        register("[" + " ".repeat(TestServer.MAX_BODY) + "]", json, 413);
        register(SEND, "text/plain", 415);
        register("{\"provider\":\"bandwidth\"}", json, 422);
        ask("GET /v1/messages/{id}", "/v1/messages/s-1", 200);
        unregister("s-1", 200);
        unregister("s-1", 404);
        unregister("twice", 409);
    }

    private void unregister(String id, int status) throws Exception {
        HttpRequest.Builder request =
                request("/v1/messages/" + id + "/registration", WRITE).DELETE();
        check("DELETE /v1/messages/{id}/registration", send(request), status);
    }

    private void register(String body, String type, int status) throws Exception {
        HttpRequest.Builder request = request("/v1/messages", WRITE)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        check("POST /v1/messages", send(request), status);
    }

    private void catalogueAndReports() throws Exception {
        ask("GET /v1/error-codes", "/v1/error-codes", 200);
        ask("GET /v1/error-codes", "/v1/error-codes?provider=twilio&known=true", 200);
        ask("GET /v1/error-codes", "/v1/error-codes?known=perhaps", 400);
        ask("GET /v1/error-codes/{provider}/{code}", "/v1/error-codes/bandwidth/4770", 200);
        ask("GET /v1/error-codes/{provider}/{code}", "/v1/error-codes/bandwidth/4999", 200);
        ask("GET /v1/error-codes/{provider}/{code}", "/v1/error-codes/nobody/1", 404);
        ask("GET /v1/webhooks", "/v1/webhooks", 200);
        ask("GET /v1/reports", "/v1/reports", 200);
        ask("GET /v1/reports/stuck", "/v1/reports/stuck", 200);
        ask("GET /v1/reports/stuck", "/v1/reports/stuck?date=2026-11-25", 200);
        ask("GET /v1/reports/stuck", "/v1/reports/stuck?format=csv", 200);
        ask("GET /v1/reports/stuck", "/v1/reports/stuck?format=html", 200);
        ask("GET /v1/reports/stuck", "/v1/reports/stuck?date=tomorrow", 400);
        ask("GET /v1/reports/stuck", "/v1/reports/stuck?date=2001-01-01", 404);
    }

    private void quarantine() throws Exception {
        ask("GET /v1/quarantine", "/v1/quarantine", 200);
        HttpResponse<String> first = ask("GET /v1/quarantine", "/v1/quarantine?limit=1", 200);
        String cursor =
                new ObjectMapper().readTree(first.body()).path("next_cursor").asText();
        assertThat(first.body()).contains("\"number\":2");
        assertThat(ask("GET /v1/quarantine", "/v1/quarantine?limit=1&cursor=" + cursor, 200)
                        .body())
                .contains("\"number\":1,", "\"next_cursor\":null");
        ask("GET /v1/quarantine", "/v1/quarantine?limit=0", 400);
        ask("GET /v1/quarantine", "/v1/quarantine?cursor=mine", 400);
        assertThat(ask("GET /v1/quarantine/{number}", "/v1/quarantine/1", 200).body())
                .contains("\"encoding\":\"text\"", "message-teleported");
        assertThat(ask("GET /v1/quarantine/{number}", "/v1/quarantine/2", 200).body())
                .contains("\"encoding\":\"base64\"", Base64.getEncoder().encodeToString(ExampleServer.NOT_UTF_8));
        ask("GET /v1/quarantine/{number}", "/v1/quarantine/3", 404);
        check("POST /v1/quarantine/{number}/replay", post("/v1/quarantine/1/replay", WRITE), 200);
        check("POST /v1/quarantine/{number}/replay", post("/v1/quarantine/3/replay", WRITE), 404);
    }

    private void relay() throws Exception {
        ask("GET /v1/relay", "/v1/relay", 200);
        ask("GET /v1/relay/{name}", "/v1/relay/default", 200);
        ask("GET /v1/relay/{name}", "/v1/relay/nobody", 404);
        String deliveries = "GET /v1/relay/{name}/deliveries";
        assertThat(ask(deliveries, "/v1/relay/default/deliveries?limit=2", 200).body())
                .contains("\"state\":\"delivered\"")
                .doesNotContain("\"next_cursor\":null");
        assertThat(ask(deliveries, "/v1/relay/default/deliveries?state=failed", 200)
                        .body())
                .contains("no such message")
                .doesNotContain("retrying");
        ask(deliveries, "/v1/relay/default/deliveries?state=lost", 400);
        ask(deliveries, "/v1/relay/nobody/deliveries", 404);
        JsonNode items = new ObjectMapper()
                .readTree(get("/v1/relay/default/deliveries", WRITE).body())
                .path("items");
        String retry = "POST /v1/relay/{name}/deliveries/{sequence}/retry";
        for (int i = 0; i < 3; i++) {
            String path = "/v1/relay/default/deliveries/"
                    + items.get(i).path("sequence").asLong() + "/retry";
            boolean delivered = items.get(i).path("state").asText().equals("delivered");
            check(retry, post(path, WRITE), delivered ? 409 : 200);
        }
        check(retry, post("/v1/relay/default/deliveries/999999/retry", WRITE), 404);
        check(retry, post("/v1/relay/nobody/deliveries/1/retry", WRITE), 404);
        for (String action : List.of("retry-failed", "pause", "resume", "test", "recover?since=24h")) {
            String route = "POST /v1/relay/{name}/" + action.replaceAll("[?].*", "");
            check(route, post("/v1/relay/default/" + action, WRITE), 200);
            check(route, post("/v1/relay/nobody/" + action, WRITE), 404);
        }
        check("POST /v1/relay/{name}/recover", post("/v1/relay/default/recover?since=soon", WRITE), 400);
        check("POST /v1/relay/{name}/recover", post("/v1/relay/default/recover", WRITE), 400);
    }

    private void alerts() throws Exception {
        assertThat(ask("GET /v1/alerts", "/v1/alerts?limit=1", 200).body()).doesNotContain("\"next_cursor\":null");
        assertThat(ask("GET /v1/alerts", "/v1/alerts?state=resolved", 200).body())
                .contains("\"id\":2")
                .doesNotContain("\"id\":1,");
        ask("GET /v1/alerts", "/v1/alerts?state=asleep", 400);
        ask("GET /v1/alerts/{id}", "/v1/alerts/1", 200);
        ask("GET /v1/alerts/{id}", "/v1/alerts/99", 404);
        assertThat(silence("1", "{\"until\":\"4h\",\"comment\":\"known\"}", 200).body())
                .contains("\"comment\":\"known\"");
        silence("2", "{\"until\":\"4h\"}", 409);
        silence("x", "{\"until\":\"4h\"}", 404);
        for (String body :
                List.of("", "{}", "{\"until\":4}", "{\"until\":\"2020-01-01\"}", "{\"until\":\"4h\",\"comment\":1}")) {
            silence("1", body, 400);
        }
    }

    private HttpResponse<String> silence(String id, String body, int status) throws Exception {
        HttpRequest.Builder request =
                request("/v1/alerts/" + id + "/silence", WRITE).POST(HttpRequest.BodyPublishers.ofString(body));
        return check("POST /v1/alerts/{id}/silence", send(request), status);
    }

    private void channels() throws Exception {
        String test = "POST /v1/channels/{name}/test";
        assertThat(check(test, post("/v1/channels/chat/test", WRITE), 200).body())
                .contains("\"ok\":false", "127.0.0.1");
        check(test, post("/v1/channels/nobody/test", WRITE), 404);
    }

    private void server() throws Exception {
        for (String path : List.of("/healthz", "/readyz", "/metrics", "/openapi.json", "/docs")) {
            check("GET " + path, get(path, null), 200);
        }
        for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "docs.js", "favicon-32x32.png")) {
            check("GET /docs/{file}", get("/docs/" + file, null), 200);
        }
        check("GET /docs/{file}", get("/docs/other.js", null), 404);
        assertThat(get("/metrics", null).body()).contains("sendstatus_quarantine 2.0");
    }

    private void webhooks() throws Exception {
        for (String account : List.of("", "/main")) {
            String route = account.isEmpty() ? "/webhooks/{provider}" : PROVIDER_AT_MAIN;
            String bandwidth = "/webhooks/bandwidth" + account;
            String twilio = "/webhooks/twilio" + account;
            check("POST " + route, send(callback(bandwidth, "first:secret", "[]", "application/json")), 200);
            check("POST " + route, send(callback(bandwidth, null, "[]", "application/json")), 401);
            check("POST " + route, send(callback(twilio, null, "A=1", "application/x-www-form-urlencoded")), 403);
            check("POST " + route, send(callback("/webhooks/telnyx" + account, null, "{}", "application/json")), 404);
            check(
                    "POST " + route,
                    send(callback(bandwidth, "first:secret", "x".repeat(TestServer.MAX_BODY + 1), "application/json")),
                    413);
            check("POST " + route, send(callback(bandwidth, "first:secret", "[]", "text/plain")), 415);
            check("GET " + route, send(signed(twilio, "delivered")), 200);
            check("GET " + route, get(twilio + "?MessageSid=SM1", null), 403);
            check("GET " + route, get(bandwidth, null), 405);
            check("GET " + route, get("/webhooks/nobody" + account, null), 404);
        }
    }

    private void tokens() throws Exception {
        for (Operation operation : description.operations()) {
            if (operation.secured()) {
                check(operation.name(), send(example(operation, null)), 401);
                if (operation.documents(403)) {
                    check(operation.name(), send(example(operation, ExampleServer.READ_TOKEN)), 403);
                }
            }
        }
        for (int i = 0; i < WrongTokens.MOST_OF_ONE_ADDRESS; i++) {
            get("/v1/webhooks", "wrong-" + i);
        }
        for (Operation operation : description.operations()) {
            if (operation.secured()) {
                check(operation.name(), send(example(operation, "another")), 429);
            }
        }
        examples.server.clock.forward(Duration.ofMinutes(2));
    }

    private void database() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (String account : List.of("", "/main")) {
                String route = account.isEmpty() ? "/webhooks/{provider}" : PROVIDER_AT_MAIN;
                check(
                        "POST " + route,
                        send(callback("/webhooks/bandwidth" + account, "first:secret", "[]", "application/json")),
                        503);
                check("GET " + route, send(signed("/webhooks/twilio" + account, "sent")), 503);
            }
            check("GET /readyz", get("/readyz", null), 503);
            statement.execute("ROLLBACK");
        }
        examples.down.set(true);
        for (Operation operation : description.operations()) {
            if (operation.secured()) {
                check(operation.name(), send(example(operation, WRITE)), 503);
            }
        }
        examples.down.set(false);
    }

    /** What the page fills in, sent as it stands. Twilio's signature alone cannot be made there. */
    @Test
    void everyExampleCanBeTried() throws Exception {
        for (Operation operation : description.operations()) {
            if (operation.method().equals("GET") && operation.path().startsWith("/webhooks")) {
                continue;
            }
            String path = operation.path();
            for (JsonNode parameter : description.parameters(operation)) {
                assertThat(parameter.has("example"))
                        .as("%s of %s is filled in, or left empty", parameter.path("name"), operation.name())
                        .isEqualTo(path.contains("{" + parameter.path("name").asText() + "}"));
                // The default configuration calls an account as its provider is called.
                String example = parameter.path("name").asText().equals("account")
                        ? "main"
                        : parameter.path("example").asText();
                path = path.replace("{" + parameter.path("name").asText() + "}", example);
            }
            if (operation.method().equals("GET")) {
                assertTried(
                        operation,
                        request(path, operation.secured() ? WRITE : null).GET());
                continue;
            }
            JsonNode bodies = operation.node().at("/requestBody/content");
            for (String type : names(bodies)) {
                JsonNode body = bodies.path(type).path("example");
                if (!body.isMissingNode()) {
                    String text = body.isTextual() ? body.asText() : body.toString();
                    assertTried(
                            operation,
                            operation.secured()
                                    ? request(path, WRITE)
                                            .header("Content-Type", type)
                                            .POST(HttpRequest.BodyPublishers.ofString(text))
                                    : callback(path, "first:secret", text, type));
                }
            }
            if (bodies.isMissingNode()) {
                assertTried(
                        operation,
                        request(path, WRITE).method(operation.method(), HttpRequest.BodyPublishers.noBody()));
            }
        }
    }

    private void assertTried(Operation operation, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode())
                .as("%s: %s", operation.name(), answer.body())
                .isLessThan(400);
        assertThat(answer.body()).as(operation.name()).doesNotContain("\"result\":\"error\"");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Opened at one operation, Swagger UI shows no parameter that is a reference. */
    @Test
    void noParameterIsAReference() {
        for (Operation operation : description.operations()) {
            assertThat(operation.pathParameters()).as(operation.name()).noneMatch(parameter -> parameter.has("$ref"));
            assertThat(operation.node().path("parameters"))
                    .as(operation.name())
                    .noneMatch(parameter -> parameter.has("$ref"));
        }
    }

    @Test
    void fuzzedParametersNeverGiveAServerError() throws Exception {
        long seed = Long.getLong("fuzz.seed", 20261125);
        Random random = new Random(seed);
        List<Operation> reading = description.operations().stream()
                .filter(operation -> operation.method().equals("GET"))
                .filter(operation -> !operation.path().startsWith("/webhooks"))
                .toList();
        for (int i = 0; i < 600; i++) {
            Operation operation = reading.get(random.nextInt(reading.size()));
            String path = fuzzed(operation, random);
            HttpResponse<String> answer = get(path, WRITE);
            assertThat(answer.statusCode())
                    .as("GET %s, seed %d: %s", path, seed, answer.body())
                    .isLessThan(500);
            if (operation.documents(answer.statusCode())) {
                description.check(operation, answer);
            }
        }
    }

    private String fuzzed(Operation operation, Random random) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : description.parameters(operation)) {
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("path")) {
                // An empty one would be another path.
                String value = odd(random);
                path = path.replace("{" + name + "}", value.isEmpty() ? "-" : value);
            } else {
                for (int times = random.nextInt(3); times > 0; times--) {
                    query.append('&').append(name).append('=').append(odd(random));
                }
            }
        }
        if (random.nextInt(4) == 0) {
            query.append('&').append(odd(random)).append('=').append(odd(random));
        }
        return path + (query.length() == 0 ? "" : "?" + query.substring(1));
    }

    private static String odd(Random random) {
        List<String> odd = List.of(
                "",
                "0",
                "-1",
                "1",
                "2",
                "99999999999999999999",
                "1.5",
                "NaN",
                "null",
                "true",
                "first-1",
                "twice",
                "twilio",
                "2026-11-25",
                "2026-02-30",
                "+999999999-12-31",
                "-999999999-01-01",
                "json",
                "html",
                "%00",
                "%FF%FE",
                "%2F..%2F",
                "a%20b",
                "%F0%9F%93%A8",
                "'%20OR%201=1--",
                "%25",
                "cTE",
                "cQ",
                "cS0x",
                "x".repeat(3_000),
                "%22%3E%3Cscript%3E");
        if (random.nextInt(3) > 0) {
            return odd.get(random.nextInt(odd.size()));
        }
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return URLEncoder.encode(new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNoRouteIsAProblemAndHeadAndOptionsAreAnswered() throws Exception {
        for (String path : List.of("/nothing", "/v1/nothing", "/v1/messages/a/b/c", "/v1/quarantine/1/2")) {
            HttpResponse<String> answer = get(path, WRITE);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        }
        HttpResponse<String> head =
                send(request("/v1/messages/first-1", WRITE).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(send(request("/v1/messages/nobody", WRITE).method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(request("/v1/quarantine/1", ExampleServer.READ_TOKEN)
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        for (String method : List.of("OPTIONS", "DELETE")) {
            HttpResponse<String> answer =
                    send(request("/v1/messages/first-1", WRITE).method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        }
    }

    @Test
    void thePageLoadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/docs", null);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self';");
        assertThat(page.body()).doesNotContain("http:", "https:", "//").contains("/docs/docs.js");
    }

    private HttpResponse<String> ask(String operation, String path, int status) throws Exception {
        return check(operation, get(path, WRITE), status);
    }

    private HttpResponse<String> check(String name, HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode())
                .as("%s by %s: %s", name, answer.request().uri(), answer.body())
                .isEqualTo(status);
        Operation operation = description.operations().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not described"));
        description.check(operation, answer);
        seen.add(name + " " + status);
        return answer;
    }

    /** A request of an operation that would be answered, were it not for its token or the database. */
    private HttpRequest.Builder example(Operation operation, @Nullable String token) {
        String path = operation
                .path()
                .replace("{id}", "first-1")
                .replace("{number}", Long.toString(ExampleServer.QUARANTINED))
                .replace("{provider}", "bandwidth")
                .replace("{code}", "4770")
                .replace("{name}", "default")
                .replace("{sequence}", "1");
        HttpRequest.Builder request = request(path, token);
        return !operation.method().equals("POST")
                ? request.method(operation.method(), HttpRequest.BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body(operation.path())));
    }

    private static String body(String path) {
        return path.endsWith("/lookup")
                ? "{\"ids\":[\"first-1\"]}"
                : path.endsWith("/recover") ? "{\"since\":\"24h\"}" : SEND;
    }

    private HttpRequest.Builder callback(String path, @Nullable String user, String body, String type) {
        HttpRequest.Builder request =
                request(path, null).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        return user == null
                ? request
                : request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    /** Twilio signs a GET over its whole URL. */
    private HttpRequest.Builder signed(String path, String status) throws Exception {
        String pathAndQuery = path + "?AccountSid=" + ExampleServer.TWILIO_SID
                + "&MessageSid=SM00000000000000000000000000000001&MessageStatus=" + status;
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(ExampleServer.TWILIO_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] signature = mac.doFinal(("https://status.example.com" + pathAndQuery).getBytes(StandardCharsets.UTF_8));
        return request(pathAndQuery, null)
                .header("X-Twilio-Signature", Base64.getEncoder().encodeToString(signature))
                .GET();
    }

    private HttpResponse<String> post(String path, @Nullable String token) throws Exception {
        return send(request(path, token).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return send(request(path, token).GET());
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(examples.server.uri(path)).timeout(Duration.ofSeconds(20));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
