package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.StoreException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registrations over a real port into a real database, behind a queue that is smaller than what comes. */
@Tag("slow")
class RegistrationRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TO = "+12025550143";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws StoreException {
        server = new TestServer(folder, new IngestSettings(50, Duration.ofMillis(900)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String send(String id, String more) {
        return "{\"provider\":\"basic\",\"id\":\"" + id + "\",\"to\":[\"" + TO + "\"]" + more + "}";
    }

    @Test
    void whatIsRegisteredIsShown() throws Exception {
        HttpResponse<String> response = post(send(
                "m1",
                ",\"from\":\"+12025550100\",\"sent_at\":\"2026-11-25T12:00:00Z\",\"reference\":\"order 7\","
                        + "\"campaign\":\"autumn\",\"tags\":[\"vote\",\"first\"],"
                        + "\"link_domains\":[\"Example.com\"],\"segments\":2"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()))
                .isEqualTo(
                        JSON.readTree("{\"index\":0,\"provider\":\"basic\",\"id\":\"m1\",\"result\":\"registered\"}"));
        JsonNode message = message("m1");
        assertThat(message.path("status").asText()).isEqualTo("SENT");
        assertThat(message.path("account").asText()).isEqualTo("main");
        assertThat(message.path("from").asText()).isEqualTo("+12025550100");
        assertThat(message.path("recipients").path(0).path("to").asText()).isEqualTo(TO);
        assertThat(message.path("reference").asText()).isEqualTo("order 7");
        assertThat(message.path("campaign").asText()).isEqualTo("autumn");
        assertThat(message.path("tags").toString()).isEqualTo("[\"first\",\"vote\"]");
        assertThat(message.path("link_domains").toString()).isEqualTo("[\"example.com\"]");
        assertThat(message.path("segments").asInt()).isEqualTo(2);
        assertThat(message.path("sent_at").asText()).isEqualTo("2026-11-25T12:00:00Z");
        assertThat(message.path("registered_at").isTextual()).isTrue();
        assertThat(get("/v1/messages/m1/events").at("/items/0/source").asText()).isEqualTo("registration");
    }

    @Test
    void theSameAgainIsUnchangedAndAnotherIsRefusedAndChangesNothing() throws Exception {
        post(send("m1", ",\"reference\":\"a\",\"tags\":[\"x\",\"y\"]"));
        JsonNode before = message("m1");
        assertThat(post(send("m1", ",\"tags\":[\"y\",\"x\"],\"reference\":\"a\""))
                        .body())
                .contains("\"unchanged\"");
        HttpResponse<String> conflict = post(send("m1", ",\"reference\":\"b\""));
        assertThat(conflict.statusCode()).isEqualTo(409);
        JsonNode problem = JSON.readTree(conflict.body());
        assertThat(problem.path("result").asText()).isEqualTo("error");
        assertThat(problem.path("problem").asText())
                .isEqualTo("this message was registered before with other reference, tags; what was registered first"
                        + " stays until it is taken back (unregister)");
        assertThat(post(send("m1", "").replace("0143", "0144")).body()).contains("with other to, reference, tags");
        assertThat(message("m1")).isEqualTo(before);
        assertThat(get("/v1/messages/m1/events").path("items")).hasSize(1);
    }

    @Test
    void aSendThatTheProviderRefusedIsAnErrorAtOnce() throws Exception {
        post(send("m1", ",\"error_code\":\"21610\",\"sent_at\":\"2026-11-25T12:00:00Z\""));
        JsonNode message = message("m1");
        assertThat(message.path("status").asText()).isEqualTo("ERROR");
        assertThat(message.path("error_code").asText()).isEqualTo("21610");
        assertThat(message.path("finalized_at").asText()).isEqualTo("2026-11-25T12:00:00Z");
        assertThat(message.path("recipients").path(0).path("provider_status").asText())
                .isEqualTo("refused");
    }

    @Test
    void eachItemOfAnArrayHasItsOwnResult() throws Exception {
        HttpResponse<String> response = post("[" + send("m1", "") + "," + send("m2", ",\"x\":1") + "," + send("m1", "")
                + "," + send("m1", ",\"campaign\":\"c\"") + ",7]");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode items = JSON.readTree(response.body()).path("items");
        assertThat(items.findValuesAsText("result"))
                .containsExactly("registered", "error", "unchanged", "error", "error");
        assertThat(items.path(1).path("problem").asText()).contains("\"x\" is no field");
        assertThat(items.path(4).path("index").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, {}, 415",
        "application/json, {, 400",
        "application/json, {}{}, 400",
        "application/json, 7, 400",
        "application/json, {}, 422",
    })
    void whatIsNoRegistrationIsRefusedWithTheReason(String type, String body, int status) throws Exception {
        HttpResponse<String> response = post(type, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(JSON.readTree(response.body()).path("detail").asText()).isNotEmpty();
    }

    @Test
    void aBodyOverTheLimitIs413AndNamesTheOtherForm() throws Exception {
        String items =
                IntStream.range(0, 200).mapToObj(i -> send("m" + i, "")).collect(Collectors.joining(",", "[", "]"));
        HttpResponse<String> response = post(items);
        assertThat(items.length()).isGreaterThan(TestServer.MAX_BODY);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("application/x-ndjson");
        assertThat(server.reads().messages("m0")).isEmpty();
    }

    @Test
    void aStreamOfAnyLengthIsRegisteredLineByLineAndBadLinesStopNothing() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            boolean bad = i % 1_000 == 7;
            lines.append(bad ? "{\"provider\":" : send("m" + i, ",\"reference\":\"r" + i + "\""))
                    .append('\n');
        }
        lines.append("\n").append(send("x".repeat(70_000), ""));
        List<String> results = stream(lines.toString());
        assertThat(results).hasSize(20_001);
        long registered =
                results.stream().filter(line -> line.contains("\"registered\"")).count();
        assertThat(registered).isEqualTo(19_980);
        assertThat(JSON.readTree(results.get(1_007)))
                .isEqualTo(JSON.readTree("{\"index\":1007,\"provider\":null,\"id\":null,\"result\":\"error\","
                        + "\"problem\":\"not JSON: wrong at line 1, column 13\"}"));
        assertThat(results.get(20_000)).contains("\"index\":20001", "longer than 65536 bytes");
        assertThat(message("m19999").path("reference").asText()).isEqualTo("r19999");
        List<String> again = stream(lines.toString());
        assertThat(again.stream().filter(line -> line.contains("\"unchanged\"")).count())
                .isEqualTo(19_980);
    }

    @Test
    void beforeAfterAndAtTheSameMomentAsItsCallbacksGivesOneState() throws Exception {
        Random random = new Random(6);
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String id = "m" + i;
            requests.add(() -> post(send(id, ",\"reference\":\"r\"")).statusCode());
            requests.add(() -> post(send(id, ",\"reference\":\"r\"")).statusCode());
            requests.add(() -> callback(id, "SENT"));
            requests.add(() -> callback(id, "DELIVERED"));
        }
        Collections.shuffle(requests, random);
        assertThat(answers(requests)).containsOnly(200);
        for (int i = 0; i < 60; i++) {
            JsonNode message = message("m" + i);
            assertThat(message.path("status").asText()).isEqualTo("DELIVERED");
            assertThat(message.path("recipients")).hasSize(1);
            assertThat(message.path("reference").asText()).isEqualTo("r");
            assertThat(message.path("registered_at").isTextual()).isTrue();
            assertThat(get("/v1/messages/m" + i + "/events").path("items")).hasSize(3);
        }
    }

