package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.report.DailyReport;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.sweep.StuckSettings;
import dev.sendstatus.sweep.Sweeper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep and the daily report over days, on the real database, with the clock turned by hand. */
class StuckOverDaysTest {
    private static final Provider PROVIDER = new Provider("testtel");
    private static final AccountName ACCOUNT = new AccountName(PROVIDER, "main");
    private static final StuckSettings SETTINGS = new StuckSettings(
            new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7)), Duration.ofMinutes(5));
    private static final ReportSettings REPORT = new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC);
    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-11-25");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-24T20:00:00Z");

    @Test
    void aMessageIsFoundStuckIsReportedOnceResolvesLateOrIsGivenUp() throws Exception {
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("t.db"), null, null));
        try (Store store = Store.open(new SqliteDialect(file));
                Reads reads = Reads.open(new SqliteDialect(file))) {
            StuckReports reports = new StuckReports(reads, SETTINGS.limits(), REPORT);
            Sweeper sweeper = new Sweeper(store, reads, SETTINGS, () -> now);
            DailyReport daily = new DailyReport(store, reads, reports, REPORT, () -> now);
            say(store, "late", Progress.SENT);
            say(store, "never", Progress.SENT);
            say(store, "fine", Progress.SENT);
            say(store, "fine", Progress.DELIVERED);

            sweeper.sweep();
            assertThat(stuck(reads, "late")).isNull();

            now = Instant.parse("2026-11-25T06:00:00Z");
            sweeper.sweep();
            sweeper.sweep();
            assertThat(daily.makeDue()).containsExactly(FIRST_DAY);
            assertThat(daily.makeDue()).isEmpty();
            StuckView view = Objects.requireNonNull(stuck(reads, "late"));
            assertThat(view.ageSeconds()).isEqualTo(10 * 3600);
            StuckReport first = ReportDocuments.read(reads.report(FIRST_DAY).orElseThrow());
            assertThat(first.total()).isEqualTo(2);

            say(store, "late", Progress.DELIVERED);
            assertThat(stuck(reads, "late")).isNull();
            now = Instant.parse("2026-11-26T09:30:00Z");
            sweeper.sweep();
            assertThat(daily.makeDue()).containsExactly(FIRST_DAY.plusDays(1));
            StuckReport second =
                    ReportDocuments.read(reads.report(FIRST_DAY.plusDays(1)).orElseThrow());
            assertThat(second.total()).isEqualTo(1);
            assertThat(second.difference()).isEqualTo(-1);

            now = Instant.parse("2026-12-02T07:00:00Z");
            sweeper.sweep();
            assertThat(stuck(reads, "never")).isNull();
            assertThat(daily.makeDue()).hasSize(6).endsWith(LocalDate.parse("2026-12-02"));
            assertThat(reports.asOfNow(now).total()).isZero();
            assertThat(reads.report(FIRST_DAY))
                    .hasValueSatisfying(
                            kept -> assertThat(kept.madeAt()).isEqualTo(Instant.parse("2026-11-25T06:00:00Z")));
        }
    }

    private void say(Store store, String id, Progress progress) throws StoreException {
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(PROVIDER, id), Direction.OUTBOUND, progress, progress.name())
                .to("+12025550143")
                .build();
        RawCallback raw = new RawCallback("POST", null, null, new byte[] {1});
        store.commit(List.of(new Incoming(ACCOUNT, Source.WEBHOOK, now, raw, List.of(event), null)));
    }

    private @Nullable StuckView stuck(Reads reads, String id) throws StoreException {
        StoredMessage message = reads.message(new MessageKey(PROVIDER, id)).orElseThrow();
        return StuckView.of(message, now, SETTINGS.limits());
    }
}
