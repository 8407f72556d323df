package dev.sendstatus.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Application;
import dev.sendstatus.config.ConfigurationLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;

/** The whole program on a free port with an account of each provider, to which one thing of each kind has happened. */
final class RunningServer implements AutoCloseable {
    private static final String CREDENTIALS = "callbacks:secret-of-the-test";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Application application;

    RunningServer(Path folder) throws Exception {
        Map<String, String> environment = Map.of(
                "SENDSTATUS_HTTP_PORT", "0",
                "SENDSTATUS_API_TOKEN", "token-of-the-test-that-is-long-enough",
                "TELNYX_V1_SECRET", "secret-of-the-test",
                "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
                "TWILIO_AUTH_TOKEN", "token",
                "BANDWIDTH_CALLBACK_USERNAME", "callbacks",
                "BANDWIDTH_CALLBACK_PASSWORD", "secret-of-the-test");
        application = new Application(
                new ConfigurationLoader(Adapters.all(), environment, folder).load(), Adapters.all(), Clock.systemUTC());
        assertThat(callback(CREDENTIALS)).isEqualTo(200);
        // Counted from the first one on: who is refused is not known before.
        assertThat(callback("callbacks:wrong")).isEqualTo(401);
    }

    private int callback(String credentials) throws Exception {
        String body =
                "[{\"type\":\"message-delivered\",\"time\":\"2026-11-25T12:00:09Z\",\"to\":\"+12025550123\",\"message\":"
                        + "{\"id\":\"first\",\"direction\":\"out\",\"from\":\"+12025550100\",\"to\":[\"+12025550123\"],"
                        + "\"segmentCount\":1,\"time\":\"2026-11-25T12:00:00Z\"}}]";
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return client.send(
                        HttpRequest.newBuilder(uri("/webhooks/bandwidth"))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Basic " + basic)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    int port() {
        return application.port();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() {
        application.close();
    }
}
