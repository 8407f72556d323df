package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.channel.Message;
import dev.sendstatus.channel.Note;
import dev.sendstatus.report.DailyReport;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The daily report from its day to what a channel sends. */
class ToldReportsTest {
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
    private static final LocalDate FIRST = LocalDate.parse("2026-11-02");
    private static final String SENDER = "+12025550100";
    private static final String PERSON = "+12025550143";

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private Instant now = Instant.parse("2026-11-02T06:00:00Z");

    private List<LocalDate> make(boolean onlyWhenStuck) throws StoreException {
        ReportSettings settings =
                new ReportSettings(LocalTime.of(6, 0), ZoneId.of("UTC"), List.of("email", "chat"), onlyWhenStuck);
        return new DailyReport(
                        database.store(),
                        database.reads(),
                        new StuckReports(database.reads(), LIMITS, settings),
                        settings,
                        () -> now)
                .makeDue();
    }

    private List<String> told(String channel) throws StoreException {
        return database.reads().notices().waiting(channel, now.plus(Duration.ofDays(9)), 100).stream()
                .map(Notice.Waiting::notice)
                .map(Notice::subject)
                .toList();
    }

    private void stuck(String id, Instant sentAt) throws StoreException {
        message(id).sentAt(sentAt);
    }

    private TextMessage message(String id) {
        return new TextMessage(database.store(), TextMessage.TWILIO, id, SENDER, PERSON);
    }

    private ToldReports toldReports() {
        ReportSettings settings = new ReportSettings(LocalTime.of(6, 0), ZoneId.of("UTC"));
        return new ToldReports(new StuckReports(database.reads(), LIMITS, settings), "https://status.example.com");
    }

    private Message message(@Nullable LocalDate before, boolean fullNumbers, LocalDate... days) throws StoreException {
        return toldReports()
                .message("ntc_1", now, List.of(days), before, fullNumbers)
                .orElseThrow();
    }

    private static Message.Mail mail(Message message) {
        return Objects.requireNonNull(message.mail());
    }

    @Test
    void eachDayIsToldEachChannelOnce() throws Exception {
        make(false);
        make(false);
        now = now.plus(Duration.ofDays(2));
        make(false);
        for (String channel : List.of("email", "chat")) {
            assertThat(told(channel)).containsExactly("report/2026-11-02", "report/2026-11-03", "report/2026-11-04");
        }
    }

    @Test
    void whereOnlyStuckDaysAreToldTheOthersAreKeptAndNotTold() throws Exception {
        make(true);
        stuck("SM1", now.plus(Duration.ofHours(1)));
        now = now.plus(Duration.ofDays(1));
        make(true);
        assertThat(told("email")).containsExactly("report/2026-11-03");
        assertThat(database.reads().reportDates()).hasSize(2);
    }

    @Test
    void theSubjectHasTheNumberAndItsChangeAgainstTheReportToldBefore() throws Exception {
        make(false);
        stuck("SM1", now.plus(Duration.ofHours(1)));
        stuck("SM2", now.plus(Duration.ofHours(2)));
        now = now.plus(Duration.ofDays(3));
        make(false);
        assertThat(message(null, false, FIRST).subject()).isEqualTo("[Sendstatus] Stuck messages of 2026-11-02: 0");
        assertThat(message(FIRST, false, FIRST.plusDays(1)).subject())
                .isEqualTo("[Sendstatus] Stuck messages of 2026-11-03: 2 (+2)");
        assertThat(message(FIRST.plusDays(1), false, FIRST.plusDays(2)).subject())
                .isEqualTo("[Sendstatus] Stuck messages of 2026-11-04: 2 (±0)");
        Message missed = message(FIRST, false, FIRST.plusDays(1), FIRST.plusDays(2), FIRST.plusDays(3));
        assertThat(missed.subject())
                .isEqualTo("[Sendstatus] Stuck messages of 2026-11-03, 2026-11-04 and 2026-11-05: 2 (+2)");
        assertThat(missed.notes().get(0).facts()).extracting(Note.Fact::label).contains("2026-11-03", "2026-11-04");
        assertThat(missed.data().toString())
                .contains(
                        "\"date\":\"2026-11-05\",\"dates\":[\"2026-11-03\",\"2026-11-04\",\"2026-11-05\"]",
                        "\"total\":2,\"difference\":2,\"compared_with\":\"2026-11-02\"",
                        "\"link\":\"https://status.example.com/ui/reports/2026-11-05\"");
        assertThat(missed.event()).isEqualTo("report.stuck");
        assertThat(mail(missed).html()).contains("2026-11-03", "2026-11-04", "2026-11-05");
        assertThat(mail(missed).attachmentName()).isEqualTo("stuck-2026-11-05.csv");
    }

    @Test
    void numbersAreMaskedEverywhereUnlessTheyAreAskedFor() throws Exception {
        stuck("SM1", now.minus(Duration.ofHours(10)));
        stuck("SM2", now.minus(Duration.ofHours(9)));
        message("SM2").deliveredAt(now.minus(Duration.ofMinutes(5)));
        make(false);
        Message masked = message(null, false, FIRST);
        List<String> texts = texts(masked);
        assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContain("2025550100", "2025550143"));
        assertThat(texts.subList(0, 3)).allSatisfy(text -> assertThat(text).contains("…0100", "…0143", "SM1"));
        assertThat(texts.subList(3, 5)).allSatisfy(text -> assertThat(text).contains("…0100"));
        assertThat(texts(message(null, true, FIRST)).subList(0, 3))
                .allSatisfy(text -> assertThat(text).contains(SENDER, PERSON));
    }

    private static List<String> texts(Message told) {
        String facts = told.notes().get(0).facts().toString();
        return Stream.of(
                        Jsoup.parse(mail(told).html()).text(),
                        mail(told).text(),
                        new String(mail(told).attachment(), StandardCharsets.UTF_8),
                        facts,
                        told.data().toString())
                .toList();
    }

    @Test
    void theLetterIsOneThatMailProgramsShow() throws Exception {
        stuck("<b>SM1</b>", now.minus(Duration.ofHours(10)));
        make(false);
        var html = Jsoup.parse(mail(message(null, false, FIRST)).html());
        assertThat(html.select("svg, script, style, link, img, b:contains(SM1)"))
                .isEmpty();
        assertThat(html.select("a")).hasSize(1);
        assertThat(html.select("table")).hasSizeGreaterThan(3);
        assertThat(html.text()).contains("1 message is stuck", "<b>SM1</b>");
        assertThat(html.html().length()).isLessThan(100_000);
    }

    @Test
    void aLongReportIsCutInTheLetterAndWholeInTheCompressedCsv() throws Exception {
        String long_ = "SM" + "x".repeat(240);
        for (int i = 0; i < 300; i++) {
            stuck(long_ + i, now.minus(Duration.ofHours(10)));
        }
        make(false);
        Message told = message(null, false, FIRST);
        assertThat(Jsoup.parse(mail(told).html()).text()).contains("200 messages more");
        assertThat(mail(told).text()).contains("Stuck, oldest first (300, the first 100)");
        assertThat(new String(mail(told).attachment(), StandardCharsets.UTF_8).lines())
                .hasSize(301);
        byte[] large = "x".repeat(5 << 20).getBytes(StandardCharsets.UTF_8);
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(ToldReports.compressed(large)))) {
            assertThat(unzipped.readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    void aReportThatIsGoneIsNotTold() throws Exception {
        assertThat(toldReports().message("ntc_1", now, List.of(FIRST), null, false))
                .isEmpty();
    }
}
