package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.feed.Waiters;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeRoutesTest {
    private static final Provider SIGNED = new Provider("signed");
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private TestServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws StoreException {
        server = new TestServer(folder, new IngestSettings(50, Duration.ofMillis(900)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static DeliveryEvent.Builder event(String id, Progress progress) {
        return DeliveryEvent.of(new MessageKey(SIGNED, id), Direction.OUTBOUND, progress, "said")
                .to("+12025550143")
                .from("+12025550199");
    }

    private void add(DeliveryEvent.Builder event) throws StoreException {
        RawCallback raw = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
        server.store.commit(List.of(
                new Incoming(new AccountName(SIGNED, "main"), Source.WEBHOOK, AT, raw, List.of(event.build()), null)));
    }

    private HttpRequest.Builder request(String parameters) {
        return HttpRequest.newBuilder(server.uri("/v1/changes" + parameters))
                .timeout(Duration.ofSeconds(70))
                .header("Authorization", "Bearer " + TestServer.TOKEN);
    }

    private HttpResponse<String> get(String parameters) throws IOException, InterruptedException {
        return client.send(request(parameters).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> ask(String parameters) {
        return client.sendAsync(request(parameters).build(), BodyHandlers.ofString());
    }

    private JsonNode page(String parameters) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").findValuesAsText("id");
    }

    /** A request over a connection of its own, whose answer nobody has read yet. */
    private Socket connect(String parameters, String... headers) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        String request =
                "GET /v1/changes" + parameters + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + TestServer.TOKEN
                        + "\r\n" + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void anItemSaysAllAsOfItsChange() throws Exception {
        add(event("m1", Progress.REGISTERED)
                .registration(new Registration(
                        List.of(new Recipient("+12025550143")), "order 7", "autumn", List.of("vote"), List.of())));
        add(event("m1", Progress.FAILED).errorCode("30003").occurredAt(AT.minusSeconds(1)));
        JsonNode page = page("");
        assertThat(page.path("feed").asText()).matches("[0-9a-f]{16}");
        assertThat(page.path("next_after")).isEqualTo(page.path("newest"));
        assertThat(page.path("items").get(0).toString())
                .isEqualTo(
                        "{\"sequence\":1,\"changed_at\":\"2026-11-25T12:00:00Z\",\"occurred_at\":null,\"type\":\"message.sent\","
                                + "\"provider\":\"signed\",\"account\":\"main\",\"id\":\"m1\",\"direction\":\"outbound\","
                                + "\"recipient\":\"+12025550143\",\"status\":\"SENT\",\"previous_status\":null,"
                                + "\"provider_status\":\"said\",\"error_code\":null,\"category\":null,\"unconfirmed\":false,"
                                + "\"conflict\":false,\"source\":\"webhook\",\"reference\":\"order 7\",\"campaign\":\"autumn\","
                                + "\"tags\":[\"vote\"],\"message_status\":\"SENT\"}");
        JsonNode failed = page.path("items").get(1);
        assertThat(failed.path("type").asText()).isEqualTo("message.failed");
        assertThat(failed.path("previous_status").asText()).isEqualTo("SENT");
        assertThat(failed.path("occurred_at").asText()).isEqualTo("2026-11-25T11:59:59Z");
        assertThat(failed.path("category").asText()).isEqualTo("unknown");
        assertThat(failed.path("message_status").asText()).isEqualTo("ERROR");
        JsonNode history = JSON.readTree(client.send(
                        HttpRequest.newBuilder(server.uri("/v1/messages/m1/events"))
                                .header("Authorization", "Bearer " + TestServer.TOKEN)
                                .build(),
                        BodyHandlers.ofString())
                .body());
        assertThat(history.path("items").findValuesAsText("sequence"))
                .isEqualTo(page.path("items").findValuesAsText("sequence"));
    }

    @Test
    void pagesLeadFromOneToTheNext() throws Exception {
        for (int i = 0; i < 5; i++) {
            add(event("m" + i, Progress.SENT));
        }
        JsonNode first = page("?limit=2");
        assertThat(ids(first)).containsExactly("m0", "m1");
        JsonNode second = page("?limit=2&after=" + first.path("next_after").asText());
        assertThat(ids(second)).containsExactly("m2", "m3");
        JsonNode filtered = page("?to=%2B12025550144");
        assertThat(ids(filtered)).isEmpty();
        assertThat(filtered.path("next_after")).isEqualTo(filtered.path("newest"));
        JsonNode now = page("?after=now");
        assertThat(ids(now)).isEmpty();
        assertThat(now.path("next_after")).isEqualTo(now.path("newest"));
        add(event("m3", Progress.FAILED));
        assertThat(ids(page("?status=ERROR&after=" + now.path("next_after").asText())))
                .containsExactly("m3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?limit=0        | limit is a number from 1 to 1000
            ?limit=many     | limit is a number from 1 to 1000
            ?wait=61s       | wait is a time up to 60s, not 61s.
            ?wait=soon      | wait is an age like
            ?after=-1       | after is the next_after of the answer before, or now
            ?after=last     | after is the next_after of the answer before, or now
            ?stuck=true     | stuck is no filter of changes
            ?mood=good      | No parameter is called so: mood.
            ?status=LOST    | status is one of SENT, ERROR, DELIVERED
            """)
    void whatCannotBeMeantIsExplained(String parameters, String detail) throws Exception {
        HttpResponse<String> answer = get(parameters);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asText()).startsWith(detail);
    }

    @Test
    void aPositionThatIsGoneIs410WithTheWayBack() throws Exception {
        add(event("old", Progress.SENT));
        add(event("older", Progress.SENT));
        server.store.housekeeping().removeMessages(AT.plusSeconds(1), 1);
        JsonNode page = page("");
        long newest = page.path("newest").asLong();
        assertThat(ids(page)).as("from the oldest that is kept whole").hasSizeBetween(0, 1);
        for (String parameters : List.of("?after=0", "?after=" + (newest + 1), "?after=" + newest + "&feed=another")) {
            HttpResponse<String> answer = get(parameters);
            assertThat(answer.statusCode()).as(parameters).isEqualTo(410);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.path("feed")).isEqualTo(page.path("feed"));
            assertThat(problem.path("newest").asLong()).isEqualTo(newest);
            assertThat(problem.path("oldest_after").asLong()).isBetween(1L, newest);
            assertThat(problem.path("detail").asText())
                    .contains(
                            "after=" + newest,
                            "after=" + problem.path("oldest_after").asText());
            assertThat(get("?after=" + problem.path("oldest_after").asText() + "&feed="
                                    + problem.path("feed").asText())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenSomethingComes() throws Exception {
        CompletableFuture<HttpResponse<String>> any = ask("?after=now&wait=60s");
        CompletableFuture<HttpResponse<String>> failed = ask("?after=now&wait=60s&status=ERROR");
        await().until(() -> waiting() == 2);
        add(event("m1", Progress.SENT));
        assertThat(ids(JSON.readTree(any.get(10, TimeUnit.SECONDS).body()))).containsExactly("m1");
        assertThat(failed).isNotDone();
        add(event("m2", Progress.FAILED));
        JsonNode page = JSON.readTree(failed.get(10, TimeUnit.SECONDS).body());
        assertThat(ids(page)).containsExactly("m2");
        assertThat(page.path("next_after")).isEqualTo(page.path("newest"));
        await().until(() -> waiting() == 0);
    }

    @Test
    void whoComesAgainWhileOthersWaitIsAnsweredAsAnyOther() throws Exception {
        add(event("m1", Progress.SENT));
        long end = page("").path("newest").asLong();
        CompletableFuture<HttpResponse<String>> other = ask("?after=now&wait=60s&status=ERROR");
        await().until(() -> server.waiters.amongOthers(end) != null);
        assertThat(get("?wait=60s&after=" + end + "&feed=another").statusCode()).isEqualTo(410);
        CompletableFuture<HttpResponse<String>> again = ask("?wait=60s&after=" + end);
        add(event("m2", Progress.SENT));
        assertThat(ids(JSON.readTree(again.get(10, TimeUnit.SECONDS).body()))).containsExactly("m2");
        assertThat(other).isNotDone();
    }

    @Test
    void whoWaitsWhileThePositionGoesIsTold() throws Exception {
        CompletableFuture<HttpResponse<String>> waits = ask("?after=0&wait=60s&status=ERROR");
        try (Socket streams = connect("?status=ERROR", "Accept: text/event-stream")) {
            await().until(() -> waiting() == 2);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + server.file.path());
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE feed SET id = 'another'");
            }
            assertThat(waits.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(410);
            BufferedReader in = lines(streams);
            List<String> said = new ArrayList<>();
            for (String line = in.readLine(); !line.equals("0"); line = in.readLine()) {
                said.add(line);
            }
            assertThat(said).contains("HTTP/1.1 200 OK");
        }
    }

    private int waiting() {
        return server.waiters.inside();
    }

    @Test
    void whoWaitsInVainGetsAnEmptyPageAndHeadNeverWaits() throws Exception {
        JsonNode page = page("?after=now&wait=1s");
        assertThat(ids(page)).isEmpty();
        HttpResponse<String> head = client.send(
                request("?after=now&wait=60s")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        HttpResponse<String> stream = client.send(
                request("?after=now")
                        .header("Accept", "text/event-stream")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
    }

    @Test
    void aThousandWaitWithoutAThreadAndTheNextIsToldToComeAgain() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            Set<Thread> others = threadsBesideTheWebServers();
            for (int i = 0; i < Waiters.MOST; i++) {
                sockets.add(connect("?after=now&wait=60s"));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == Waiters.MOST);
            // A thread by which the pool adds a connection leaves after some seconds.
            await().pollInSameThread().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Set<Thread> more = threadsBesideTheWebServers();
                more.removeAll(others);
                assertThat(more).as("threads that came with those who wait").isEmpty();
            });
            HttpResponse<String> one = get("?after=now&wait=1s");
            assertThat(one.statusCode()).isEqualTo(503);
            assertThat(one.headers().firstValue("Retry-After")).isPresent();
            assertThat(get("?after=now").statusCode()).as("who does not wait").isEqualTo(200);
            for (Socket socket : sockets.subList(0, 500)) {
                socket.close();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 500);
            add(event("m1", Progress.SENT));
            for (Socket socket : sockets.subList(500, Waiters.MOST)) {
                assertThat(lines(socket).readLine()).isEqualTo("HTTP/1.1 200 OK");
            }
            await().until(() -> waiting() == 0);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Set<Thread> threadsBesideTheWebServers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("http-")
                        && !thread.getName().startsWith("HttpClient"))
                .collect(Collectors.toSet());
    }

    /** A connection goes on after a wait, as after any other answer. */
    @Test
    void manyWaitsGoOverOneConnection() throws Exception {
        try (Socket socket = connect("?after=now&wait=60s")) {
            BufferedReader in = lines(socket);
            for (int i = 0; i < 5; i++) {
                await().until(() -> waiting() == 1);
                add(event("m" + i, Progress.SENT));
                String line = in.readLine();
                assertThat(line).isEqualTo("HTTP/1.1 200 OK");
                int length = 0;
                for (line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                    length = line.startsWith("Content-Length: ")
                            ? Integer.parseInt(line.substring("Content-Length: ".length()))
                            : length;
                }
                char[] body = new char[length];
                for (int read = 0; read < length; ) {
                    read += in.read(body, read, length - read);
                }
                assertThat(new String(body)).contains("\"id\":\"m" + i + "\"");
                String request = "GET /v1/changes?after=now&wait=60s HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
                        + TestServer.TOKEN + "\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            }
        }
        await().until(() -> waiting() == 0);
    }

    @Test
    void aStopFreesAllAtOnce() throws Exception {
        CompletableFuture<HttpResponse<String>> waits = ask("?after=now&wait=60s");
        try (Socket streams = connect("?after=now", "Accept: text/event-stream")) {
            await().until(() -> waiting() == 2);
            long began = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
            HttpResponse<String> answer = waits.get(1, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(ids(JSON.readTree(answer.body()))).isEmpty();
            assertThat(lines(streams).lines().toList()).as("to its end").endsWith("0", "");
        }
    }

    /** The lines of a stream that say something, without the sizes of its chunks. */
    private static List<String> events(BufferedReader in, int count) throws IOException {
        List<String> events = new ArrayList<>();
        while (events.size() < count) {
            String line = in.readLine();
            if (line.startsWith("id:") || line.startsWith("data:") || line.startsWith(":")) {
                events.add(line);
            }
        }
        return events;
    }

    @Test
    void aStreamTellsAllAndThenWhatComes() throws Exception {
        add(event("m1", Progress.SENT));
        add(event("m2", Progress.FAILED));
        try (Socket socket = connect("?limit=1", "Accept: text/event-stream")) {
            BufferedReader in = lines(socket);
            List<String> events = events(in, 4);
            assertThat(events.get(0)).isEqualTo("id: 1");
            assertThat(events.get(1)).startsWith("data: {\"sequence\":1,").contains("\"id\":\"m1\"");
            assertThat(events.get(2)).isEqualTo("id: 2");
            add(event("m3", Progress.SENT));
            assertThat(events(in, 2).get(1)).contains("\"id\":\"m3\"");
            add(event("m3", Progress.DELIVERED));
            assertThat(events(in, 2).get(1)).contains("\"status\":\"DELIVERED\"");
        }
        await().until(() -> waiting() == 0);
    }

    @Test
    void aStreamGoesOnAtTheLastEvent() throws Exception {
        add(event("m1", Progress.SENT));
        add(event("m2", Progress.SENT));
        add(event("m3", Progress.FAILED));
        try (Socket socket = connect("?after=0", "Accept: text/event-stream", "Last-Event-ID: 1")) {
            assertThat(events(lines(socket), 1)).containsExactly("id: 2");
        }
        try (Socket socket = connect("?to=%2B12025550144", "Accept: text/event-stream")) {
            assertThat(events(lines(socket), 2))
                    .as("where nothing matches, who comes again begins at what was looked at")
                    .containsExactly(": nothing yet", "id: 3");
        }
        try (Socket socket = connect("", "Accept: text/event-stream", "Last-Event-ID: 99")) {
            assertThat(lines(socket).readLine()).isEqualTo("HTTP/1.1 410 Gone");
        }
        await().until(() -> waiting() == 0);
    }

    @Test
    void aStreamOutlivesAnOutageOfTheDatabase() throws Exception {
        AtomicBoolean down = new AtomicBoolean();
        server.close();
        server = new TestServer(folder, new IngestSettings(50, Duration.ofMillis(900)), TestServer.PROVIDERS, () -> {
            if (down.get()) {
                throw new SQLTransientConnectionException("the database does not answer");
            }
        });
        try (Socket socket = connect("?after=now", "Accept: text/event-stream")) {
            BufferedReader in = lines(socket);
            events(in, 2);
            down.set(true);
            assertThat(events(in, 1)).containsExactly(": the database does not answer at the moment");
            down.set(false);
            add(event("m1", Progress.SENT));
            List<String> events = new ArrayList<>();
            while (events.stream().noneMatch(line -> line.startsWith("data:"))) {
                events.addAll(events(in, 1));
            }
            assertThat(events).last().asString().contains("\"id\":\"m1\"");
        }
    }

    /** A client that does not read what it asked for takes no more than its place. */
    @Test
    void aStreamThatNobodyReadsHoldsUpNobody() throws Exception {
        List<Incoming> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(new Incoming(
                    new AccountName(SIGNED, "main"),
                    Source.RECONCILIATION,
                    AT,
                    new RawCallback("POST", null, null, new byte[0]),
                    List.of(event("m" + i, Progress.SENT).build()),
                    null));
        }
        for (int from = 0; from < many.size(); from += 1_000) {
            server.store.commit(many.subList(from, from + 1_000));
        }
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                sockets.add(connect("", "Accept: text/event-stream"));
                int connected = sockets.size();
                await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == connected);
            }
            CompletableFuture<HttpResponse<String>> waits = ask("?after=now&wait=60s");
            await().until(() -> waiting() == 41);
            add(event("last", Progress.SENT));
            assertThat(ids(JSON.readTree(waits.get(10, TimeUnit.SECONDS).body())))
                    .containsExactly("last");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
    }

    /** Longer than the web server lets a connection be idle. */
    @Test
    @Tag("slow")
    void nothingCutsALongWaitShortAndAStreamIsHeardOfMeanwhile() throws Exception {
        CompletableFuture<HttpResponse<String>> waits = ask("?after=now&wait=60s&status=ERROR");
        try (Socket socket = connect("?after=now&status=ERROR", "Accept: text/event-stream")) {
            BufferedReader in = lines(socket);
            long began = System.nanoTime();
            assertThat(events(in, 6)).filteredOn(line -> line.startsWith(":")).hasSize(3);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(36));
            JsonNode page = JSON.readTree(waits.get(40, TimeUnit.SECONDS).body());
            assertThat(ids(page)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofSeconds(58), Duration.ofSeconds(64));
            add(event("m1", Progress.FAILED));
            // Further comments came meanwhile.
            String line = events(in, 1).get(0);
            for (int read = 1; read < 12 && !line.contains("\"id\":\"m1\""); read++) {
                line = events(in, 1).get(0);
            }
            assertThat(line).contains("\"id\":\"m1\"");
        }
    }
}
