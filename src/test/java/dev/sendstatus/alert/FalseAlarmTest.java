package dev.sendstatus.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.OutcomeKey;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An alert does not cry wolf, and does cry. */
@Tag("slow")
class FalseAlarmTest {
    /** The day after the four weeks, a Monday, at noon. */
    private static final int DAYS = 28;

    private static final int NOON = 12 * 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fourWeeksOfFiftySendersGiveOneFalseAlarmAtMostAndWhatIsWrongIsTold(long seed) {
        Simulation simulation = new Simulation(seed);
        Map<String, Integer> falseAlarms = new TreeMap<>();
        for (int minute = 0; minute < DAYS * Simulation.MINUTES + NOON; minute++) {
            falseAlarms(simulation, minute / Simulation.MINUTES, minute % Simulation.MINUTES, falseAlarms);
        }
        assertThat(falseAlarms).hasSizeLessThanOrEqualTo(1);
        for (OutcomeKey key : simulation.targets()) {
            assertThat(minutesUntilTold(simulation.copy(), key))
                    .as("spam of " + key)
                    .isLessThanOrEqualTo(10);
        }
        assertThat(simulation.silent(DAYS, NOON + 28)).isFalse();
        assertThat(simulation.silent(DAYS, NOON + 31)).as("the webhook is dead").isTrue();
    }

    private static void falseAlarms(Simulation simulation, int day, int minute, Map<String, Integer> alarms) {
        simulation.minute(day, minute);
        for (String alert : simulation.told(day, minute)) {
            if (!simulation.isTrue(alert, minute)) {
                alarms.put(alert + " day " + day, minute);
            }
        }
        if (simulation.silent(day, minute)) {
            alarms.put("silence day " + day, minute);
        }
    }

    /** A hundred messages, of which a spam filter takes thirty, settle within five minutes. */
    private static int minutesUntilTold(Simulation simulation, OutcomeKey key) {
        for (int minute = 0; minute <= 10; minute++) {
            if (minute < 5) {
                simulation.minuteOfSpam(DAYS, NOON + minute, key);
            } else {
                simulation.minute(DAYS, NOON + minute);
            }
            // Where it makes all of the account worse, that alert names it.
            if (simulation.told(DAYS, NOON + minute).stream()
                    .anyMatch(alert -> alert.equals(Kind.SPAM_FILTER + " " + key)
                            || alert.equals(Kind.SPAM_FILTER + " " + Simulation.ACCOUNT))) {
                return minute;
            }
        }
        return Integer.MAX_VALUE;
    }
}
