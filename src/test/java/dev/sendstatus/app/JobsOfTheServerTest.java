package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs in the real program. */
class JobsOfTheServerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void theSweepFollowsItsIntervalAndAStartThatShortensIt() throws Exception {
        try (ServerProcess server = server("PT1H")) {
            await().atMost(SOON).until(() -> lastSuccess(server, "sweep") > 0);
            await().atMost(SOON).until(() -> lastSuccess(server, "daily-report") > 0);
            double first = lastSuccess(server, "sweep");
            assertThat(first)
                    .isBetween(
                            Instant.now().getEpochSecond() - 60.0, Instant.now().getEpochSecond() + 1.0);
            assertThat(lastSuccess(server, "reconcile"))
                    .as("waits a minute after a start")
                    .isNaN();
            assertThat(server.stop()).isIn(0, 143);
            assertThat(server.output()).doesNotContain(" WARN ", " ERROR ");
        }
        try (ServerProcess server = server("PT0.2S")) {
            await().atMost(SOON).until(() -> lastSuccess(server, "sweep") > 0);
            double then = lastSuccess(server, "sweep");
            await().atMost(SOON).until(() -> lastSuccess(server, "sweep") > then + 1);
        }
    }

    private ServerProcess server(String sweepInterval) throws IOException {
        return new ServerProcess(
                folder,
                List.of(),
                Map.of(
                        "SENDSTATUS_STUCK_SWEEP_INTERVAL",
                        sweepInterval,
                        "SENDSTATUS_PUBLIC_URL",
                        "https://status.example.org"));
    }

    private double lastSuccess(ServerProcess server, String job) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/metrics")).build();
        String metrics =
                http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher line = Pattern.compile("sendstatus_job_last_success_timestamp_seconds\\{job=\"" + job + "\"\\} (\\S+)")
                .matcher(metrics);
        assertThat(line.find()).as(metrics).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
