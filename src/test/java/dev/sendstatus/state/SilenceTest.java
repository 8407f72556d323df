package dev.sendstatus.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.state.Silence.Basis;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SilenceTest {
    /** A Wednesday, at the start of an hour. */
    private static final Instant NOW = Instant.parse("2026-11-25T15:00:00Z");

    private record Case(
            String name,
            @Nullable Duration lastAgo,
            long[] callbacksAnHourOfWeeksBefore,
            long unanswered,
            Basis basis,
            boolean silent) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(
            String name, @Nullable String lastAgo, long unanswered, Basis basis, boolean silent, long... weeks) {
        return new Case(name, lastAgo == null ? null : Duration.parse(lastAgo), weeks, unanswered, basis, silent);
    }

    static Stream<Case> cases() {
        return Stream.of(
                of("nothing ever, and no send known", null, 0, Basis.NEVER_HEARD, false),
                of("nothing ever, four sends wait", null, 4, Basis.NEVER_HEARD, false),
                of("nothing ever, five sends wait", null, 5, Basis.SENDS_UNANSWERED, true),
                of("heard of a minute ago", "PT1M", 0, Basis.RECENT, false, 500, 500, 500, 500),
                of("just within the patience", "PT29M59S", 99, Basis.RECENT, false, 500, 500, 500, 500),
                of("half an hour, when 20 an hour are usual", "PT30M", 0, Basis.UNUSUAL, true, 20, 20, 20, 20),
                of("half an hour, when 18 an hour are usual", "PT30M", 0, Basis.USUAL, false, 18, 18, 18, 18),
                of("an hour, when 18 an hour are usual", "PT1H", 0, Basis.UNUSUAL, true, 18, 18, 18, 18),
                of("a night, when nights are quiet", "PT8H", 0, Basis.USUAL, false, 0, 0, 0, 0),
                of("one of the weeks was quiet too", "PT4H", 0, Basis.USUAL, false, 900, 900, 0, 900),
                of("a single week is no habit", "PT4H", 0, Basis.NOTHING_TO_COMPARE, false, 900),
                of("two weeks are", "PT4H", 0, Basis.UNUSUAL, true, 900, 900),
                of("an account without a past", "PT4H", 0, Basis.NOTHING_TO_COMPARE, false),
                of("without a past, but sends wait", "PT4H", 5, Basis.SENDS_UNANSWERED, true),
                of("a quiet hour, but sends wait", "PT4H", 5, Basis.SENDS_UNANSWERED, true, 0, 0, 0, 0),
                of("a quiet hour, and one send waits", "PT4H", 1, Basis.USUAL, false, 0, 0, 0, 0),
                of("the clock went backwards", "-PT1H", 0, Basis.RECENT, false, 500, 500));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedByTheSameHoursOfTheWeeksBeforeAndBySendsWithoutAWord(Case one) {
        Instant last = one.lastAgo() == null ? null : NOW.minus(one.lastAgo());
        Map<Long, Long> hours = new HashMap<>();
        for (int week = 1; week <= one.callbacksAnHourOfWeeksBefore().length; week++) {
            week(hours, week, one.callbacksAnHourOfWeeksBefore()[week - 1]);
        }
        Silence silence = Silence.judge(new Silence.History(last, hours, one.unanswered()), NOW);
        assertThat(silence.basis()).isEqualTo(one.basis());
        assertThat(silence.silent()).isEqualTo(one.silent());
        assertThat(silence.since()).isEqualTo(last);
    }

    @Test
    void aSilenceOfThreeWeeksIsStillMeasuredByTheWeeksBeforeIt() {
        Instant last = NOW.minus(Duration.ofDays(21));
        Map<Long, Long> hours = new HashMap<>();
        for (int week = 4; week <= 8; week++) {
            week(hours, week, 50);
        }
        Silence silence = Silence.judge(new Silence.History(last, hours, 0), NOW);
        assertThat(silence.basis()).isEqualTo(Basis.UNUSUAL);
        assertThat(silence.expected()).isEqualTo(24 * 50);
        assertThat(silence.text()).contains("1200 callbacks");
    }

    @Test
    void theExpectedNumberIsThatOfThePoorestWeek() {
        Map<Long, Long> hours = new HashMap<>();
        week(hours, 1, 900);
        week(hours, 2, 40);
        week(hours, 3, 300);
        week(hours, 4, 300);
        Silence silence = Silence.judge(new Silence.History(NOW.minus(Duration.ofHours(2)), hours, 0), NOW);
        assertThat(silence.expected()).isEqualTo(80);
        assertThat(silence.seconds()).isEqualTo(7_200);
    }

    /** Zeros are kept as rows at the week's start only, as the table does: that the account was there is known by its oldest row. */
    private static void week(Map<Long, Long> hours, int weeksAgo, long anHour) {
        long start = NOW.minus(Duration.ofDays(7L * weeksAgo)).getEpochSecond() / 3_600 - 84;
        hours.put(start, 1L);
        for (long hour = start + 1; hour < start + 168; hour++) {
            if (anHour > 0) {
                hours.put(hour, anHour);
            }
        }
    }
}
