package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code alerts test}, without a server and without a database. */
class AlertsTestCommandTest {
    private final MockWebServer chat = new MockWebServer();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        chat.start();
        environment.put("SENDSTATUS_CHAT_URL", chat.url("/services/hush-secret").toString());
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    private CliRun run(String... arguments) {
        CliRun run = CliRun.of(Adapters.all(), environment, folder, arguments);
        assertThat(run.out() + run.err()).doesNotContain("hush");
        return run;
    }

    @Test
    void aChannelThatWorksIsExitCode0() throws Exception {
        chat.enqueue(new MockResponse.Builder().code(200).body("ok").build());
        CliRun run = run("alerts", "test", "chat");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Taken: HTTP 200 (").contains(" ms)");
        assertThat(chat.takeRequest().getBody().utf8()).contains("A test of the channel chat");
    }

    @Test
    void aChannelThatFailsIsExitCode1WithWhatItSaid() {
        chat.enqueue(new MockResponse.Builder()
                .code(404)
                .body("no_service at /services/hush-secret")
                .build());
        CliRun run = run("alerts", "test", "chat");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("Not taken: HTTP 404: no_service at …");
    }

    @Test
    void aChannelThatIsNotThereIsExitCode2WithThoseThatAre() {
        CliRun run = run("alerts", "test", "chet");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("There is no channel of the name chet: there are chat.");
        environment.clear();
        assertThat(run("alerts", "test", "chat").err())
                .contains("off is email; to switch it on, set SENDSTATUS_MAIL_TO");
    }
}