    @Test
    void ofRegistrationsThatContradictEachOtherAtTheSameMomentOneIsTaken() throws Exception {
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = "m" + i;
            requests.add(() -> post(send(id, ",\"reference\":\"a\"")).statusCode());
            requests.add(() -> post(send(id, ",\"reference\":\"b\"")).statusCode());
        }
        List<Integer> answers = answers(requests);
        for (int i = 0; i < 50; i++) {
            assertThat(answers.subList(2 * i, 2 * i + 2)).containsExactlyInAnyOrder(200, 409);
            String taken = answers.get(2 * i) == 200 ? "a" : "b";
            assertThat(message("m" + i).path("reference").asText()).isEqualTo(taken);
            assertThat(get("/v1/messages/m" + i + "/events").path("items")).hasSize(1);
        }
    }

    @Test
    void aLockedDatabaseIs503AndTheSameRequestGoesThroughAfterwards() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            HttpResponse<String> response = post(send("m1", ""));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            lock.execute("ROLLBACK");
        }
        assertThat(post(send("m1", "")).statusCode()).isEqualTo(200);
    }

    @Test
    void aRegistrationIsNoSignOfLifeOfTheProvider() throws Exception {
        post(send("m1", ""));
        assertThat(server.reads().activity())
                .extracting(AccountActivity::lastCallbackAt)
                .containsOnlyNulls();
        callback("m1", "SENT");
        assertThat(server.reads().activity())
                .extracting(AccountActivity::lastCallbackAt)
                .doesNotContainNull();
    }

    private List<Integer> answers(List<Callable<Integer>> requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatWasRegisteredByMistakeIsTakenBackAndCanBeRegisteredAgain() throws Exception {
        post(send("m1", ",\"reference\":\"wrong\",\"tags\":[\"x\"],\"error_code\":\"21610\""));
        callback("m1", "SENT");
        assertThat(message("m1").path("status").asText()).isEqualTo("ERROR");
        assertThat(unregister("m1", TestServer.TOKEN).body()).contains("\"result\":\"withdrawn\"");
        JsonNode message = message("m1");
        assertThat(message.path("status").asText()).isEqualTo("SENT");
        assertThat(message.path("reference").isNull()).isTrue();
        assertThat(message.path("tags")).isEmpty();
        assertThat(message.path("registered_at").isNull()).isTrue();
        JsonNode events = get("/v1/messages/m1/events").path("items");
        assertThat(events.findValuesAsText("provider_status").subList(0, 3))
                .containsExactly("refused", events.at("/1/provider_status").asText(), "withdrawn");
        assertThat(events.at("/2/source").asText()).isEqualTo("registration");
        assertThat(events.at("/2/changed").asBoolean()).isTrue();
        assertThat(unregister("m1", TestServer.TOKEN).statusCode()).isEqualTo(404);

        assertThat(post(send("m1", ",\"reference\":\"right\"")).body()).contains("\"registered\"");
        assertThat(post(send("m1", ",\"reference\":\"right\"")).body()).contains("\"unchanged\"");
        assertThat(message("m1").path("reference").asText()).isEqualTo("right");
        assertThat(post(send("m1", ",\"reference\":\"other\"")).body()).contains("with other reference;");
    }

    @Test
    void aMessageThatNoProviderEverNamedGoesWithItsRegistration() throws Exception {
        post(send("m1", ",\"reference\":\"wrong\""));
        assertThat(unregister("m1", TestServer.TOKEN).body()).contains("\"result\":\"removed\"");
        assertThat(message("m1").path("status").asInt()).isEqualTo(404);
        assertThat(unregister("m1", TestServer.TOKEN).statusCode()).isEqualTo(404);
        assertThat(post(send("m1", ",\"reference\":\"wrong\"")).body()).contains("\"registered\"");
        assertThat(message("m1").path("reference").asText()).isEqualTo("wrong");
    }

    private HttpResponse<String> unregister(String id, String token) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.uri("/v1/messages/" + id + "/registration"))
                        .header("Authorization", "Bearer " + token)
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
    }

    private int callback(String id, String progress) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(server.uri("/webhooks/basic"))
                                .header("Key", "key-main")
                                .header("Content-Type", "text/fake")
                                .POST(BodyPublishers.ofString(id + " " + TO + " " + progress))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post("application/json", body);
    }

    private HttpResponse<String> post(String type, String body) throws Exception {
        return client.send(
                request("/v1/messages")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private List<String> stream(String lines) throws Exception {
        HttpResponse<Stream<String>> response = client.send(
                request("/v1/messages")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(lines))
                        .build(),
                BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-ndjson"));
        return response.body().toList();
    }

    private JsonNode message(String id) throws Exception {
        return get("/v1/messages/" + id);
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(
                client.send(request(path).build(), BodyHandlers.ofString()).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri(path)).header("Authorization", "Bearer " + TestServer.TOKEN);
    }
}
