package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopTest {
    @TempDir
    private Path folder;

    @Test
    void aCleanStopSaysWhatBecameOfTheCallbacks() throws Exception {
        try (ServerProcess server = new ServerProcess(folder, List.of(), Map.of())) {
            assertThat(callback(server, ServerProcess.PASSWORD)).isEqualTo(200);
            assertThat(callback(server, ServerProcess.PASSWORD)).isEqualTo(200);
            assertThat(callback(server, "another")).isEqualTo(401);
            server.stop();
            await().untilAsserted(() -> assertThat(server.output())
                    .contains(
                            "stopped; since the start 2 callbacks were stored and answered with 200, 0 were answered with 503"
                                    + " to be sent again, 0 with 500, and 1 were refused"));
        }
    }

    private static int callback(ServerProcess server, String password) throws Exception {
        String credentials = ServerProcess.USER + ":" + password;
        String body =
                "[{\"type\":\"message-delivered\",\"time\":\"2026-11-25T12:00:09Z\",\"to\":\"+12025550123\",\"message\":"
                        + "{\"id\":\"first\",\"direction\":\"out\",\"from\":\"+12025550100\",\"to\":[\"+12025550123\"]}}]";
        HttpRequest request = HttpRequest.newBuilder(server.uri("/webhooks/bandwidth"))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
