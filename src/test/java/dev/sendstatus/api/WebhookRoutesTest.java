package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.ingest.MinuteLog;
import dev.sendstatus.jobs.LogLines;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer that a provider can get, over a real port. */
class WebhookRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Connections that read at once. */
    private static final int READERS = 4;

    private static final IngestSettings INGEST = new IngestSettings(50, Duration.ofMillis(900));
    private static final String FORGED =
            "POST /webhooks/signed HTTP/1.1\r\nHost: a\r\nKey: forged\r\nContent-Type: text/fake\r\nContent-Length: 0\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws StoreException {
        server = new TestServer(folder, INGEST);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        // method, path, key, content type, status
        "POST, /webhooks/signed, key-main, text/fake, 200",
        "POST, /webhooks/signed/, key-main, text/fake, 200",
        "POST, /webhooks/signed/second, key-second, text/fake, 200",
        "POST, /webhooks/signed/second, key-main, text/fake, 403",
        "POST, /webhooks/signed, key-foreign, text/fake, 403",
        "POST, /webhooks/signed, , text/fake, 403",
        "POST, /webhooks/basic, , text/fake, 401",
        "POST, /webhooks/basic, , text/other, 401",
        "POST, /webhooks/basic, key-foreign, text/fake, 401",
        "POST, /webhooks/signed, key-main, text/other, 415",
        "POST, /webhooks/signed, key-foreign, text/other, 415",
        "POST, /webhooks/signed/third, key-main, text/fake, 404",
        "POST, /webhooks/off, key-main, text/fake, 404",
        "POST, /webhooks/nobody, key-main, text/fake, 404",
        "GET, /webhooks/signed, key-main, text/fake, 405",
        "PUT, /webhooks/signed, key-main, text/fake, 405"
    })
    void eachRequestGetsItsAnswer(String method, String path, @Nullable String key, String type, int status)
            throws Exception {
        HttpResponse<String> response = send(method, path, key, type, "m1 +12025550143 DELIVERED");
        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(response.body()).isEmpty();
            assertThat(server.reads().messages("m1")).hasSize(1);
        } else {
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(JSON.readTree(response.body()).path("status").asInt()).isEqualTo(status);
            assertThat(server.reads().messages("m1")).isEmpty();
        }
    }

    @Test
    void theProblemNamesTheMissingSettingTheMethodsAndTheChallenge() throws Exception {
        assertThat(send("POST", "/webhooks/off", "k", "text/fake", "").body()).contains("OFF_KEY");
        assertThat(send("GET", "/webhooks/signed", "k", "text/fake", "")
                        .headers()
                        .firstValue("Allow"))
                .contains("POST");
        assertThat(send("POST", "/webhooks/basic", null, "text/fake", "")
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"test\"");
    }

    @Test
    void whatIsNotUnderstoodIsKeptAnd200() throws Exception {
        assertThat(send("POST", "/webhooks/signed", "key-main", "text/fake", "?")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.reads().callbacks().one(1)).isPresent();
        assertThat(send("POST", "/webhooks/signed", "key-main", "text/fake", "m1 +12025550143 SENT\n?")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.reads().messages("m1")).hasSize(1);
        assertThat(send("POST", "/webhooks/signed", "key-main", "text/fake", "!")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.reads().callbacks().one(3)).isPresent();
        // A callback is counted when it has been applied, and by then it can be read.
        await().untilAsserted(() ->
                assertThat(metrics()).contains("sendstatus_callbacks_quarantined_total{provider=\"signed\"} 3.0"));
    }

    @Test
    void refusalsAreCountedByReasonAndTheQuestionHowToSignInIsNone() throws Exception {
        send("POST", "/webhooks/signed/main", "bad", "text/fake", "");
        send("POST", "/webhooks/signed/main", "bad", "text/fake", "");
        send("POST", "/webhooks/signed", null, "text/fake", "");
        send("POST", "/webhooks/basic", null, "text/fake", "");
        server.refusals.save(server.store);
        JsonNode items = JSON.readTree(get("/v1/webhooks").body()).path("items");
        assertThat(items).hasSize(4);
        JsonNode main = items.get(0);
        assertThat(main.path("url").asText()).isEqualTo("https://status.example.com/webhooks/signed/main#fragment");
        assertThat(main.at("/refused/reasons/wrong").asInt()).isEqualTo(2);
        assertThat(items.get(2).at("/refused/reasons/missing").asInt()).isEqualTo(1);
        assertThat(items.get(3).at("/refused/count").asInt()).isZero();
    }

    @Test
    void theLogSaysWhatWasRefusedFromWhereAndWhatIsInQuarantine() throws Exception {
        try (LogLines lines = new LogLines()) {
            send("POST", "/webhooks/signed/second", "key-main", "text/fake", "");
            send("POST", "/webhooks/off", "k", "text/fake", "");
            send("POST", "/webhooks/basic", "key-main", "text/fake", "?");
            client.send(
                    HttpRequest.newBuilder(server.uri("/webhooks/signed/main"))
                            .header("X-Forwarded-For", "10.9.9.9, 203.0.113.7")
                            .header("Content-Type", "text/fake")
                            .POST(BodyPublishers.ofString(""))
                            .build(),
                    BodyHandlers.discarding());
            client.send(
                    HttpRequest.newBuilder(server.uri("/webhooks/signed"))
                            .header("X-Forwarded-For", "<made up>")
                            .header("Key", "key-main")
                            .header("Content-Type", "text/fake")
                            .POST(BodyPublishers.ofString("x".repeat(TestServer.MAX_BODY + 1)))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(lines.of(MinuteLog.class))
                    .containsExactlyInAnyOrder(
                            "callbacks to signed/second refused: 1 wrong; the last: from 127.0.0.1: it is signed as account"
                                    + " signed/main would be: at the provider, give what belongs to that account the URL of that account",
                            "callbacks to off/* refused: 1 no_account; the last: from 127.0.0.1: No off account is configured:"
                                    + " Set OFF_KEY.",
                            "callbacks of basic/main kept in quarantine: 1 not understood; the last: number 1: a line of another form",
                            "callbacks to signed/main refused: 1 missing; the last: from 203.0.113.7 by way of 127.0.0.1",
                            "callbacks to signed/* refused: 1 too_large; the last: from 127.0.0.1");
        }
    }

    @Test
    void aRefusalThatAnotherAccountsKeyWouldHavePassedSaysSo() throws Exception {
        send("POST", "/webhooks/signed/second", "key-main", "text/fake", "");
        send("POST", "/webhooks/signed/main", "bad", "text/fake", "");
        server.refusals.save(server.store);
        JsonNode items = JSON.readTree(get("/v1/webhooks").body()).path("items");
        assertThat(items.get(1).at("/refused/hint").asText()).contains("signed as account signed/main");
        assertThat(items.get(0).at("/refused/hint").isNull()).isTrue();
    }

    @Test
    void howLongNothingCameIsAMetricAndStandsInTheListOfWebhooks() throws Exception {
        assertThat(metrics()).contains("sendstatus_account_silent_seconds{account=\"main\",provider=\"signed\"} NaN");
        send("POST", "/webhooks/signed/main", "key-main", "text/fake", "m1 +12025550143 SENT");
        server.counts.save(server.store);
        assertThat(metrics()).contains("sendstatus_account_silent_seconds{account=\"main\",provider=\"signed\"} 0.0");
        JsonNode items = JSON.readTree(get("/v1/webhooks").body()).path("items");
        assertThat(items.get(0).at("/silence/basis").asText()).isEqualTo("recent");
        assertThat(items.get(1).at("/silence/basis").asText()).isEqualTo("never_heard");
        assertThat(server.reads()
                        .traffic(new AccountName(new Provider("signed"), "main"), Instant.now())
                        .callbacks()
                        .values())
                .containsExactly(1L);
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherAnnouncedOrNot() throws Exception {
        String tooMuch = "x".repeat(TestServer.MAX_BODY + 1);
        assertThat(send("POST", "/webhooks/signed", "key-main", "text/fake", tooMuch)
                        .statusCode())
                .isEqualTo(413);
        HttpRequest chunked = HttpRequest.newBuilder(server.uri("/webhooks/signed"))
                .header("Key", "key-main")
                .header("Content-Type", "text/fake")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(tooMuch)))
                .build();
        assertThat(client.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        String fits = "m1 +12025550143 SENT\n" + "x".repeat(TestServer.MAX_BODY - 21);
        assertThat(send("POST", "/webhooks/signed", "key-main", "text/fake", fits)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHugeBodyIsRefusedBeforeItHasCome() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            send(socket, "POST /webhooks/signed HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000000\r\n\r\n");
            assertThat(statusLine(socket)).contains(" 413 ");
        }
    }

    @Test
    void clientsThatStallGetTheirAnswerInTimeAndHoldNobodyUp() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Socket socket = new Socket("127.0.0.1", server.port());
            send(
                    socket,
                    "POST /webhooks/signed HTTP/1.1\r\nHost: a\r\nKey: key-main\r\nContent-Type: text/fake\r\n"
                            + "Content-Length: 24\r\n\r\nm");
            stalled.add(socket);
        }
        assertThat(send("POST", "/webhooks/signed", "key-main", "text/fake", "m1 +12025550143 SENT")
                        .statusCode())
                .isEqualTo(200);
        for (Socket socket : stalled) {
            assertThat(statusLine(socket)).contains(" 503 ");
            socket.close();
        }
    }

    @Test
    void whoSendsRefusedRequestsWithoutEndHoldsNobodyUp() throws Exception {
        String forged = FORGED.repeat(100);
        List<Socket> flooding = new ArrayList<>();
        for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
            Socket socket = new Socket("127.0.0.1", server.port());
            flooding.add(socket);
            inBackground(() -> {
                while (true) {
                    send(socket, forged);
                }
            });
            inBackground(() -> {
                while (socket.getInputStream().skip(1 << 16) > 0) {
                    // Whoever does not read its answers is soon not read either.
                }
            });
        }
        try {
            int tries = 0;
            for (int acknowledged = 0; acknowledged < 20; tries++) {
                int status = send(
                                "POST",
                                "/webhooks/signed",
                                "key-main",
                                "text/fake",
                                "m" + acknowledged + " +12025550143 SENT")
                        .statusCode();
                // A machine that is busy with other tests may be late once, and a provider sends it again.
                assertThat(status).isIn(200, 503);
                acknowledged += status == 200 ? 1 : 0;
                assertThat(tries)
                        .as("for %d that were acknowledged", acknowledged)
                        .isLessThan(25);
            }
            assertThat(metrics()).contains("reason=\"wrong\"");
        } finally {
            for (Socket socket : flooding) {
                socket.close();
            }
        }
    }

    /** What goes on until its connection is closed. */
    private interface Endless {
        void run() throws IOException;
    }

    private static void inBackground(Endless work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The connection was closed: the end of it.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void requestsThatFollowEachOtherWithoutWaitingAreAnsweredInOrder() throws Exception {
        StringBuilder requests = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String body = "p" + i + " +12025550143 SENT";
            requests.append("POST /webhooks/signed HTTP/1.1\r\nHost: a\r\nKey: key-main\r\nContent-Type: text/fake\r\n")
                    .append("Content-Length: " + body.length() + "\r\n\r\n" + body)
                    .append("GET /v1/messages/p" + i + " HTTP/1.1\r\nHost: a\r\n")
                    .append("Authorization: Bearer " + TestServer.TOKEN + "\r\n\r\n")
                    .append(FORGED);
            expected.append("200 200 403 ");
        }
        requests.append("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        expected.append("200 ");
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            send(socket, requests.toString());
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            StringBuilder statuses = new StringBuilder();
            STATUS.matcher(answers)
                    .results()
                    .forEach(status -> statuses.append(status.group(1)).append(' '));
            assertThat(statuses).hasToString(expected.toString());
        }
    }

    @Test
    void queriesThatWaitForTheDatabaseHoldNoCallbackUp(@TempDir Path other) throws Exception {
        CountDownLatch asked = new CountDownLatch(READERS);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TestServer slow = new TestServer(other, INGEST, TestServer.PROVIDERS, () -> waitFor(goOn, asked))) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(client.sendAsync(
                        HttpRequest.newBuilder(slow.uri("/v1/messages/none"))
                                .header("Authorization", "Bearer " + TestServer.TOKEN)
                                .build(),
                        BodyHandlers.ofString()));
            }
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            HttpRequest callback = HttpRequest.newBuilder(slow.uri("/webhooks/signed"))
                    .header("Content-Type", "text/fake")
                    .header("Key", "key-main")
                    .POST(BodyPublishers.ofString("m1 +12025550143 SENT"))
                    .build();
            assertThat(client.send(callback, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            goOn.countDown();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(404);
            }
        } finally {
            goOn.countDown();
        }
    }

    /** A question that has asked waits until it may go on; those of the start are not held up. */
    private static void waitFor(CountDownLatch goOn, CountDownLatch asked) throws InterruptedException {
        if (Thread.currentThread().getName().startsWith("http-")) {
            asked.countDown();
            goOn.await();
        }
    }

    @Test
    void aBodyThatComesInPiecesIsRead() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            send(
                    socket,
                    "POST /webhooks/signed HTTP/1.1\r\nHost: a\r\nKey: key-main\r\nContent-Type: text/fake\r\n"
                            + "Content-Length: 20\r\n\r\n");
            for (String piece : List.of("m7 +1202", "5550143", " SENT")) {
                send(socket, piece);
            }
            assertThat(statusLine(socket)).contains(" 200 ");
        }
        assertThat(server.reads().messages("m7")).hasSize(1);
    }

    @Test
    void aLockedDatabaseIs503WithRetryAfterInTimeAndRecovers() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            long start = System.nanoTime();
            HttpResponse<String> response =
                    send("POST", "/webhooks/signed", "key-main", "text/fake", "m1 +12025550143 SENT");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
            statement.execute("COMMIT");
        }
        assertThat(send("POST", "/webhooks/signed", "key-main", "text/fake", "m1 +12025550143 SENT")
                        .statusCode())
                .isEqualTo(200);
        await().untilAsserted(() -> assertThat(get("/readyz").statusCode()).isEqualTo(200));
    }

    @Test
    void aFullQueueIs503AtOnce() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(client.sendAsync(
                        request("POST", "/webhooks/signed", "key-main", "text/fake", "q" + i + " +12025550143 SENT"),
                        BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(503);
            }
            statement.execute("COMMIT");
        }
        assertThat(metrics())
                .containsPattern("sendstatus_callbacks_total\\{outcome=\"full\",provider=\"signed\"} [1-9]");
    }

    @Test
    void messagesAreAskedForById() throws Exception {
        send("POST", "/webhooks/signed", "key-main", "text/fake", "m1 +12025550143 SENT\nm1 +12025550143 DELIVERED");
        JsonNode message = JSON.readTree(get("/v1/messages/m1").body());
        assertThat(message.path("status").asText()).isEqualTo("DELIVERED");
        assertThat(message.path("provider").asText()).isEqualTo("signed");
        assertThat(message.path("account").asText()).isEqualTo("main");
        assertThat(message.at("/recipients/0/to").asText()).isEqualTo("+12025550143");
        assertThat(message.has("error") && message.get("error").isNull()).isTrue();
        JsonNode events = JSON.readTree(get("/v1/messages/m1/events").body()).path("items");
        assertThat(events).hasSize(2);
        assertThat(events.get(1).path("provider_status").asText()).isEqualTo("delivered");
        assertThat(get("/v1/messages/m2").statusCode()).isEqualTo(404);
    }

    @Test
    void anIdOfTwoProvidersIsAmbiguousUntilOneIsNamed() throws Exception {
        send("POST", "/webhooks/signed", "key-main", "text/fake", "m1 +12025550143 SENT");
        send("POST", "/webhooks/basic", "key-main", "text/fake", "m1 +12025550143 FAILED");
        HttpResponse<String> both = get("/v1/messages/m1");
        assertThat(both.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(both.body()).path("candidates")).hasSize(2);
        assertThat(JSON.readTree(get("/v1/messages/m1?provider=basic").body())
                        .path("status")
                        .asText())
                .isEqualTo("ERROR");
    }

    @Test
    void idsWithSlashesAndPercentSignsAreAskedForEscaped() throws Exception {
        send("POST", "/webhooks/signed", "key-main", "text/fake", "a/b%2Fc +12025550143 SENT");
        HttpResponse<String> response = get("/v1/messages/a%2Fb%252Fc");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).path("id").asText()).isEqualTo("a/b%2Fc");
    }

    @Test
    void nothingIsToldWithoutAToken() throws Exception {
        for (String path : List.of("/v1/messages/m1", "/v1/webhooks", "/v1/nothing")) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String key, String type, String body)
            throws IOException, InterruptedException {
        return client.send(request(method, path, key, type, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, @Nullable String key, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Key", key);
        }
        return request.build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                        .build(),
                BodyHandlers.ofString());
    }

    private String metrics() throws IOException, InterruptedException {
        return get("/metrics").body();
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String statusLine(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
