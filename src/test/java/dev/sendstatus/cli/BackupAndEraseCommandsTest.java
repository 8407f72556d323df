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
import dev.sendstatus.retention.Pace;
import dev.sendstatus.retention.Retention;
import dev.sendstatus.retention.RetentionSettings;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupAndEraseCommandsTest {
    private static final Provider TWILIO = new Provider("twilio");
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path home;

    @Test
    void aBackupIsRestoredAndSaysWhatWasReplaced() throws Exception {
        fill("test.db", 0, 3, NOW);
        CliRun backup = run("backup", "copy.db");
        assertThat(backup.err()).isEmpty();
        assertThat(backup.code()).isZero();
        assertThat(backup.out()).contains("copy.db: 3 messages", "checked");
        fill("test.db", 3, 2, NOW);
        JsonNode restored = json(run("restore", "copy.db", "--json"));
        assertThat(restored.path("messages").asInt()).isEqualTo(3);
        assertThat(restored.path("replaced").asText()).contains("test.db.replaced-");
        assertThat(run("status", "SM2").code()).isZero();
        assertThat(run("status", "SM4").code()).isEqualTo(1);
    }

    @Test
    void whatIsThereIsNotOverwritten() throws Exception {
        fill("test.db", 0, 1, NOW);
        Files.writeString(home.resolve("copy.db"), "precious");
        CliRun run = run("backup", "copy.db");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("--force").doesNotContain("\tat ");
        assertThat(json(run("backup", "copy.db", "--force", "--json"))
                        .path("messages")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeRestoredIsExitCodeOneWithItsReason() throws Exception {
        fill("test.db", 0, 1, NOW);
        Files.writeString(home.resolve("notes.txt"), "some notes, long enough to be read");
        CliRun run = run("restore", "notes.txt");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is no SQLite database").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "restore"})
    void onPostgreSqlItsOwnToolsAreNamed(String command) {
        CliRun run = CliRun.of(
                Adapters.all(),
                Map.of("SENDSTATUS_DATABASE_URL", "jdbc:postgresql://localhost/sendstatus"),
                home,
                command,
                "copy.db");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("pg_basebackup").hasLineCount(2).contains("Help: ");
        assertThat(home.resolve("copy.db")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12025550199", "(202) 555-0199", "tel:+1-202-555-0199", "\u202a1 202 555 0199\u202c"})
    void aNumberIsErasedHoweverItIsWrittenAndWasRegistered(String written) throws Exception {
        Files.writeString(home.resolve("sends.csv"), "provider,id,to\ntwilio,SM7,(202) 555-0199\n");
        assertThat(run("import", "sends.csv").code()).isZero();
        assertThat(json(run("erase", written, "--yes", "--json"))
                        .path("messages")
                        .asInt())
                .isEqualTo(1);
        assertThat(run("status", "SM7").out()).contains("erased").doesNotContain("5550199");
    }

    @Test
    void whatIsNoNumberIsNotErasedAndSaysWhy() {
        CliRun run = run("erase", "1.20256E+10", "--yes");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("What was given was rounded by a spreadsheet");
        assertThat(run("erase", "555-0143", "--yes").err()).contains("write it with its country's code");
    }

    @Test
    void aNumberIsErasedOnceAndNeverPrintedWhole() throws Exception {
        fill("test.db", 0, 3, NOW);
        CliRun run = run("erase", "+1 202", "555-0143", "--yes");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .containsExactly("number messages recipients raw callbacks", "+*********43 3 3 3");
        assertThat(run("status", "SM1").out()).contains("erased").doesNotContain("2025550143");
        JsonNode again = json(run("erase", "12025550143", "--yes", "--json"));
        assertThat(again.path("messages").asInt()).isZero();
        assertThat(again.path("raw_callbacks").asInt()).isZero();
        assertThat(run("erase", "12025550143", "--yes").out()).contains("+*********43 is not here.");
    }

    @Test
    void withoutSomebodyToAskNothingIsErased() throws Exception {
        fill("test.db", 0, 1, NOW);
        CliRun run = run("erase", "+12025550143");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--yes").doesNotContain("2025550143");
        assertThat(run("status", "SM0").out()).contains("+12025550143");
    }

    @Test
    void aPersonIsToldWhichNumberAndHowManyMessagesBeforeItIsErased() throws Exception {
        fill("test.db", 0, 3, NOW);
        List<String> asked = new ArrayList<>();
        StringWriter err = new StringWriter();
        CliContext context = new CliContext(
                Adapters.all(),
                Map.of("SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + home.resolve("test.db")),
                "sendstatus",
                home,
                home,
                System.in,
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                Clock.fixed(NOW, ZoneOffset.UTC),
                CliContext.Terminal.NONE,
                (to, question) -> {
                    asked.add(question);
                    return Confirmation.Reply.NO;
                });
        assertThat(Cli.run(context, "erase", "1 (202) 555-0143")).isEqualTo(1);
        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("+12025550143: 3 messages to it, 0 messages from it.")
                .endsWith("Erase +12025550143 for ever?");
        assertThat(err).hasToString("Nothing was erased.\n");
        assertThat(run("status", "SM0").out()).contains("+12025550143");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5550143", "1025550143", "hello"})
    void whatIsNoWholeNumberIsExitCodeTwo(String number) {
        CliRun run = run("erase", number, "--yes");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("country").doesNotContain(number);
    }

    @Test
    void withoutADatabaseNothingIsMade() {
        CliRun erase = run("erase", "+12025550143", "--yes");
        assertThat(erase.code()).isEqualTo(1);
        assertThat(erase.err()).contains("no database").doesNotContain("\tat ");
        assertThat(run("backup", "copy.db").err()).contains("no database");
        assertThat(home).isEmptyDirectory();
    }

    /** A database from which old messages were removed answers like one that never had them. */
    @Test
    void afterRetentionEveryAnswerIsAsIfTheOldMessagesHadNeverBeen() throws Exception {
        Instant old = NOW.minus(Duration.ofDays(500));
        fill("test.db", 1_000, 700, old);
        fill("test.db", 0, 300, NOW.minus(Duration.ofHours(12)));
        fill("fresh.db", 0, 300, NOW.minus(Duration.ofHours(12)));
        try (Store store = Store.open(new SqliteDialect(file("test.db")))) {
            new Retention(
                            store,
                            new RetentionSettings(Duration.ofDays(30), Duration.ofDays(400)),
                            () -> NOW,
                            Pace.NONE,
                            new SimpleMeterRegistry())
                    .run();
        }
        for (String command : List.of(
                "export --format csv",
                "export --format jsonl --to +12025550143",
                "stats --by account --json --until " + NOW,
                "report stuck --format csv",
                "replay --json",
                "status SM1007")) {
            CliRun removed = run(command.split(" "));
            CliRun never = on("fresh.db", command.split(" "));
            assertThat(removed.code()).as(command).isEqualTo(never.code());
            assertThat(removed.out()).as(command).isEqualTo(never.out());
        }
    }

    private SqliteFile file(String name) {
        return SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + home.resolve(name), null, null));
    }

    private void fill(String database, int first, int count, Instant at) throws Exception {
        List<Incoming> batch = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            batch.add(new Incoming(
                    new AccountName(TWILIO, "twilio"),
                    Source.WEBHOOK,
                    at,
                    new RawCallback("POST", null, null, ("To=%2B12025550143&n=" + i).getBytes(StandardCharsets.UTF_8)),
                    List.of(DeliveryEvent.of(
                                    new MessageKey(TWILIO, "SM" + i), Direction.OUTBOUND, Progress.SENT, "sent")
                            .to("+12025550143")
                            .from("+12025550100")
                            .build()),
                    null));
        }
        try (Store store = Store.open(new SqliteDialect(file(database)))) {
            store.commit(batch);
        }
    }

    private static JsonNode json(CliRun run) throws Exception {
        assertThat(run.code()).as(run.err()).isZero();
        return new JsonMapper().readTree(run.out());
    }

    private CliRun run(String... arguments) {
        return on("test.db", arguments);
    }

    private CliRun on(String database, String... arguments) {
        return CliRun.at(
                Clock.fixed(NOW, ZoneOffset.UTC),
                Adapters.all(),
                Map.of(
                        "SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + home.resolve(database),
                        "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
                        "TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef"),
                home,
                arguments);
    }
}
