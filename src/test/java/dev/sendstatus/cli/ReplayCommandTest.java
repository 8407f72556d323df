package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.FixtureRequest;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
    private static final String FAILED = "SM0000000000000000000000000000000c";
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path home;

    @Test
    void whatAnEarlierVersionDidNotUnderstandBecomesTheMessagesState() throws Exception {
        quarantined("twilio/form-status-failed.request");
        quarantined("twilio/form-status-unknown.request");
        CliRun run = run("replay", "--quarantined");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .containsExactly(
                        "account read unchanged changed new events not understood left quarantine",
                        "twilio/twilio 2 0 1 1 1 1");
        assertThat(run("status", FAILED).out()).contains("ERROR", "30007", "replay");
    }

    @Test
    void aSecondReplayOfEverythingChangesNothing() throws Exception {
        quarantined("twilio/form-status-failed.request");
        assertThat(tally(run("replay", "--json")).path("new_events").asInt()).isEqualTo(1);
        JsonNode again = tally(run("replay", "--since", "2026-11-20", "--json"));
        assertThat(again.path("read").asInt()).isEqualTo(1);
        assertThat(again.path("unchanged").asInt()).isEqualTo(1);
        assertThat(again.path("new_events").asInt()).isZero();
        assertThat(run("replay", "--quarantined").out()).contains("No such callback is in quarantine.");
        assertThat(run("replay", "--since", "2026-11-21T00:00:00Z").out()).contains("No such callback is stored.");
    }

    @Test
    void whatCannotBeReadFromTheDiskIsExitCodeOneWithItsRemedy() throws Exception {
        quarantined("twilio/form-status-failed.request");
        try (Connection connection = DriverManager.getConnection(database());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE callback SET body = substr(body, 1, length(body) - 5)");
        }
        CliRun run = run("replay");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("1 callbacks could not be read").doesNotContain("\tat ");
    }

    @Test
    void withoutADatabaseThereIsNothingToReplay() {
        CliRun run = run("replay");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the first start of the server makes it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--since tomorrow", "--since 2026-02-30", "--until 2026-11-25", "everything"})
    void wrongUsageIsExitCodeTwo(String arguments) {
        CliRun run = run(("replay " + arguments).split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Help: sendstatus replay --help").doesNotContain("\tat ");
    }

    private static JsonNode tally(CliRun run) throws Exception {
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out()).path("accounts").path(0);
    }

    private void quarantined(String fixture) throws Exception {
        CallbackRequest request = FixtureRequest.read(Path.of("src/test/resources/provider", fixture));
        try (Store store = Store.open(new SqliteDialect(SqliteFile.of(new DatabaseSettings(database(), null, null))))) {
            store.commit(List.of(new Incoming(
                    new AccountName(new Provider("twilio"), "twilio"),
                    Source.WEBHOOK,
                    AT,
                    new RawCallback(request.method(), request.query(), request.mediaType(), request.body()),
                    List.of(),
                    "a status that is not known")));
        }
    }

    private String database() {
        return "jdbc:sqlite:" + home.resolve("test.db");
    }

    private CliRun run(String... arguments) {
        return CliRun.of(
                Adapters.all(),
                Map.of(
                        "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
                        "TWILIO_AUTH_TOKEN", "a-secret-token",
                        "SENDSTATUS_DATABASE_URL", database()),
                home,
                arguments);
    }
}
