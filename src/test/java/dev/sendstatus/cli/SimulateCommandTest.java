package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Application;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.config.FakeAdapter;
import dev.sendstatus.provider.ProviderAdapter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {
    private static final String GOOD = "right https://status.example.com/webhooks/twilio/twilio";

    @TempDir
    Path home;

    private final MockWebServer server = new MockWebServer();
    private final ConcurrentLinkedQueue<RecordedRequest> received = new ConcurrentLinkedQueue<>();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "TWILIO_ACCOUNT_SID", "AC1",
            "TWILIO_AUTH_TOKEN", "right",
            "SENDSTATUS_PUBLIC_URL", "https://status.example.com"));

    @BeforeEach
    void start() throws IOException {
        server.start();
        answer(SimulateCommandTest::verified);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsEveryMessagesCallbacksAndForgedOnesAreRefused() throws IOException {
        CliRun run = simulate("--messages", "300", "--faults", "duplicates=0.2,reordered=0.3,late=0.3,forged=0.1");
        JsonNode row = new ObjectMapper().readTree(run.out()).path("providers").path(0);
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        assertThat(row.path("messages").asInt()).isEqualTo(300);
        assertThat(row.path("refused").asInt()).isPositive();
        assertThat(row.path("forged_accepted").asInt()).isZero();
        assertThat(row.path("acknowledged").asInt() + row.path("refused").asInt())
                .isEqualTo(row.path("callbacks").asInt())
                .isEqualTo(received.size());
        assertThat(received)
                .extracting(request -> request.getUrl().encodedPath())
                .containsOnly("/webhooks/twilio/twilio");
        assertThat(received).extracting(request -> request.getUrl().query()).containsOnly("account=AC1");
        assertThat(received)
                .extracting(request -> request.getHeaders().get("Content-Type"))
                .containsOnly("text/fake");
    }

    @Test
    void whatIsExpectedIsWhatTheCallbacksSay() throws IOException {
        CliRun run = simulate("--messages", "400", "--faults", "duplicates=0.1,reordered=0.5,lost=0.1");
        JsonNode expected = new ObjectMapper().readTree(run.out()).at("/providers/0/expected");
        Map<String, Integer> best = new HashMap<>();
        for (RecordedRequest request : received) {
            String[] words = body(request);
            int rank =
                    switch (words[1]) {
                        case "SENT", "UNCONFIRMED" -> 0;
                        case "FAILED" -> 1;
                        default -> 2;
                    };
            best.merge(words[0], rank, Math::max);
        }
        List<Integer> ranks = new ArrayList<>(best.values());
        assertThat(expected.path("SENT").asLong()).isEqualTo(count(ranks, 0)).isPositive();
        assertThat(expected.path("ERROR").asLong()).isEqualTo(count(ranks, 1)).isPositive();
        assertThat(expected.path("DELIVERED").asLong())
                .isEqualTo(count(ranks, 2))
                .isGreaterThan(300);
    }

    @Test
    void aBusyServerIsAskedAgainAfterTheTimeItNames() {
        AtomicInteger requests = new AtomicInteger();
        answer(request -> requests.incrementAndGet() <= 3
                ? new MockResponse(503, Headers.of("Retry-After", "1"), "")
                : verified(request));
        CliRun run = simulate("--messages", "10", "--faults", "none");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"busy\" : 3");
    }

    @Test
    void aCallbackThatIsNeverAcknowledgedIsAFailure() {
        answer(request -> new MockResponse(503, Headers.of("Retry-After", "1"), ""));
        CliRun run = simulate("--messages", "3", "--faults", "none", "--patience", "0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("503 to the last");
    }

    @Test
    void aForgedCallbackThatIsAcceptedIsAFailure() {
        answer(request -> new MockResponse(200, Headers.of(), ""));
        CliRun run = simulate("--messages", "20", "--faults", "forged=1");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        simulate("--messages", "50", "--seed", "7", "--concurrency", "1");
        List<String> first = bodies();
        received.clear();
        simulate("--messages", "50", "--seed", "7", "--concurrency", "1");
        assertThat(bodies()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.7:8080",
                "https://status.example.com",
                "http://[2001:db8::1]/",
                "http://10.0.0.5",
                "http://127.0.0.1.example.com",
                "http://0.0.0.0:8080"
            })
    void aServerThatIsNotOnThisHostNeedsYes(String url) {
        CliRun run = CliRun.of(adapters(), environment, home, "simulate", "--messages", "1", "--url", url);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("is not this host", "--yes");
    }

    @Test
    void theConfiguredServerIsNoExceptionAndYesIsObeyed() {
        environment.put("SENDSTATUS_HTTP_HOST", "192.0.2.7");
        assertThat(CliRun.of(adapters(), environment, home, "simulate").err()).contains("192.0.2.7 is not this host");
        CliRun run = CliRun.of(
                adapters(),
                environment,
                home,
                "simulate",
                "--url",
                "http://nobody.invalid",
                "--yes",
                "--patience",
                "0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Nothing answers at http://nobody.invalid/");
    }

    @Test
    void everyIdShowsThatItIsSimulated() {
        simulate("--messages", "50", "--inbound", "0.5");
        assertThat(bodies()).isNotEmpty().allMatch(body -> body.startsWith("simulated-"));
    }

    @Test
    void toRegisterItNeedsTheToken() {
        CliRun run = simulate("--messages", "1", "--register");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("SENDSTATUS_API_TOKEN");
        assertThat(received).isEmpty();
    }

    @Test
    void aServerThatDoesNotRegisterIsAFailure() {
        environment.put("SENDSTATUS_API_TOKEN", "a-token-that-is-long-enough-for-nobody-to-guess");
        answer(request -> request.getTarget().equals("/v1/messages")
                ? new MockResponse(403, Headers.of(), "{\"detail\":\"This token may only read.\"}")
                : verified(request));
        CliRun run = simulate("--messages", "3", "--register");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("HTTP 403, This token may only read.");
    }

    /** Of the real server and the real adapters. Bandwidth tells only the end of a message: of one that is lost it says nothing at all. */
    @Test
    void whatIsRegisteredAndNeverHeardOfIsStuckAtOnce() throws Exception {
        Map<String, String> real = Map.of(
                "SENDSTATUS_HTTP_PORT", "0",
                "SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + home.resolve("test.db"),
                "BANDWIDTH_CALLBACK_USERNAME", "callbacks",
                "BANDWIDTH_CALLBACK_PASSWORD", "secret-of-the-test");
        Configuration configuration = new ConfigurationLoader(Adapters.all(), real, home).load();
        try (Application application = new Application(configuration, Adapters.all(), Clock.systemUTC())) {
            CliRun run = CliRun.of(
                    Adapters.all(),
                    real,
                    home,
                    "simulate",
                    "--json",
                    "--register",
                    "--messages",
                    "100",
                    "--inbound",
                    "0",
                    "--faults",
                    "lost=0.3,forged=0.1",
                    "--url",
                    "http://127.0.0.1:" + application.port());
            assertThat(run.code()).as(run.err() + run.out()).isZero();
            JsonNode report = new ObjectMapper().readTree(run.out());
            int silent = report.at("/providers/0/expected/silent").asInt();
            assertThat(silent).isPositive();
            assertThat(report.path("registered").asInt()).isEqualTo(100);
            assertThat(report.at("/providers/0/messages").asInt()).isEqualTo(100);
            assertThat(report.at("/providers/0/expected/SENT").asInt()).isGreaterThanOrEqualTo(silent);
            CliRun stuck = CliRun.of(Adapters.all(), real, home, "report", "stuck", "--format", "csv");
            assertThat(stuck.out().lines().filter(line -> line.contains("never_any_callback")))
                    .hasSize(silent);
            CliRun exported =
                    CliRun.of(Adapters.all(), real, home, "export", "--format", "jsonl", "--campaign", "simulation");
            assertThat(exported.out().lines()).hasSize(100).allMatch(line -> line.contains("\"simulated-"));

            answerOf(
                    application,
                    "[{\"type\":\"message-sent\",\"to\":\"+12025550143\",\"message\":{\"id\":\"real-1\","
                            + "\"text\":\"simulated-1\"}}]");
            answerOf(application, "[{\"type\":\"message-teleported\",\"message\":{\"id\":\"real-2\"}}]");
            answerOf(application, "[{\"type\":\"message-teleported\",\"message\":{\"id\":\"simulated-2\"}}]");
            CliRun undone = CliRun.of(Adapters.all(), real, home, "simulate", "--undo", "--json");
            assertThat(undone.code()).as(undone.err()).isZero();
            assertThat(new ObjectMapper()
                            .readTree(undone.out())
                            .path("messages")
                            .asInt())
                    .isEqualTo(100);
            for (String view : List.of("messages", "callbacks")) {
                CliRun left = CliRun.of(
                        Adapters.all(), real, home, "sql", "SELECT count(*) AS n FROM " + view, "--format", "csv");
                assertThat(left.out().lines()).as(view).containsExactly("n", view.equals("messages") ? "1" : "2");
            }
            assertThat(CliRun.of(Adapters.all(), real, home, "simulate", "--undo")
                            .out())
                    .contains("Removed: 0 messages");
            assertThat(CliRun.of(Adapters.all(), real, home, "simulate", "--undo", "--url", "http://localhost:1")
                            .code())
                    .isEqualTo(2);
        }
    }

    private static void answerOf(Application application, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + application.port() + "/webhooks/bandwidth"))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "callbacks:secret-of-the-test".getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "403, did not accept the signature",
        "401, did not accept the signature",
        "404, does not know this account"
    })
    void aRefusalIsSaidWithWhyThatCanBe(int code, String reason) {
        answer(request -> new MockResponse(code, Headers.of(), ""));
        CliRun run = CliRun.of(adapters(), environment, home, "simulate", "--messages", "3", "--url", url());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("HTTP " + code + " at /webhooks/twilio/twilio: the server " + reason);
    }

    /** Telnyx's private key is its own. The settings that are shown are a pair, with which the same command succeeds. */
    @Test
    void whoHasNoKeyToSignWithIsGivenOneToPlayWith() {
        environment.clear();
        environment.put("TELNYX_PUBLIC_KEY", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        answer(request -> new MockResponse(200, Headers.of(), ""));
        String[] command = {"simulate", "--messages", "2", "--faults", "none", "--url", url()};
        CliRun refused = CliRun.of(Adapters.all(), environment, home, command);
        assertThat(refused.code()).isEqualTo(1);
        Pattern.compile("export (TELNYX_[A-Z_]+)=(\\S+)")
                .matcher(refused.err())
                .results()
                .forEach(setting -> environment.put(setting.group(1), setting.group(2)));
        assertThat(environment).containsOnlyKeys("TELNYX_PUBLIC_KEY", "TELNYX_SIMULATION_KEY");
        CliRun again = CliRun.of(Adapters.all(), environment, home, command);
        assertThat(again.code()).as(again.err()).isZero();
    }

    @Test
    void withoutAServerItSaysHowToStartOne() {
        server.close();
        CliRun run = simulate("--messages", "100", "--patience", "0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Nothing answers", "serve");
    }

    @Test
    void withoutAccountsItSaysWhatToSet() {
        environment.clear();
        CliRun run = simulate("--messages", "1");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("No account", "TWILIO_ACCOUNT_SID");
    }

    @Test
    void theTableHasARowForEachProvider() {
        CliRun run =
                CliRun.of(adapters(), environment, home, "simulate", "--messages", "5", "--url", url(), "--seed", "1");
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().toList().get(0))
                .contains("provider", "messages", "accepted", "refused", "busy", "DELIVERED");
        assertThat(run.out().lines().toList().get(1)).startsWith("twilio");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 79, 80, 96, 120})
    void theTableFitsTheTerminal(int columns) {
        String[] arguments = {"simulate", "--messages", "40", "--url", url(), "--seed", "1"};
        CliRun run = CliRun.with(
                Clock.systemUTC(),
                adapters(),
                environment,
                home,
                new StringWriter(),
                new CliContext.Terminal(false, false, columns, false),
                arguments);
        assertThat(run.code()).as(run.err()).isZero();
        // A sentence wraps by itself; a table must not.
        assertThat(run.out().lines().filter(line -> line.contains("  ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(run.out()).contains("provider", "messages", "SENT", "DELIVERED", "ERROR");
    }

    private CliRun simulate(String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "--json", "--url", url()));
        arguments.addAll(List.of(options));
        return CliRun.of(adapters(), environment, home, arguments.toArray(new String[0]));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getPort() + "/";
    }

    private static MockResponse verified(RecordedRequest request) {
        boolean good = GOOD.equals(request.getHeaders().get(FakeSimulator.SIGNATURE));
        return new MockResponse(good ? 200 : 403, Headers.of(), "");
    }

    private interface Answer {
        MockResponse to(RecordedRequest request);
    }

    private void answer(Answer answer) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                received.add(request);
                return answer.to(request);
            }
        });
    }

    private List<String> bodies() {
        return received.stream().map(request -> String.join(" ", body(request))).toList();
    }

    private static String[] body(RecordedRequest request) {
        var body = request.getBody();
        return (body == null ? "" : body.utf8()).split(" ");
    }

    private static long count(List<Integer> ranks, int wanted) {
        return ranks.stream().filter(rank -> rank == wanted).count();
    }

    /** Only one of the three signs. */
    private static List<ProviderAdapter<?>> adapters() {
        return List.of(
                FakeAdapter.three().get(0),
                new FakeAdapter(
                        "twilio",
                        List.of("account-sid", "auth-token"),
                        List.of("auth-token-secondary", "api-key", "api-key-secret"),
                        new FakeSimulator()),
                FakeAdapter.three().get(2));
    }
}
