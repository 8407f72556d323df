package dev.sendstatus.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            0    | -      | PT5S
            1    | -      | PT10S
            2    | -      | PT20S
            9    | -      | PT42M40S
            10   | -      | PT1H
            1000 | -      | PT1H
            0    | PT1S   | PT5S
            0    | PT8S   | PT8S
            0    | PT24H  | PT10S
            1000 | PT24H  | PT2H
            """)
    void probesGoOutAfterFiveSecondsAndThenHalfAsOftenUpToAnHour(int failed, Duration asked, Duration wait) {
        assertThat(Schedule.afterProbe(failed, asked)).isEqualTo(wait);
    }
}
