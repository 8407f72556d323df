package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("twilio"), "main");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ID = "SM0000000000000000000000000000000c";
    private static final String SENT = "MessageSid=" + ID + "&To=%2B12025550143&MessageStatus=sent";
    private static final String DELIVERED = "MessageSid=" + ID + "&To=%2B12025550143&MessageStatus=delivered";

    @TempDir
    private Path home;

    @BeforeEach
    void store() throws Exception {
        try (Store store = Store.open(new SqliteDialect(SqliteFile.of(new DatabaseSettings(database(), null, null))))) {
            store.commit(List.of(callback(SENT, Progress.SENT)));
            store.commit(List.of(callback(DELIVERED, Progress.DELIVERED)));
        }
    }

    @Test
    void rawCallbacksArePrintedAsTheyCameWhenTheyAreAskedFor() {
        assertThat(run("status", ID).out()).contains("DELIVERED").doesNotContain("MessageSid");
        CliRun run = run("status", ID, "--raw");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()
                        .lines()
                        .dropWhile(line -> !line.startsWith("--"))
                        .map(line -> line.replaceFirst("-- callback \\d+", "--")))
                .containsExactly(
                        "--, received 2026-11-25T12:00:00Z",
                        "POST ?campaign=7",
                        SENT,
                        "",
                        "--, received 2026-11-25T12:00:00Z",
                        "POST ?campaign=7",
                        DELIVERED);
    }

    @Test
    void inJsonTheyStandBesideTheHistory() throws Exception {
        CliRun run = run("status", ID, "--raw", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode document = JsonMapper.builder().build().readTree(run.out());
        assertThat(document.path("raw").findValuesAsText("body")).containsExactly(SENT, DELIVERED);
    }

    @Test
    void aMessageThatNothingHasNamedIsExitCodeOne() {
        CliRun run = run("status", "SM1", "--raw");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("has named the message SM1");
        assertThat(run.out()).isEmpty();
    }

    private static Incoming callback(String body, Progress progress) {
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(ACCOUNT.provider(), ID), Direction.OUTBOUND, progress, progress.name())
                .to("+12025550143")
                .build();
        RawCallback raw = new RawCallback(
                "POST", "campaign=7", "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
        return new Incoming(ACCOUNT, Source.WEBHOOK, NOON, raw, List.of(event), null);
    }

    private String database() {
        return "jdbc:sqlite:" + home.resolve("test.db");
    }

    private CliRun run(String... arguments) {
        return CliRun.of(Adapters.all(), Map.of("SENDSTATUS_DATABASE_URL", database()), home, arguments);
    }
}
