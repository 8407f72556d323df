package dev.sendstatus.provider.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.provider.WebhookApi.ApiFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliteCallsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final ApiCredentials CREDENTIALS = ApiCredentials.bearer("KEY_secret");

    private final MockWebServer server = new MockWebServer();
    private final List<Duration> pauses = new ArrayList<>();
    private final PoliteCalls calls =
            new PoliteCalls(new RestClient(Duration.ofSeconds(5), CREDENTIALS), () -> NOW, pauses::add, "api-key");

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpUrl url() {
        return server.url("/v2/things?key=in-the-query");
    }

    private void answer(int status, Headers headers) {
        server.enqueue(new MockResponse(status, headers, "a body that is never quoted"));
    }

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "'Wed, 25 Nov 2026 12:01:30 GMT', PT1M30S",
        "'Wed, 25 Nov 2026 11:00:00 GMT', PT0S",
        "soon, PT2S"
    })
    void whoIsTurnedAwayWaitsAsLongAsTheProviderSays(String retryAfter, Duration expected) throws ApiFailed {
        answer(429, Headers.of("Retry-After", retryAfter));
        answer(200, Headers.of());
        assertThat(calls.call("GET", url(), null)).isNotEmpty();
        assertThat(pauses).containsExactly(expected);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void whoIsTurnedAwayForLongerThanAPersonWaitsIsToldSo() {
        answer(429, Headers.of("Retry-After", "3600"));
        assertThatThrownBy(() -> calls.call("GET", url(), null))
                .isInstanceOf(ApiFailed.class)
                .hasMessageContaining("3600 s");
        assertThat(pauses).isEmpty();
    }

    @Test
    void whoIsTurnedAwayAgainAndAgainGivesUp() {
        for (int i = 0; i < 6; i++) {
            answer(429, Headers.of("Retry-After", "1"));
        }
        assertThatThrownBy(() -> calls.call("GET", url(), null)).hasMessageContaining("too many calls");
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "401, check api-key",
        "403, check api-key",
        "404, api-base-url",
        "422, nothing was changed",
        "500, try again"
    })
    void aFailureSaysWhatToDoAndQuotesNothing(int status, String remedy) {
        answer(status, Headers.of());
        assertThatThrownBy(() -> calls.call("PATCH", url(), RequestBody.create(new byte[1], null)))
                .hasMessageContaining(remedy)
                .hasMessageContaining("HTTP " + status)
                .hasMessageNotContaining("never quoted")
                .hasMessageNotContaining("in-the-query")
                .hasMessageNotContaining("KEY_secret");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }
}
