package dev.sendstatus.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.config.ConfigurationPrinter;
import dev.sendstatus.ingest.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole server, with a mail server and a chat: the report of the day, tests of channels, and no secret anywhere. */
class ToldByServerTest {
    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(patient());

    @TempDir
    private Path home;

    private static ServerSetup patient() {
        ServerSetup patient = ServerSetup.SMTP.dynamicPort();
        patient.setServerStartupTimeout(20_000);
        return patient;
    }

    private static HttpResponse<String> ask(String method, int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Authorization", "Bearer 0123456789abcdef")
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theReportOfTheDayComesByMailAndChatAndNoSecretIsShown() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger("dev.sendstatus");
        root.addAppender(log);
        SettableClock clock = new SettableClock();
        List<String> shown = new ArrayList<>();
        try (MockWebServer chat = new MockWebServer()) {
            chat.start();
            // The first is the report, the second a test that fails.
            chat.enqueue(new MockResponse.Builder().code(200).body("ok").build());
            chat.enqueue(new MockResponse.Builder()
                    .code(404)
                    .body("Cannot POST /services/hush-chat")
                    .build());
            Map<String, String> environment = new HashMap<>(Map.of(
                    "SENDSTATUS_HTTP_PORT", "0",
                    "SENDSTATUS_API_TOKEN", "0123456789abcdef",
                    "SENDSTATUS_STUCK_REPORT_TIME", "00:00",
                    "SENDSTATUS_CHAT_URL", chat.url("/services/hush-chat").toString(),
                    "SENDSTATUS_MAIL_HOST", "127.0.0.1",
                    "SENDSTATUS_MAIL_PORT", Integer.toString(MAIL.getSmtp().getPort()),
                    "SENDSTATUS_MAIL_SECURITY", "none",
                    "SENDSTATUS_MAIL_FROM", "status@example.com",
                    "SENDSTATUS_MAIL_TO", "ops@example.com"));
            environment.put("SENDSTATUS_MAIL_USER", "hush-user");
            environment.put("SENDSTATUS_MAIL_PASSWORD", "hush-password");
            MAIL.setUser("hush-user", "hush-password");
            Configuration configuration = new ConfigurationLoader(Adapters.all(), environment, home).load();
            shown.add(ConfigurationPrinter.text(configuration));
            try (Application server = new Application(configuration, Adapters.all(), clock)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() ->
                                ask("GET", server.port(), "/v1/reports").body().contains("20"));
                clock.forward(Duration.ofSeconds(61));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> MAIL.getReceivedMessages().length == 1 && chat.getRequestCount() == 1);
                assertThat(MAIL.getReceivedMessages()[0].getSubject())
                        .startsWith("[Sendstatus] Stuck messages of 20")
                        .endsWith(": 0");
                HttpResponse<String> failed = ask("POST", server.port(), "/v1/channels/chat/test");
                assertThat(failed.statusCode()).isEqualTo(200);
                assertThat(failed.body()).contains("\"ok\":false", "HTTP 404");
                HttpResponse<String> taken = ask("POST", server.port(), "/v1/channels/email/test");
                assertThat(taken.body()).contains("\"channel\":\"email\"", "\"ok\":true", "\"milliseconds\":");
                String metrics = ask("GET", server.port(), "/metrics").body();
                assertThat(metrics)
                        .contains("sendstatus_notices_total{channel=\"chat\",outcome=\"sent\"} 1.0")
                        .contains("sendstatus_notices_total{channel=\"email\",outcome=\"failed\"} 0.0");
                shown.addAll(List.of(failed.body(), taken.body(), metrics));
            }
        } finally {
            root.detachAppender(log);
        }
        List.copyOf(log.list).forEach(event -> shown.add(event.getFormattedMessage()));
        assertThat(shown).anyMatch(line -> line.contains("channel email: told report/"));
        assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain("hush"));
        assertThat(MAIL.getReceivedMessages()).hasSize(2);
    }

    @Test
    void theServerLooksByItselfAndTellsWhatFires() throws Exception {
        SettableClock clock = new SettableClock();
        try (MockWebServer chat = new MockWebServer()) {
            chat.start();
            chat.enqueue(new MockResponse.Builder().code(200).body("ok").build());
            Map<String, String> environment = Map.of(
                    "SENDSTATUS_HTTP_PORT", "0",
                    "SENDSTATUS_API_TOKEN", "0123456789abcdef",
                    "SENDSTATUS_REPORT_CHANNELS", "none",
                    "SENDSTATUS_ALERTS_OFF", "storage",
                    "SENDSTATUS_CHAT_URL", chat.url("/services/chat").toString(),
                    "BANDWIDTH_CALLBACK_USERNAME", "callbacks",
                    "BANDWIDTH_CALLBACK_PASSWORD", "hush-password");
            Configuration configuration = new ConfigurationLoader(Adapters.all(), environment, home).load();
            try (Application server = new Application(configuration, Adapters.all(), clock)) {
                assertThat(notUnderstood(server.port())).isEqualTo(200);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> ask("GET", server.port(), "/v1/quarantine")
                                .body()
                                .contains("\"bandwidth\""));
                clock.forward(Duration.ofMinutes(16));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> ask("GET", server.port(), "/v1/alerts?state=firing")
                                .body()
                                .contains("\"quarantine\""));
                clock.forward(Duration.ofSeconds(61));
                await().atMost(Duration.ofSeconds(30)).until(() -> chat.getRequestCount() == 1);
                assertThat(Objects.requireNonNull(chat.takeRequest().getBody()).utf8())
                        .contains("Warning: quarantine, bandwidth/bandwidth", "/ui/alerts/1");
            }
        }
    }

    private static int notUnderstood(int port) throws Exception {
        String credentials = Base64.getEncoder().encodeToString("callbacks:hush-password".getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/bandwidth"))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "[{\"type\":\"message-levitated\",\"message\":{\"id\":\"1\"}}]"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
