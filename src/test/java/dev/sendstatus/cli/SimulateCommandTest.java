package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.config.FakeAdapter;
import dev.sendstatus.provider.ProviderAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(run.out().lines().toList().get(0)).contains("provider", "messages", "DELIVERED");
        assertThat(run.out().lines().toList().get(1)).startsWith("twilio");
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
