package dev.sendstatus.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.OutcomeCounts.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An alert does not cry wolf, and does cry. */
@Tag("slow")
class FalseAlarmTest {
    private static final int SENDERS = 50;
    private static final int DAYS = 28;
    private static final int MINUTES = 24 * 60;
    private static final List<Kind> KINDS = List.of(Kind.FAILED, Kind.SPAM_FILTER, Kind.OPT_OUT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fourWeeksOfFiftySendersGiveOneFalseAlarmAtMostAndASpikeIsTold(long seed) {
        List<Simulation> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Simulation(seed * 1_000 + i));
        }
        Random random = new Random(seed);
        Map<String, String> alarms = new HashMap<>();
        for (int day = 0; day < DAYS; day++) {
            int outage = random.nextInt(5) == 0 ? 8 * 60 + random.nextInt(12 * 60) : MINUTES;
            for (int minute = 0; minute < MINUTES; minute++) {
                boolean down = minute >= outage && minute < outage + 20;
                for (Simulation sender : senders) {
                    if (sender.minute(day, minute, down) > 0) {
                        alarm(sender, day, minute, alarms);
                    }
                }
            }
        }
        assertThat(alarms).hasSizeLessThanOrEqualTo(1);
        int told = 0;
        for (Simulation sender : senders) {
            told += minutesUntilTold(sender) <= 10 ? 1 : 0;
        }
        assertThat(told).isEqualTo(SENDERS);
    }

    private static void alarm(Simulation sender, int day, int minute, Map<String, String> alarms) {
        Instant now = Simulation.at(day, minute);
        for (Kind kind : KINDS) {
            Optional<Verdict> verdict = sender.verdict(kind, now);
            if (verdict.isPresent() && verdict.get().sure()) {
                alarms.put(sender.key.part() + " " + kind + " day " + day, verdict.get() + " at " + now);
            }
        }
    }

    /** A hundred messages, of which a spam filter takes thirty, settle within five minutes. */
    private static int minutesUntilTold(Simulation sender) {
        int begin = 12 * 60;
        for (int minute = 0; minute <= 10; minute++) {
            if (minute < 5) {
                sender.settleSpam(DAYS, begin + minute, 20, 6);
            }
            Optional<Verdict> verdict = sender.verdict(Kind.SPAM_FILTER, Simulation.at(DAYS, begin + minute));
            if (verdict.isPresent() && verdict.get().sure()) {
                return minute;
            }
        }
        return Integer.MAX_VALUE;
    }
}
