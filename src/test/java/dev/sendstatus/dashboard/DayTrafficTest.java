package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.state.Silence;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayTrafficTest {
    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-11-30T10:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                      | 0 callbacks since 00:00 UTC. The same day"
                        + " of the week before is not known yet.",
                "2026-11-30T10:1                                         | 1 callback since 00:00 UTC. The same day of"
                        + " the week before is not known yet.",
                "2026-11-29T23:9 2026-11-30T00:1 2026-11-30T10:2         | 3 callbacks since 00:00 UTC. The same day"
                        + " of the week before is not known yet.",
                "2026-11-20T00:5 2026-11-23T09:7 2026-11-30T10:2         | 2 callbacks since 00:00 UTC. Last Monday"
                        + " there were 7 by this time.",
                "2026-11-20T00:5 2026-11-23T10:8 2026-11-23T11:9         | 0 callbacks since 00:00 UTC. Last Monday"
                        + " there were 4 by this time.",
                "2026-10-01T00:5 2026-11-23T09:7 2026-11-09T00:1200      | 0 callbacks since 00:00 UTC. On the last 4"
                        + " Mondays there were 0 to 1,200 by this time."
            })
    void todayIsComparedWithTheSameDaysBefore(String hours, String text) {
        Map<Long, Long> callbacks = new HashMap<>();
        for (String hour : hours.isEmpty() ? new String[0] : hours.split(" ")) {
            int colon = hour.indexOf(':');
            Instant at = Instant.parse(hour.substring(0, colon) + ":00:00Z");
            callbacks.put(at.getEpochSecond() / 3_600, Long.valueOf(hour.substring(colon + 1)));
        }
        DayTraffic day = new DayTraffic(NOW);
        day.add(new Silence.History(NOW, callbacks, 0));
        assertThat(day.text()).isEqualTo(text);
    }
}
