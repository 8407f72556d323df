package dev.sendstatus.report;

import static dev.sendstatus.store.TextMessage.TWILIO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyReportTest {
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private Instant now = Instant.EPOCH;

    @Test
    void firstReportOfAllIsMadeOnceTheTimeHasComeAndNotBefore() throws StoreException {
        DailyReport daily = daily("06:00", "UTC");
        now = Instant.parse("2026-11-02T05:59:59.999Z");
        assertThat(daily.makeDue()).isEmpty();
        now = Instant.parse("2026-11-02T06:00:00Z");
        assertThat(daily.makeDue()).containsExactly(LocalDate.parse("2026-11-02"));
    }

    @Test
    void reportThatIsKeptIsNeverChangedNorMadeAgain() throws StoreException {
        DailyReport daily = daily("06:00", "UTC");
        now = Instant.parse("2026-11-02T06:00:00Z");
        daily.makeDue();
        KeptReport kept = database.reads().report(LocalDate.parse("2026-11-02")).orElseThrow();

        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(now.minus(Duration.ofDays(1)));
        now = now.plusSeconds(60);
        assertThat(daily.makeDue()).isEmpty();
        assertThat(database.reads().report(LocalDate.parse("2026-11-02"))).contains(kept);
    }

    @Test
    void restartAtTheReportTimeMakesNoSecondReport() throws StoreException {
        now = Instant.parse("2026-11-02T06:00:00Z");
        assertThat(daily("06:00", "UTC").makeDue()).hasSize(1);
        assertThat(daily("06:00", "UTC").makeDue()).isEmpty();
        now = Instant.parse("2026-11-03T06:00:00Z");
        assertThat(daily("06:00", "UTC").makeDue()).containsExactly(LocalDate.parse("2026-11-03"));
    }

    @Test
    void missedDaysAreMadeUpForAsOfTheTimesAtWhichTheyWereDue() throws StoreException {
        DailyReport daily = daily("06:00", "UTC");
        now = Instant.parse("2026-11-02T06:00:00Z");
        TextMessage.in(database.store(), TWILIO, "SM1").sentAt(Instant.parse("2026-11-03T12:00:00Z"));
        daily.makeDue();
        now = Instant.parse("2026-11-05T09:30:00Z");

        assertThat(daily.makeDue())
                .extracting(LocalDate::toString)
                .containsExactly("2026-11-03", "2026-11-04", "2026-11-05");
        assertThat(kept("2026-11-03").total()).isZero();
        assertThat(kept("2026-11-04").total()).isEqualTo(1);
        assertThat(kept("2026-11-04").newlyStuck()).isEqualTo(1);
        assertThat(kept("2026-11-04").asOf()).isEqualTo("2026-11-04T06:00:00Z");
        assertThat(kept("2026-11-04").madeAt()).isEqualTo(now);
        assertThat(kept("2026-11-05").difference()).isZero();
        assertThat(kept("2026-11-05").newlyStuck()).isZero();
    }

    @Test
    void yesterdaysReportIsMadeUpForBeforeTodaysTimeHasCome() throws StoreException {
        DailyReport daily = daily("06:00", "UTC");
        now = Instant.parse("2026-11-02T06:00:00Z");
        daily.makeDue();
        now = Instant.parse("2026-11-04T01:00:00Z");

        assertThat(daily.makeDue()).containsExactly(LocalDate.parse("2026-11-03"));
    }

    @Test
    void afterALongOutageTheOldestDaysAreLeftOut() throws StoreException {
        DailyReport daily = daily("06:00", "UTC");
        now = Instant.parse("2026-01-01T06:00:00Z");
        daily.makeDue();
        now = Instant.parse("2026-11-02T07:00:00Z");

        List<LocalDate> made = daily.makeDue();
        assertThat(made).hasSize(31);
        assertThat(made.get(0)).isEqualTo("2026-10-03");
        assertThat(made.get(30)).isEqualTo("2026-11-02");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,    2026-03-27T00:00:00Z", "Europe/Berlin,    2026-10-23T00:00:00Z",
        "America/New_York, 2026-03-06T05:00:00Z", "America/New_York, 2026-10-30T05:00:00Z",
    })
    void everyDayGetsOneReportWhileTheClocksChange(String zone, Instant start) throws StoreException {
        DailyReport daily = daily("02:30", zone);
        List<LocalDate> made = new ArrayList<>();
        for (now = start; now.isBefore(start.plus(Duration.ofDays(5))); now = now.plus(Duration.ofMinutes(5))) {
            made.addAll(daily.makeDue());
        }

        LocalDate first = made.get(0);
        assertThat(made)
                .containsExactlyElementsOf(first.datesUntil(first.plusDays(5)).toList());
        for (LocalDate date : made.subList(1, 5)) {
            assertThat(kept(date.toString()).since())
                    .isEqualTo(kept(date.minusDays(1).toString()).asOf());
        }
    }

    @Test
    void twoNodesKeepOneReportADay() throws Exception {
        now = Instant.parse("2026-11-02T06:00:00Z");
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<List<LocalDate>> node = () -> {
            DailyReport daily = daily("06:00", "UTC");
            together.await();
            return daily.makeDue();
        };
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<LocalDate> made = new ArrayList<>();
            for (Future<List<LocalDate>> one : nodes.invokeAll(List.of(node, node))) {
                made.addAll(one.get());
            }
            assertThat(made).containsExactly(LocalDate.parse("2026-11-02"));
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void laterReportTimeDoesNotMakeTodaysReportAgain() throws StoreException {
        now = Instant.parse("2026-11-02T06:00:00Z");
        daily("06:00", "UTC").makeDue();
        now = Instant.parse("2026-11-02T08:00:00Z");
        assertThat(daily("08:00", "UTC").makeDue()).isEmpty();
        now = Instant.parse("2026-11-03T08:00:00Z");
        assertThat(daily("08:00", "UTC").makeDue()).containsExactly(LocalDate.parse("2026-11-03"));
        // 26 hours: nothing falls between two reports.
        assertThat(kept("2026-11-03").since()).isEqualTo("2026-11-02T06:00:00Z");
    }

    @Test
    void earlierReportTimeMakesTodaysReportAtOnceIfItHasPassed() throws StoreException {
        now = Instant.parse("2026-11-02T08:00:00Z");
        daily("08:00", "UTC").makeDue();
        now = Instant.parse("2026-11-03T07:00:00Z");
        assertThat(daily("08:00", "UTC").makeDue()).isEmpty();
        assertThat(daily("06:00", "UTC").makeDue()).containsExactly(LocalDate.parse("2026-11-03"));
    }

    @Test
    void zoneThatIsAheadMakesNoDayTwiceAndLeavesNoneOut() throws StoreException {
        now = Instant.parse("2026-11-02T11:00:00Z");
        assertThat(daily("06:00", "America/New_York").makeDue()).containsExactly(LocalDate.parse("2026-11-02"));
        now = Instant.parse("2026-11-02T17:00:00Z");
        assertThat(daily("06:00", "Pacific/Kiritimati").makeDue()).containsExactly(LocalDate.parse("2026-11-03"));
        assertThat(daily("06:00", "America/New_York").makeDue()).isEmpty();
        now = Instant.parse("2026-11-04T11:00:00Z");
        assertThat(daily("06:00", "America/New_York").makeDue()).containsExactly(LocalDate.parse("2026-11-04"));
    }

    @Test
    void zoneThatIsFarAheadNeverCountsBackwards() throws StoreException {
        now = Instant.parse("2026-11-02T18:00:00Z");
        daily("06:00", "-12:00").makeDue();
        now = Instant.parse("2026-11-02T18:00:01Z");
        daily("06:00", "+14:00").makeDue();

        assertThat(kept("2026-11-03").since()).isEqualTo(kept("2026-11-03").asOf());
    }

    private StuckReport kept(String date) throws StoreException {
        try {
            return ReportDocuments.read(
                    database.reads().report(LocalDate.parse(date)).orElseThrow());
        } catch (UnreadableReport e) {
            throw new AssertionError("the report of " + date + " is read as it was written", e);
        }
    }

    private DailyReport daily(String time, String zone) {
        ReportSettings settings = settings(time, zone);
        StuckReports reports = new StuckReports(database.reads(), LIMITS, settings);
        return new DailyReport(database.store(), database.reads(), reports, settings, () -> now);
    }

    private static ReportSettings settings(String time, String zone) {
        return new ReportSettings(LocalTime.parse(time), ZoneId.of(zone));
    }
}
