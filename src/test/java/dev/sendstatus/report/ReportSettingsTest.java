package dev.sendstatus.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportSettingsTest {

    @ParameterizedTest
    @CsvSource({
        // In spring the time does not exist and is moved on by an hour; in autumn it comes twice and is the first.
        "02:30, Europe/Berlin,     2026-03-29, 2026-03-29T01:30:00Z",
        "02:30, Europe/Berlin,     2026-10-25, 2026-10-25T00:30:00Z",
        "02:30, Europe/Berlin,     2026-10-26, 2026-10-26T01:30:00Z",
        "02:30, America/New_York,  2026-03-08, 2026-03-08T07:30:00Z",
        // New York puts its clocks back from two to one, so that half past one is the time that comes twice.
        "02:30, America/New_York,  2026-11-01, 2026-11-01T07:30:00Z",
        "01:30, America/New_York,  2026-11-01, 2026-11-01T05:30:00Z",
        "02:30, UTC,               2026-03-29, 2026-03-29T02:30:00Z",
    })
    void everyDayHasOneDueInstantEvenWhereTheClocksChange(String time, String zone, LocalDate date, Instant due) {
        assertThat(at(time, zone).dueAt(date)).isEqualTo(due);
    }

    @Test
    void latestDueTurnsAtTheInstantItself() {
        ReportSettings settings = at("06:00", "Europe/Berlin");
        assertThat(settings.latestDue(Instant.parse("2026-11-02T04:59:59.999Z")))
                .isEqualTo("2026-11-01");
        assertThat(settings.latestDue(Instant.parse("2026-11-02T05:00:00Z"))).isEqualTo("2026-11-02");
    }

    private static ReportSettings at(String time, String zone) {
        return new ReportSettings(LocalTime.parse(time), ZoneId.of(zone));
    }
}
