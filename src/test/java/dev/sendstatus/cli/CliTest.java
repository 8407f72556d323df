package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.config.FakeAdapter;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "config --help", "config check --help", "simulate --help", "import --help", "--version"
            })
    void helpIsEverywhereAndIsNoFailure(String arguments) {
        CliRun run = run(Map.of(), arguments.split(" "));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("sendstatus");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "config check --x",
                "simulate --messages 0",
                "simulate --messages many",
                "simulate --provider twilo",
                "simulate --faults lte=0.1",
                "simulate --faults late=2",
                "simulate --url nowhere"
            })
    void wrongUsageIsExitCodeTwoWithHelp(String arguments) {
        CliRun run = run(Map.of(), arguments.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: sendstatus").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearestOne() {
        CliRun run = run(Map.of(), "confg", "check");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean: sendstatus config");
    }

    @Test
    void nothingToDoIsWrongUsageThatListsTheCommands() {
        CliRun run = run(Map.of());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("config", "simulate");
    }

    @Test
    void configCheckPrintsWhatIsInForce() {
        CliRun run = run(Map.of("SENDSTATUS_HTTP_PORT", "9090"), "config", "check");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("9090", "SENDSTATUS_HTTP_PORT", "TWILIO_AUTH_TOKEN");
    }

    @Test
    void configCheckListsEveryMistakeAndFails() {
        CliRun run = run(
                Map.of(
                        "SENDSTATUS_HTTP_PORT",
                        "x",
                        "SENDSTATUS_STUCK_GIVE_UP",
                        "y",
                        "SENDSTATUS_API_TOKEN",
                        "hush-hush-hush-hush"),
                "config",
                "check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("2 mistakes", "http.port", "stuck.give-up")
                .doesNotContain("\tat ");
        assertThat(run.out()).contains("(mistake)", "****").doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "status m1", "stats", "report stuck", "token list", "errors", "webhooks list"})
    void aDatabaseServerThatIsNotThereIsSaidWithoutItsSecrets(String arguments) throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        CliRun run = run(
                Map.of(
                        "SENDSTATUS_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + port + "/sendstatus?sslpassword=hush1",
                        "SENDSTATUS_DATABASE_USER",
                        "us",
                        "SENDSTATUS_DATABASE_PASSWORD",
                        "hush2"),
                arguments.split(" "));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("cannot be reached")
                .doesNotContain("hush")
                .doesNotContain("\tat ");
    }

    private CliRun run(Map<String, String> environment, String... arguments) {
        return CliRun.of(FakeAdapter.three(), environment, home, arguments);
    }
}
