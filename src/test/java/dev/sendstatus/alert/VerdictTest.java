package dev.sendstatus.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of the rates, each with a case on either side. */
class VerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static OutcomeCounts counts(Kind kind, long messages, long bad) {
        return new OutcomeCounts(
                messages,
                kind == Kind.FAILED ? bad : 0,
                kind == Kind.SPAM_FILTER ? bad : 0,
                kind == Kind.OPT_OUT ? bad : 0,
                kind == Kind.LATE ? bad : 0);
    }

    /** So many days of sixty messages, of which one is bad, and a worst one before them. */
    private static List<OutcomeCounts> days(Kind kind, int count, long worst) {
        List<OutcomeCounts> days = new ArrayList<>(Collections.nCopies(count - 1, counts(kind, 60, 1)));
        days.add(counts(kind, 60, worst));
        return days;
    }

    private static Optional<Verdict> verdict(Kind kind, List<OutcomeCounts> days, OutcomeCounts... looks) {
        List<OutcomeSeries.Batch> recent = new ArrayList<>();
        OutcomeCounts lately = OutcomeCounts.NONE;
        for (int i = 0; i < looks.length; i++) {
            Instant at = NOW.minus(Duration.ofMinutes(10L * (looks.length - i)));
            recent.add(new OutcomeSeries.Batch(i + 1, at, at.plusSeconds(60), looks[i]));
            lately = lately.plus(looks[i]);
        }
        return Verdict.of(kind, new OutcomeSeries(OutcomeKey.of(Simulation.ACCOUNT), recent, days, lately), NOW);
    }

    private static boolean sure(Optional<Verdict> verdict) {
        return verdict.isPresent() && verdict.get().sure();
    }

    @Test
    void theBoundOfTheDifferenceIsNewcombes() {
        // Newcombe 1998, method 10: 56 of 70 against 48 of 80 gives 0.0524 to 0.3339.
        double bound = Verdict.atLeastWorseBy(Kind.FAILED, counts(Kind.FAILED, 70, 56), counts(Kind.FAILED, 80, 48), 1);
        assertThat(bound).isCloseTo(0.0524, within(0.0001));
    }

    @ParameterizedTest
    @CsvSource({
        // kind, messages of a look, bad ones, worst day's of 60, days: told
        "FAILED, 50, 15, 1, 12, true",
        "FAILED, 49, 15, 1, 12, false",
        "FAILED, 50, 9, 1, 12, false",
        "FAILED, 50, 10, 1, 12, true",
        "FAILED, 100, 14, 1, 12, true",
        "FAILED, 100, 12, 1, 12, true",
        "FAILED, 100, 11, 1, 12, false",
        "OPT_OUT, 200, 14, 1, 12, true",
        "OPT_OUT, 200, 13, 1, 12, false",
        "FAILED, 200, 14, 1, 12, false",
        "FAILED, 50, 15, 1, 10, true",
        "FAILED, 50, 15, 1, 9, false",
        "FAILED, 50, 15, 20, 12, false",
        "LATE, 100, 15, 1, 12, true",
        "LATE, 100, 14, 1, 12, false"
    })
    void twoLooksAreWorseOrNot(Kind kind, long messages, long bad, long worst, int days, boolean told) {
        OutcomeCounts look = counts(kind, messages, bad);
        assertThat(sure(verdict(kind, days(kind, days, worst), look, look))).isEqualTo(told);
    }

    @Test
    void oneBadLookIsNotSure() {
        OutcomeCounts bad = counts(Kind.FAILED, 50, 25);
        OutcomeCounts good = counts(Kind.FAILED, 50, 1);
        List<OutcomeCounts> days = days(Kind.FAILED, 12, 1);
        for (OutcomeCounts[] looks :
                List.of(new OutcomeCounts[] {good, bad}, new OutcomeCounts[] {bad, good}, new OutcomeCounts[] {bad})) {
            Optional<Verdict> verdict = verdict(Kind.FAILED, days, looks);
            assertThat(verdict).isPresent();
            assertThat(sure(verdict)).isFalse();
        }
        assertThat(verdict(Kind.FAILED, days, good, good)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"50, 10, true", "50, 9, false", "49, 20, false"})
    void everyFifthOfFiftyTakenForSpamIsToldAtOnceAndWithoutAPast(long messages, long bad, boolean told) {
        assertThat(sure(verdict(Kind.SPAM_FILTER, List.of(), counts(Kind.SPAM_FILTER, messages, bad))))
                .isEqualTo(told);
        assertThat(verdict(Kind.FAILED, List.of(), counts(Kind.FAILED, messages, bad)))
                .isEmpty();
    }

    @Test
    void daysThatScatterMakeTheBoundsWider() {
        List<OutcomeCounts> scattered = new ArrayList<>();
        for (int day = 0; day < 12; day++) {
            scattered.add(counts(Kind.FAILED, 60, day % 3 == 0 ? 10 : 0));
        }
        OutcomeCounts look = counts(Kind.FAILED, 60, 20);
        assertThat(sure(verdict(Kind.FAILED, Collections.nCopies(12, counts(Kind.FAILED, 60, 3)), look, look)))
                .isTrue();
        assertThat(sure(verdict(Kind.FAILED, scattered, look, look))).isFalse();
    }
}
