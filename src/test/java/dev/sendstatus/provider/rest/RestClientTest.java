package dev.sendstatus.provider.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.provider.LookupAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestClientTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final ApiCredentials CREDENTIALS = ApiCredentials.basic("user", "very-secret");

    private final MockWebServer server = new MockWebServer();
    private final RestClient client = new RestClient(Duration.ofSeconds(1), CREDENTIALS);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void credentialsGoIntoTheHeaderAndNowhereElse() throws Exception {
        server.enqueue(new MockResponse(200, Headers.of(), "text of a message"));
        RestAnswer answer = client.get(url());
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic dXNlcjp2ZXJ5LXNlY3JldA==");
        assertThat(CREDENTIALS.toString() + ApiCredentials.bearer("very-secret") + answer)
                .doesNotContain("very-secret", "dXNlcjp", "text of a message");
    }

    @Test
    void aBodyThatComesTooSlowlyIsLostInTime() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(1_000))
                .throttleBody(10, 500, TimeUnit.MILLISECONDS)
                .build());
        assertThat(client.get(url()))
                .isEqualTo(new RestAnswer.Lost(
                        server.getHostName() + ":" + server.getPort() + " did not answer within 1000 ms"));
    }

    @Test
    void aBodyWithoutEndIsNotRead() {
        RestClient patient = new RestClient(Duration.ofSeconds(30), CREDENTIALS);
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[(16 << 20) + 1]))
                .build());
        assertThat(patient.get(url()))
                .hasToString(
                        "Lost[why=" + server.getHostName() + " answered with more than 16 MiB, which is not read]");
    }

    @Test
    void aBrokenConnectionIsLostAfterOneTry() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse(200, Headers.of(), ""));
        assertThat(client.get(url())).isInstanceOf(RestAnswer.Lost.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRedirectIsNotFollowedWithTheCredentials() {
        server.enqueue(new MockResponse(302, Headers.of("Location", "/elsewhere"), ""));
        LookupAnswer answer = read(client.get(url()));
        assertThat(answer).isInstanceOf(LookupAnswer.Rejected.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, not_found",
        "401, refused",
        "403, refused",
        "404, not_found",
        "429, rate_limited",
        "408, failed",
        "500, failed",
        "503, failed",
        "400, rejected",
        "410, rejected"
    })
    void eachStatusHasItsMeaning(int status, String word) {
        server.enqueue(new MockResponse(status, Headers.of(), "{\"code\": 20003}"));
        assertThat(read(client.get(url())).word()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After|300|300",
                "Retry-After|Wed, 25 Nov 2026 12:00:30 GMT|30",
                "Retry-After|Wed, 25 Nov 2026 11:00:00 GMT|0",
                "Retry-After|soon|0",
                "x-ratelimit-reset|45|45",
                "x-ratelimit-reset|1795608060|60",
                "x-ratelimit-reset|-1|0"
            })
    void aProviderSaysWhenItWantsToBeAskedAgain(String header, String value, long seconds) {
        server.enqueue(new MockResponse(429, Headers.of(header, value, "x-ratelimit-remaining", "0"), ""));
        assertThat(read(client.get(url())).pause()).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static LookupAnswer read(RestAnswer answer) {
        return RestLookup.of(answer, NOW, (body, pause) -> new LookupAnswer.Missing(pause));
    }

    private HttpUrl url() {
        return server.url("/a/path?with=query");
    }
}
