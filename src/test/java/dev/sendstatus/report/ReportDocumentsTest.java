package dev.sendstatus.report;

import static dev.sendstatus.store.TextMessage.TELNYX;
import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.SpreadsheetCell;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StuckFlag.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportDocumentsTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-10");
    private static final Instant AS_OF = Instant.parse("2026-11-10T05:00:00Z");
    private static final StuckItem ITEM = item(TWILIO, "SM1", "+12025550100", "queued");

    @Test
    void documentIsReadAsItWasWritten() throws UnreadableReport {
        StuckReport report = report(7L, List.of(ITEM, item(TELNYX, "tx1", null, "sent")));
        StuckReport asOfNow = new StuckReport(
                null,
                AS_OF,
                AS_OF,
                AS_OF,
                ZoneId.of("UTC"),
                report.limits(),
                null,
                StuckGroups.of(List.of()),
                0,
                ResolvedLate.of(List.of()),
                new NeverReported(List.of()),
                List.of(),
                List.of(new SilentAccount(TELNYX, null, 3)));

        assertThat(reread(report)).isEqualTo(report);
        assertThat(reread(asOfNow)).isEqualTo(asOfNow);
    }

    /** What is kept stays readable, and programs rely on each name: the file is as the first version wrote it. */
    @Test
    void keptDocumentIsReadAndWrittenWordForWord() throws Exception {
        String kept = resource("kept.json");
        StuckReport report = report(7L, List.of(ITEM, item(TELNYX, "tx1", null, "sent")));
        assertThat(ReportDocuments.read(new KeptReport(DAY, AS_OF, kept))).isEqualTo(report);
        assertThat(ReportDocuments.render(report, ReportFormat.JSON)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "as_of",
                "since",
                "made_at",
                "time_zone",
                "thresholds",
                "total_day_before",
                "by_sender",
                "newly_stuck",
                "resolved_late",
                "never_reported",
                "messages"
            })
    void documentThatLacksAPartIsRefused(String part) throws Exception {
        ObjectNode document = (ObjectNode) new ObjectMapper().readTree(resource("kept.json"));
        document.remove(part);
        assertThatThrownBy(() -> ReportDocuments.read(new KeptReport(DAY, AS_OF, document.toString())))
                .isInstanceOf(UnreadableReport.class)
                .hasMessageNotContaining("+1202");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"as_of", "time_zone", "thresholds", "by_sender", "newly_stuck", "resolved_late", "messages"})
    void documentWithNothingWhereSomethingBelongsIsRefused(String part) throws Exception {
        ObjectNode document = (ObjectNode) new ObjectMapper().readTree(resource("kept.json"));
        document.putNull(part);
        assertThatThrownBy(() -> ReportDocuments.read(new KeptReport(DAY, AS_OF, document.toString())))
                .isInstanceOf(UnreadableReport.class);
    }

    @Test
    void aDocumentOfAVersionThatKnewNoSilencesIsRead() throws UnreadableReport {
        String document = ReportDocuments.render(report(7L, List.of(ITEM)), ReportFormat.JSON)
                .replaceFirst("\"silent\":\\[[^]]*],", "");
        assertThat(document).doesNotContain("1203");
        assertThat(ReportDocuments.read(new KeptReport(DAY, AS_OF, document)).silent())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TABLE", "HTML"})
    void aSilentProviderIsNamedOnceWithTheNumberOfMessagesItExplains(String format) {
        String document = ReportDocuments.render(report(7L, List.of(ITEM)), ReportFormat.valueOf(format));
        assertThat(document)
                .containsOnlyOnce("twilio/main: provider silent since 2026-11-09 21:40; 1,203 messages of these wait");
    }

    @Test
    void documentHasTheWordsThatProgramsRelyOn() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(ReportDocuments.render(report(7L, List.of(ITEM)), ReportFormat.JSON));
        assertThat(json.get("date").textValue()).isEqualTo("2026-11-10");
        assertThat(json.get("as_of").textValue()).isEqualTo("2026-11-10T05:00:00Z");
        assertThat(json.get("time_zone").textValue()).isEqualTo("Europe/Berlin");
        assertThat(json.get("total").longValue()).isEqualTo(1);
        assertThat(json.get("total_day_before").longValue()).isEqualTo(7);
        assertThat(json.get("difference").longValue()).isEqualTo(-6);
        assertThat(json.get("by_reason").toString())
                .isEqualTo("[{\"key\":\"accepted_or_queued\",\"label\":\"accepted or queued at the"
                        + " provider\",\"count\":1}]");
        assertThat(json.get("messages").get(0).toString())
                .isEqualTo("{\"provider\":\"twilio\",\"account\":\"main\",\"id\":\"SM1\",\"from\":\"+12025550100\","
                        + "\"to\":[\"+12025550123\"],\"waiting_since\":\"2026-11-09T20:00:00Z\",\"age_seconds\":32400,"
                        + "\"provider_status\":\"queued\",\"reason\":\"accepted_or_queued\"}");
        assertThat(json.get("resolved_late").get("count").longValue()).isEqualTo(1);
        assertThat(json.get("never_reported").get("count").longValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"date\":\"yesterday\"}", "null", "{\"date\":null,\"as_of\":7}"})
    void whatIsNoReportIsRefused(String document) {
        assertThatThrownBy(() -> ReportDocuments.read(new KeptReport(DAY, AS_OF, document)))
                .isInstanceOf(UnreadableReport.class);
    }

    @Test
    void csvHasAHeaderAndARowForEachStuckMessage() {
        assertThat(ReportDocuments.render(report(null, List.of(ITEM)), ReportFormat.CSV))
                .isEqualTo("provider,account,id,from,to,waiting_since,age_seconds,provider_status,reason\r\n"
                        + "twilio,main,SM1,+12025550100,+12025550123,2026-11-09T20:00:00Z,32400,queued,"
                        + "accepted_or_queued\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "+12025550100               | +12025550100",
                "+12025550100;+12025550101  | +12025550100;+12025550101",
                "12025550100                | 12025550100",
                "whatsapp:+12025550100      | whatsapp:+12025550100",
                "+1+cmd                     | '+1+cmd",
                "+1+1                       | '+1+1",
                "+                          | '+",
                "+A1                        | '+A1",
                "=1+1                       | '=1+1",
                "-1                         | '-1",
                "@SUM(A1)                   | '@SUM(A1)",
            })
    void spreadsheetRunsNothingAndPhoneNumbersStayReadable(String cell, String safe) {
        assertThat(SpreadsheetCell.safe(cell)).isEqualTo(safe);
    }

    @Test
    void spreadsheetRunsNothingBehindATabOrALineBreak() {
        assertThat(SpreadsheetCell.safe("\t=1")).isEqualTo("'\t=1");
        assertThat(SpreadsheetCell.safe("\r=1")).isEqualTo("'\r=1");
        assertThat(SpreadsheetCell.safe("\n=1")).isEqualTo("'\n=1");
    }

    @Test
    void tableAlignsItsColumnsAndSaysTheSentencesOfThePage() {
        String table = ReportDocuments.render(
                report(3L, List.of(ITEM, item(TELNYX, "a-much-longer-id", null, "sent"))), ReportFormat.TABLE);
        assertThat(table)
                .startsWith("Stuck messages of 2026-11-10, as of 2026-11-10 06:00 Europe/Berlin\n2 messages are stuck")
                .contains("That is 1 fewer than the day before, when there were 3.");
        List<String> rows = table.lines()
                .dropWhile(line -> !line.startsWith("Provider"))
                .limit(3)
                .toList();
        assertThat(rows.get(1).indexOf("+12025550100")).isEqualTo(rows.get(0).indexOf("From"));
        assertThat(rows.get(2).indexOf("+12025550123")).isEqualTo(rows.get(0).indexOf("To"));
    }

    @Test
    void tableNeverPassesControlCharactersToTheTerminal() {
        String table = ReportDocuments.render(
                report(null, List.of(item(TWILIO, "SM\u001b[2J\n", "a\u202eb", "x\u0007"))), ReportFormat.TABLE);
        assertThat(table)
                .contains("SM.[2J.")
                .contains("a.b")
                .contains("x.")
                .doesNotContain("\u001b", "\u202e", "\u0007");
    }

    @Test
    void pageEscapesWhatComesFromOutside() {
        String page = ReportDocuments.render(
                report(null, List.of(item(TWILIO, "<script>alert(1)</script>", "\"><img src=x>", "<b>"))),
                ReportFormat.HTML);
        assertThat(page).doesNotContain("<script", "<img", "<b>&").contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void pageNeedsNothingFromElsewhere() {
        String page = ReportDocuments.render(report(7L, List.of(ITEM)), ReportFormat.HTML);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("http:", "https:", "<link", "<script", "url(", "@import")
                .contains("1 message is stuck", "6 fewer than the day before", "sendstatus reconcile");
    }

    @Test
    void longListIsCutOnThePageOnlyAndThePageSaysWhereTheRestIs() {
        StuckReport report = report(null, Collections.nCopies(1_234, ITEM));
        String page = ReportDocuments.render(report, ReportFormat.HTML);
        // And one row of the list of those given up, whose columns are the same.
        assertThat(page.lines().filter(line -> line.contains("<td data-label=\"Waiting since\"")))
                .hasSize(1_001);
        assertThat(page).contains("And 234 messages more. The CSV form of this report has them all.");
        assertThat(ReportDocuments.render(report, ReportFormat.CSV).lines()).hasSize(1_235);
    }

    @Test
    void pageOfAQuietDaySaysSo() {
        assertThat(ReportDocuments.render(report(0L, List.of()), ReportFormat.HTML))
                .contains("No message is stuck.", "as many as the day before")
                .doesNotContain("What to do");
    }

    private static String resource(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ReportDocumentsTest.class.getResourceAsStream("/report/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static StuckReport reread(StuckReport report) throws UnreadableReport {
        return ReportDocuments.read(new KeptReport(DAY, AS_OF, ReportDocuments.render(report, ReportFormat.JSON)));
    }

    static StuckReport report(@Nullable Long dayBefore, List<StuckItem> stuck) {
        return new StuckReport(
                DAY,
                AS_OF,
                AS_OF.minus(Duration.ofDays(1)),
                AS_OF.plusSeconds(1),
                ZoneId.of("Europe/Berlin"),
                new StuckLimits(Duration.ofHours(6), Map.of(TELNYX, Duration.ofHours(2)), Duration.ofDays(7)),
                dayBefore,
                StuckGroups.of(stuck),
                4,
                ResolvedLate.of(List.of(new ResolvedItem(
                        TWILIO,
                        "SM9",
                        null,
                        AS_OF.minusSeconds(50_000),
                        AS_OF.minusSeconds(28_400),
                        Ending.FAILED,
                        AS_OF.minusSeconds(400)))),
                new NeverReported(List.of(item(TELNYX, "tx9", "ACME", "sent"))),
                stuck,
                List.of(new SilentAccount(TWILIO, AS_OF.minusSeconds(30_000), 1_203)));
    }

    static StuckItem item(AccountName account, String id, @Nullable String from, String status) {
        return new StuckItem(
                account,
                id,
                from,
                List.of("+12025550123"),
                AS_OF.minus(Duration.ofHours(9)),
                32_400,
                status,
                StuckReason.ACCEPTED_OR_QUEUED);
    }
}
