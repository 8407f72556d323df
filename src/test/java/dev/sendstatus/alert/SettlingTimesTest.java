package dev.sendstatus.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlingTimesTest {
    /** Of a hundred final reports, so many take a minute and the others longer. */
    @ParameterizedTest
    @CsvSource({
        "95, PT1H, PT5M, PT5M",
        "94, PT10M, PT10M, PT30M",
        "94, PT1H, PT1H, PT3H",
        "94, PT2H, PT2H, PT6H",
        // Too few to tell.
        "90, PT0S, PT5M, PT5M"
    })
    void aMessageSettlesWith95Of100AndIsLateAfterThreeTimesThat(
            long quick, Duration slow, Duration settled, Duration late) {
        Map<Duration, Long> times = slow.isZero()
                ? Map.of(Duration.ofMinutes(1), quick)
                : Map.of(Duration.ofMinutes(1), quick, slow, 100 - quick);
        assertThat(SettlingTimes.of(times)).isEqualTo(new SettlingTimes(settled, late));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT30S", "PT31S, PT1M", "PT6M, PT7M30S", "PT9H, PT2H"})
    void aReceiptTimeIsKeptInTheNextStep(Duration took, Duration step) {
        assertThat(SettlingTimes.step(took)).isEqualTo(step);
    }
}
