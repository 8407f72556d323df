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
import dev.sendstatus.query.AnswerFormat;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.SqlAnswer;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportAndStatsCommandTest {
    private static final Provider TWILIO = new Provider("twilio");

    @TempDir
    private Path home;

    @Test
    void theOutputIsCsvOfWhatMatches() throws Exception {
        fill();
        CliRun run = run("export", "--status", "ERROR");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().split("\r\n")).hasSize(2);
        assertThat(run.out()).startsWith("provider,account,id,").contains("\r\ntwilio,main,SM2,", ",ERROR,30007,");
    }

    @Test
    void aFileIsThereOnceAllIsInItAndReplacesAnOlderOne() throws Exception {
        fill();
        Path file = Files.writeString(home.resolve("all.jsonl"), "old");
        CliRun run = run("export", "--out", "all.jsonl");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("3 messages in");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        for (String line : lines) {
            assertThat(new JsonMapper().readTree(line).path("provider").asText())
                    .isEqualTo("twilio");
        }
        assertThat(parts()).isEmpty();
    }

    @Test
    void anExportThatFailsLeavesTheOlderFileAndNoPart() throws Exception {
        fill();
        Files.createDirectories(home.resolve("taken.csv/inside"));
        CliRun run = run("export", "--out", "taken.csv");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("taken.csv is a folder").doesNotContain("\tat ");
        assertThat(home.resolve("taken.csv/inside")).exists();
        assertThat(parts()).isEmpty();
    }

    @Test
    void anotherExportsPartIsNotTouched() throws Exception {
        fill();
        Files.writeString(home.resolve("all.csv.part"), "half");
        CliRun run = run("export", "--out", "all.csv");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("all.csv.part is there already");
        assertThat(home.resolve("all.csv.part")).hasContent("half");
        assertThat(home.resolve("all.csv")).doesNotExist();
    }

    @Test
    void aFileOfSqliteHasTheRowsOfTheViewsOfWhatMatches() throws Exception {
        fill();
        for (String filter : List.of("SENT", "ERROR", "DELIVERED")) {
            CliRun run = run("export", "--status", filter, "--format", "sqlite", "--out", "views.db");
            assertThat(run.code()).as(run.err()).isZero();
            Path file = home.resolve("views.db");
            for (String view :
                    List.of("messages", "recipients", "transitions", "message_tags", "message_link_domains")) {
                String rows = "SELECT * FROM " + view + " WHERE id IN (SELECT id FROM messages WHERE status = '"
                        + filter + "') ORDER BY 1, 2, 3";
                assertThat(asked(file, rows))
                        .as(view)
                        .isEqualTo(run("sql", rows, "--format", "csv").out());
                assertThat(asked(file, "SELECT count(*) AS n FROM " + view))
                        .as(view)
                        .isEqualTo("n\r\n" + (asked(file, rows).lines().count() - 1) + "\r\n");
            }
            assertThat(asked(file, "SELECT count(*) > 0 AS any FROM messages")).contains("1");
        }
        assertThat(parts()).isEmpty();
        assertThat(run("export", "--format", "sqlite").code()).isEqualTo(2);
        assertThat(run("export", "--format", "sqlite", "--out", "/dev/null").err())
                .contains("is no file");
    }

    /** As sql shows it. */
    private String asked(Path file, String sql) throws Exception {
        StringWriter text = new StringWriter();
        SqlAnswer answer = AnswerFormat.CSV.to(text);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(rows.getMetaData().getColumnName(i));
            }
            answer.columns(names);
            while (rows.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    Object value = rows.getObject(i);
                    values.add(value instanceof Double number ? BigDecimal.valueOf(number) : value);
                }
                answer.row(values);
            }
            answer.end();
        }
        return text.toString();
    }

    @Test
    void columnsAreThoseThatAreNamedInThatOrder() throws Exception {
        fill();
        CliRun run = run("export", "--columns", "errorCodes,id", "--columns", "sendStatus", "--status", "ERROR");
        assertThat(run.out()).isEqualTo("errorCodes,id,sendStatus\r\n30007,SM2,ERROR\r\n");
    }

    @Test
    void aSpreadsheetGetsAByteOrderMarkAndTimesThatItKnows() throws Exception {
        fill();
        CliRun run = run("export", "--excel", "--columns", "id,first_event_at,sent_at", "--out", "all.csv");
        assertThat(run.code()).as(run.err()).isZero();
        byte[] bytes = Files.readAllBytes(home.resolve("all.csv"));
        assertThat(bytes).startsWith(0xef, 0xbb, 0xbf);
        assertThat(new String(bytes, StandardCharsets.UTF_8)
                        .substring(1)
                        .lines()
                        .toList())
                .first()
                .isEqualTo("id,first_event_at,sent_at");
        assertThat(new String(bytes, StandardCharsets.UTF_8).lines().skip(1))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).matches("SM\\d,\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,"));
        assertThat(run("export").out()).doesNotContain("\ufeff").contains("T").startsWith("provider");
    }

    @Test
    void columnsThatAreNoneAndFormsWithoutColumnsAreWrongUsage() throws Exception {
        fill();
        CliRun unknown = run("export", "--columns", "id,state");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("--columns has \"state\", which is no column; there are provider, account");
        assertThat(run("export", "--columns", "id,id").err()).contains("--columns has id twice");
        assertThat(run("export", "--format", "jsonl", "--excel").err()).contains("for --format csv");
    }

    @Test
    void wrongOptionsAreExitCodeTwoAndNamed() throws Exception {
        fill();
        assertThat(run("export", "--format", "xml").code()).isEqualTo(2);
        assertThat(run("export", "--link-domain", "").err()).contains("--link-domain is empty");
        CliRun status = run("export", "--status", "LOST");
        assertThat(status.code()).isEqualTo(2);
        assertThat(status.err()).contains("--status is one of SENT, ERROR, DELIVERED");
        CliRun by = run("stats", "--by", "week");
        assertThat(by.code()).isEqualTo(2);
        assertThat(by.err()).contains("--by is one of provider, account");
    }

    @Test
    void withoutADatabaseBothSayWhatMakesOne() {
        for (String command : List.of("export", "stats")) {
            CliRun run = run(command);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the first start of the server makes it")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void statisticsAreAnAlignedTableWithARowForAll() throws Exception {
        fill();
        CliRun run = run("stats", "--by", "error_code");
        assertThat(run.code()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(2)).startsWith("error_code").endsWith("cost");
        assertThat(lines.get(3)).startsWith("(none)").containsPattern("^\\(none\\) +2 +1 +0 +1 +50.0 +0.0");
        assertThat(lines.get(4)).startsWith("twilio 30007 ");
        assertThat(lines.get(5)).containsPattern("^all +3 +1 +1 +1 +33.3 +33.3");
        assertThat(lines.subList(2, 6))
                .extracting(String::length)
                .containsOnly(lines.get(2).length());
        assertThat(run.out()).contains("up to 6 h");
    }

    @Test
    void statisticsInJsonAreTheApis() throws Exception {
        fill();
        CliRun run = run("stats", "--json");
        JsonNode document = new JsonMapper().readTree(run.out());
        assertThat(document.path("total").path("messages").asLong()).isEqualTo(3);
        assertThat(document.path("total").path("status").path("ERROR").asLong()).isEqualTo(1);
        assertThat(document.path("groups")).isEmpty();
    }

    private void fill() throws StoreException {
        Instant at = Instant.now().minus(2, ChronoUnit.HOURS);
        try (Store store = Store.open(new SqliteDialect(SqliteFile.of(
                new DatabaseSettings("jdbc:sqlite:" + home.resolve("data/sendstatus.db"), null, null))))) {
            store.commit(List.of(
                    incoming(at, event("SM1", Progress.SENT, "sent")),
                    incoming(at, event("SM2", Progress.FAILED, "undelivered").errorCode("30007")),
                    incoming(at, event("SM3", Progress.DELIVERED, "delivered"))));
        }
    }

    private static DeliveryEvent.Builder event(String id, Progress progress, String status) {
        return DeliveryEvent.of(new MessageKey(TWILIO, id), Direction.OUTBOUND, progress, status)
                .to("+12025550143");
    }

    private static Incoming incoming(Instant at, DeliveryEvent.Builder event) {
        return new Incoming(
                new AccountName(TWILIO, "main"),
                Source.WEBHOOK,
                at,
                new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8)),
                List.of(event.build()),
                null);
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private CliRun run(String... arguments) {
        return CliRun.of(Adapters.all(), Map.of(), home, arguments);
    }
}
