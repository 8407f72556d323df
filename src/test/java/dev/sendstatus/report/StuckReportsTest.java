package dev.sendstatus.report;

import static dev.sendstatus.store.TextMessage.TELNYX;
import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StuckReportsTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-10");
    private static final Instant DUE = Instant.parse("2026-11-10T06:00:00Z");
    private static final StuckLimits LIMITS =
            new StuckLimits(Duration.ofHours(6), Map.of(TELNYX, Duration.ofHours(2)), Duration.ofDays(7));

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private StuckReports reports;

    @BeforeEach
    void open() {
        reports = new StuckReports(database.reads(), LIMITS, new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC));
    }

    @Test
    void asOfNowNeedsNoSweep() throws StoreException {
        message("young").sentAt(hoursBefore(5));
        message("due").sentAt(hoursBefore(6));
        message("old").sentAt(hoursBefore(167));
        message("given up").sentAt(hoursBefore(168));
        message("given up long ago").sentAt(hoursBefore(400));
        TextMessage.in(database.store(), TELNYX, "sooner").sentAt(hoursBefore(2));
        message("delivered").sentAt(hoursBefore(9)).deliveredAt(hoursBefore(8));
        message("unconfirmed").sentAt(hoursBefore(9)).unconfirmedAt(hoursBefore(8));

        StuckReport report = reports.asOfNow(DUE);
        assertThat(ids(report.stuck())).containsExactly("old", "due", "sooner");
        assertThat(ids(report.neverReported().messages())).containsExactly("given up");
        assertThat(report.total()).isEqualTo(3);
        assertThat(report.date()).isNull();
        assertThat(report.difference()).isNull();
        assertThat(report.groups().byProvider())
                .containsExactly(new Group("twilio", "Twilio", 2), new Group("telnyx", "Telnyx", 1));
        assertThat(report.groups().byAge())
                .extracting(Group::key)
                .containsExactly("under_12_hours", "under_6_hours", "under_7_days");
    }

    @Test
    void asOfNowTakesASettledMessageAsSettledThoughItsProvidersClockRunsAhead() throws StoreException {
        TextMessage message = message("SM1").sentAt(hoursBefore(9));
        flag(message, hoursBefore(9));
        message.deliveredAt(DUE.plusSeconds(30));

        StuckReport report = reports.asOfNow(DUE);
        assertThat(report.stuck()).isEmpty();
        assertThat(report.resolvedLate().count()).isEqualTo(1);
    }

    @Test
    void anAccountOfWhichNothingCameIsNamedOnceWithAllItsMessages() throws StoreException {
        message("SM1").sentAt(hoursBefore(9));
        message("SM2").sentAt(hoursBefore(8));
        TextMessage.in(database.store(), TELNYX, "tx1").sentAt(hoursBefore(9));
        TextMessage.add(database.store(), TELNYX, Source.WEBHOOK, hoursBefore(1));

        StuckReport report = reports.asOfNow(DUE);
        assertThat(report.silent()).containsExactly(new SilentAccount(TWILIO, hoursBefore(8), 2));
        assertThat(report.stuck()).hasSize(3);
    }

    @Test
    void itemSaysWhatIsKnown() throws StoreException {
        message("SM1").acceptedAt(hoursBefore(9));
        TextMessage.add(database.store(), TWILIO, Source.WEBHOOK, hoursBefore(1));

        assertThat(reports.asOfNow(DUE).stuck())
                .containsExactly(new StuckItem(
                        TWILIO,
                        "SM1",
                        "+12025550100",
                        List.of("+12025550123"),
                        hoursBefore(9),
                        32_400,
                        "accepted",
                        StuckReason.ACCEPTED_OR_QUEUED));
    }

    @Test
    void whatIsStuckIsSaidByTheLimitsOfNowWhateverASweepHasNoted() throws StoreException {
        TextMessage message = message("SM1").sentAt(hoursBefore(48));
        database.store()
                .flag(List.of(flagOf(message, hoursBefore(48)).ended(StuckFlag.Ending.NEVER_REPORTED, hoursBefore(2))));

        StuckReport report = reports.asOfNow(DUE);
        assertThat(ids(report.stuck())).containsExactly("SM1");
        assertThat(report.neverReported().messages()).isEmpty();
    }

    @Test
    void dayIsComparedWithTheReportOfTheDayBeforeAndTheFiguresAddUp() throws StoreException {
        TextMessage stays = message("stays").sentAt(hoursBefore(40));
        TextMessage delivered = message("delivered").sentAt(hoursBefore(41));
        TextMessage failed = message("failed").sentAt(hoursBefore(42));
        TextMessage old = message("old").sentAt(hoursBefore(160));
        for (TextMessage message : List.of(stays, delivered, failed)) {
            flag(message, hoursBefore(40));
        }
        flag(old, hoursBefore(160));
        keep(DAY.minusDays(1));
        delivered.deliveredAt(hoursBefore(20));
        failed.failedAt(hoursBefore(10));
        message("new").sentAt(hoursBefore(7));
        StuckReports later = new StuckReports(
                database.reads(),
                new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofHours(150)),
                new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC));

        StuckReport report = later.ofDay(DAY, DUE);
        assertThat(report.totalDayBefore()).isEqualTo(4);
        assertThat(ids(report.stuck())).containsExactly("stays", "new");
        assertThat(report.newlyStuck()).isEqualTo(1);
        assertThat(report.resolvedLate().count()).isEqualTo(2);
        // Shortening the limit took it off the list: it is told all the same.
        assertThat(ids(report.neverReported().messages())).containsExactly("old");
        assertThat(report.difference()).isEqualTo(1 - 2 - 1);
    }

    @Test
    void latenessIsHowLongTheyWereStuck() throws StoreException {
        for (int i = 1; i <= 4; i++) {
            TextMessage message = message("SM" + i).sentAt(hoursBefore(20));
            flag(message, hoursBefore(20));
            message.deliveredAt(hoursBefore(14 - i));
        }

        ResolvedLate resolved = reports.ofDay(DAY, DUE).resolvedLate();
        assertThat(resolved.medianLatenessSeconds()).isEqualTo(2 * 3600);
        assertThat(resolved.maxLatenessSeconds()).isEqualTo(4 * 3600);
        assertThat(resolved.byEnding()).containsExactly(new Group("delivered", "delivered", 4));
    }

    @Test
    void messageWhoseDeliveryOfLongAgoIsLearntOnlyNowIsToldAsResolved() throws StoreException {
        TextMessage message = message("SM1").sentAt(hoursBefore(60));
        keep(DAY.minusDays(1));
        message.say(Progress.DELIVERED, Source.RECONCILIATION, hoursBefore(59), hoursBefore(3));

        StuckReport report = reports.ofDay(DAY, DUE);
        assertThat(report.stuck()).isEmpty();
        assertThat(report.resolvedLate().messages())
                .extracting(ResolvedItem::latenessSeconds)
                .containsExactly(0L);
    }

    @Test
    void reportMadeLateListsWhatWasStuckWhenItWasDue() throws StoreException {
        TextMessage since = message("delivered since").sentAt(hoursBefore(8));
        flag(since, hoursBefore(8));
        since.deliveredAt(DUE.plusSeconds(3_600));
        TextMessage before = message("delivered before").sentAt(hoursBefore(9));
        flag(before, hoursBefore(9));
        before.deliveredAt(hoursBefore(1));
        message("still open").sentAt(hoursBefore(10));
        message("due since").sentAt(hoursBefore(5));
        TextMessage givenUpSince = message("given up since").sentAt(hoursBefore(160));
        database.store()
                .flag(List.of(flagOf(givenUpSince, hoursBefore(160))
                        .ended(StuckFlag.Ending.NEVER_REPORTED, DUE.plus(Duration.ofHours(8)))));

        StuckReport report = reports.ofDay(DAY, DUE.plus(Duration.ofDays(2)));
        assertThat(ids(report.stuck())).containsExactly("given up since", "still open", "delivered since");
        assertThat(report.stuck().get(2).providerStatus()).isEqualTo("sent");
        assertThat(report.stuck().get(2).ageSeconds()).isEqualTo(8 * 3600);
        assertThat(report.neverReported().messages()).isEmpty();
        assertThat(report.resolvedLate().messages())
                .extracting(item -> item.message().id())
                .containsExactly("delivered before");
        assertThat(report.asOf()).isEqualTo(DUE);
    }

    @Test
    void reportOfTheDayBeforeThatCannotBeReadIsNotComparedWith() throws StoreException {
        database.store()
                .keep(new KeptReport(DAY.minusDays(1), DUE, "{\"report\":\"of another kind\"}"), List.of(), DUE);

        assertThat(reports.ofDay(DAY, DUE).totalDayBefore()).isNull();
    }

    private void keep(LocalDate date) throws StoreException {
        Instant at = DUE.minus(Duration.ofDays(1));
        database.store().keep(new KeptReport(date, at, ReportJson.write(reports.ofDay(date, at))), List.of(), at);
    }

    private TextMessage message(String id) {
        return TextMessage.in(database.store(), TWILIO, id);
    }

    private void flag(TextMessage message, Instant waitingSince) throws StoreException {
        database.store().flag(List.of(flagOf(message, waitingSince)));
    }

    private static StuckFlag flagOf(TextMessage message, Instant waitingSince) {
        Instant due = waitingSince.plus(Duration.ofHours(6));
        return new StuckFlag(
                message.key(),
                message.account(),
                message.from(),
                waitingSince,
                due,
                due,
                StuckReason.SENT_NO_RECEIPT,
                null,
                null);
    }

    private static List<String> ids(List<StuckItem> items) {
        return items.stream().map(item -> item.message().id()).toList();
    }

    private static Instant hoursBefore(int hours) {
        return DUE.minus(Duration.ofHours(hours));
    }
}
