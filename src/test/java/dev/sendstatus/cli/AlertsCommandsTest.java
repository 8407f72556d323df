package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.config.FakeAdapter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsCommandsTest {
    @TempDir
    Path home;

    private String url;

    @BeforeEach
    void store() throws Exception {
        url = "jdbc:sqlite:" + home.resolve("some.db");
        try (Store store = Store.open(TestDatabase.dialect(new DatabaseSettings(url, null, null)))) {
            store.alerts()
                    .add(new Alert(
                            0,
                            "spam_filter",
                            "twilio/main campaign=vote",
                            Alert.State.PENDING,
                            Severity.WARNING,
                            Instant.parse("2026-11-30T12:00:00Z"),
                            null,
                            null,
                            0.3,
                            0.01,
                            100L,
                            List.of(),
                            "30 of 100 messages were taken for spam.",
                            "You: change the text.",
                            null,
                            null,
                            null,
                            null));
        }
    }

    @Test
    void whatIsWrongIsListedAndFitsTheScreen() {
        CliRun list = run("alerts", "list");
        assertThat(list.code()).isZero();
        assertThat(list.out())
                .contains("pending", "spam_filter", "twilio/main campaign=vote", "30 of 100", "You: change the text.");
        assertThat(list.out().lines().findFirst().orElse("").length()).isLessThanOrEqualTo(80);
        assertThat(run("alerts", "list", "--json").out()).contains("\"rule\" : \"spam_filter\"", "\"n\" : 100");
        assertThat(run("alerts", "list", "--state", "firing").out()).contains("There is none.");
        CliRun wrong = run("alerts", "list", "--state", "asleep");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("--state is one of pending, firing, resolved.");
    }

    @Test
    void oneThatFiresIsColouredOnATerminalOnly() throws Exception {
        try (Store store = Store.open(TestDatabase.dialect(new DatabaseSettings(url, null, null)));
                Reads reads = Reads.open(TestDatabase.dialect(new DatabaseSettings(url, null, null)))) {
            Alert pending = reads.alerts().open().get(0);
            Alert firing = pending.in(Alert.State.FIRING, Instant.parse("2026-11-30T12:05:00Z"));
            assertThat(store.alerts().change(pending, firing, null, List.of())).isTrue();
        }
        CliRun terminal = CliRun.with(
                Clock.systemUTC(),
                FakeAdapter.three(),
                Map.of("SENDSTATUS_DATABASE_URL", url),
                home,
                new StringWriter(),
                new CliContext.Terminal(true, false, 100, false),
                "alerts",
                "list");
        assertThat(terminal.out()).contains("\u001b[31mfiring\u001b[0m");
        assertThat(run("alerts", "list").out()).contains("firing").doesNotContain("\u001b");
    }

    @Test
    void anAlertIsSilencedUntilATimeToCome() {
        CliRun silenced = run("alerts", "silence", "1", "--until", "4h", "--comment", "the carrier knows");
        assertThat(silenced.code()).isZero();
        assertThat(run("alerts", "list").out()).contains("silenced", "the carrier knows");
        CliRun past = run("alerts", "silence", "1", "--until", "yesterday");
        assertThat(past.code()).isEqualTo(2);
        assertThat(past.err()).contains("--until must lie ahead");
        CliRun unknown = run("alerts", "silence", "9", "--until", "4h");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("alerts list");
    }

    private CliRun run(String... arguments) {
        return CliRun.of(FakeAdapter.three(), Map.of("SENDSTATUS_DATABASE_URL", url), home, arguments);
    }
}
