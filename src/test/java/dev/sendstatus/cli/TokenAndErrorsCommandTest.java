package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.config.FakeAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenAndErrorsCommandTest {
    @TempDir
    Path home;

    @Test
    void aTokenIsShownOnceListedWithoutItselfAndRevoked() {
        CliRun made = run("token", "create", "crm", "--scope", "read");
        assertThat(made.code()).isZero();
        assertThat(made.out().strip()).matches("sst_[A-Za-z0-9_-]{43}");
        CliRun list = run("token", "list");
        assertThat(list.out()).contains("crm", "read", "never").doesNotContain("sst_");
        CliRun again = run("token", "create", "crm", "--scope", "write");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("revoke crm");
        assertThat(run("token", "revoke", "crm").code()).isZero();
        assertThat(run("token", "revoke", "crm").code()).isEqualTo(1);
        assertThat(run("token", "list").out()).doesNotContain("crm");
    }

    @Test
    void wrongUsageOfTokensAndErrorsIsExitCodeTwo() {
        assertThat(run("token", "create", "crm").code()).isEqualTo(2);
        assertThat(run("token", "create", "crm", "--scope", "all").err()).contains("read or write");
        assertThat(run("token", "create", "a b", "--scope", "read").code()).isEqualTo(2);
        assertThat(run("errors", "twilo", "30007").code()).isEqualTo(2);
    }

    @Test
    void aCodeIsExplainedWithoutAnyDatabase() {
        CliRun run = run("errors", "twilio", "30008");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("30008", "meaning", "advice", "charged when failed", "seen");
        assertThat(run("errors", "bandwidth", "4770", "--json").out()).contains("\"category\" : \"spam_filter\"");
        assertThat(run("errors", "bandwidth", "4999").out()).contains("Unknown code");
        assertThat(run("errors", "telnyx").out()).contains("40300").doesNotContain("30008");
    }

    @Test
    void anOwnFileIsReadAndItsMistakesStopEveryCommandWithTheirLines() throws Exception {
        Files.writeString(home.resolve("codes.csv"), "provider,code,title\nbandwidth,4999,made-up\n");
        Map<String, String> environment = Map.of("SENDSTATUS_ERRORS_FILE", "codes.csv");
        assertThat(CliRun.of(FakeAdapter.three(), environment, home, "errors", "bandwidth", "4999")
                        .out())
                .contains("made-up");
        Files.writeString(
                home.resolve("codes.csv"), "provider,code,charged\nbandwidth,4770,yes\ntwilio,30007,perhaps\n");
        CliRun wrong = CliRun.of(FakeAdapter.three(), environment, home, "config", "check");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("codes.csv:3", "charged is yes, no, unknown");
        CliRun missing = CliRun.of(
                FakeAdapter.three(), Map.of("SENDSTATUS_ERRORS_FILE", "nowhere.csv"), home, "config", "check");
        assertThat(missing.err()).contains("SENDSTATUS_ERRORS_FILE", "errors.file", "does not exist");
    }

    private CliRun run(String... arguments) {
        return CliRun.of(FakeAdapter.three(), Map.of(), home, arguments);
    }
}
