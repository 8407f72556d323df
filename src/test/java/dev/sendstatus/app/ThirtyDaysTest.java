package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.jobs.JobTable;
import dev.sendstatus.jobs.JobTable.Kind;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thirty days of three nodes whose clocks differ, by more even than it takes to be counted as dead, and which die around the report
 * time, before, during and after their turn. Which store keeps the reports is not the question here (that is the contract of all
 * stores), so it is SQLite in both cases. {@code -Dsendstatus.jobs.seed=…} makes a run again.
 */
class ThirtyDaysTest {
    private static final long SEED = Long.getLong("sendstatus.jobs.seed", 20_261_101L);
    private static final ReportSettings REPORT = new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC);
    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-11-01");
    private static final int DAYS = 30;
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final Duration LONG_STEP = Duration.ofMinutes(20);

    private final Random random = new Random(SEED);
    private final List<MortalNode> nodes = new ArrayList<>();
    /** Late enough for all clocks to be in the first day: the day before would have a report too. */
    private Instant now = FIRST_DAY.atTime(1, 0).toInstant(ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void thirtyReportsEachOnceThoughNodesDieAroundTheReportTime(Kind kind) throws Exception {
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("store.db"), null, null));
        ExecutorService atOnce = Executors.newFixedThreadPool(3);
        try (JobTable table = JobTable.make(kind, folder);
                Store store = Store.open(new SqliteDialect(file));
                Reads reads = Reads.open(new SqliteDialect(file))) {
            for (int i = 0; i < 3; i++) {
                Duration offset = Duration.ofSeconds(random.nextInt(-90, 90));
                nodes.add(new MortalNode(table, store, reads, REPORT, () -> now.plus(offset)));
            }
            for (int day = 0; day < DAYS; day++) {
                Instant due = REPORT.dueAt(FIRST_DAY.plusDays(day));
                planDeaths(due);
                until(due.minus(Duration.ofMinutes(10)), LONG_STEP, atOnce);
                until(due.plus(Duration.ofMinutes(20)), STEP, atOnce);
                until(due.plus(Duration.ofHours(18)), LONG_STEP, atOnce);
            }

            List<LocalDate> expected =
                    FIRST_DAY.datesUntil(FIRST_DAY.plusDays(DAYS)).toList();
            List<LocalDate> made = new ArrayList<>();
            nodes.forEach(node -> made.addAll(node.made()));
            assertThat(made).as("seed %s", SEED).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(reads.reportDates()).containsExactlyInAnyOrderElementsOf(expected);
            int late = 0;
            for (LocalDate date : expected) {
                KeptReport report = reads.report(date).orElseThrow();
                Duration after = Duration.between(REPORT.dueAt(date), report.madeAt());
                assertThat(after).as("%s, by the maker's clock", date).isBetween(Duration.ZERO, Duration.ofHours(18));
                late += after.compareTo(Duration.ofMinutes(1)) > 0 ? 1 : 0;
            }
            // Else the test would have shown nothing.
            assertThat(nodes.stream().mapToInt(MortalNode::deathsInATurn).sum()).isGreaterThan(10);
            assertThat(late)
                    .as("reports that another node made, or the same one later")
                    .isGreaterThan(3);
        } finally {
            atOnce.shutdownNow();
        }
    }

    private void planDeaths(Instant due) {
        for (MortalNode node : nodes) {
            Instant at = due.plusSeconds(random.nextInt(-180, 240));
            Duration dead = random.nextInt(4) == 0
                    ? Duration.ofMinutes(random.nextInt(60, 600))
                    : Duration.ofSeconds(random.nextInt(30, 1_200));
            switch (random.nextInt(4)) {
                case 0 -> node.diesIdle(at, dead);
                case 1 -> node.diesAtTheStartOfATurn(due.minus(Duration.ofMinutes(3)), dead);
                case 2 -> node.diesAtTheEndOfATurn(due.minus(Duration.ofMinutes(3)), dead);
                default -> node.lives();
            }
        }
    }

    /** All nodes look at the same moment, each with a thread of its own, so that they do compete. */
    private void until(Instant end, Duration step, ExecutorService atOnce) throws Exception {
        for (; now.isBefore(end); now = now.plus(step)) {
            Instant moment = now;
            List<Callable<Boolean>> looks = new ArrayList<>();
            for (MortalNode node : nodes) {
                looks.add(() -> node.moment(moment));
            }
            for (Future<Boolean> look : atOnce.invokeAll(looks)) {
                look.get();
            }
        }
    }
}
