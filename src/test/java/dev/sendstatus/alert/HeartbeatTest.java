package dev.sendstatus.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.jobs.LogLines;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void itIsFetchedAndAFailureIsLoggedOnceAnHourWithoutThePath() throws Exception {
        try (MockWebServer monitor = new MockWebServer();
                LogLines log = new LogLines()) {
            monitor.start();
            Heartbeat heartbeat = new Heartbeat(
                    URI.create("http://127.0.0.1:" + monitor.getPort() + "/ping/secret-id?token=secret-too"),
                    () -> now);
            monitor.enqueue(new MockResponse.Builder().code(200).build());
            heartbeat.beat();
            assertThat(monitor.takeRequest().getTarget()).isEqualTo("/ping/secret-id?token=secret-too");
            assertThat(log.of(Heartbeat.class)).isEmpty();
            for (int minute = 0; minute < 61; minute++) {
                monitor.enqueue(new MockResponse.Builder().code(404).build());
                heartbeat.beat();
                now = now.plus(Duration.ofMinutes(1));
            }
            assertThat(log.of(Heartbeat.class))
                    .hasSize(2)
                    .allSatisfy(line ->
                            assertThat(line).contains("127.0.0.1", "HTTP 404").doesNotContain("secret"));
        }
    }

    @Test
    void whereNobodyListensItIsLoggedWithoutThePathToo() {
        try (LogLines log = new LogLines()) {
            new Heartbeat(URI.create("http://127.0.0.1:1/secret-id"), () -> now).beat();
            assertThat(log.of(Heartbeat.class))
                    .hasSize(1)
                    .allSatisfy(line -> assertThat(line).doesNotContain("secret"));
        }
    }
}
