package dev.sendstatus.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Job OFTEN = Job.every(Duration.ofMinutes(5), "often", () -> {});
    private static final Job SELDOM =
            Job.every(Duration.ofHours(1), "seldom", () -> {}).seldom(Duration.ofMinutes(1));

    @Test
    void aTurnFollowsTheEndOfTheOneBefore() {
        assertThat(OFTEN.next(NOON)).isEqualTo("2026-11-25T12:05:00Z");
    }

    @Test
    void aTimeOfDayComesBeforeTheEndOfTheInterval() {
        Job job = OFTEN.alsoAt(end -> NOON.plusSeconds(20));
        assertThat(job.next(NOON)).isEqualTo(NOON.plusSeconds(20));
        assertThat(OFTEN.alsoAt(end -> NOON.plusSeconds(999)).next(NOON)).isEqualTo(NOON.plusSeconds(300));
    }

    @Test
    void aFailureIsTriedAgainAfterAMinuteOrAtTheNextTurn() {
        assertThat(SELDOM.retry(NOON)).isEqualTo(NOON.plusSeconds(60));
        assertThat(Job.every(Duration.ofSeconds(2), "quick", () -> {}).retry(NOON))
                .isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void aStartBringsATurnForwardOrLeavesIt() {
        assertThat(OFTEN.atStart(NOON, NOON.plusSeconds(200))).isEqualTo(NOON);
        assertThat(SELDOM.atStart(NOON, NOON.plusSeconds(200))).isEqualTo(NOON.plusSeconds(200));
    }

    @Test
    void aStartObeysAnIntervalThatWasShortened() {
        assertThat(SELDOM.atStart(NOON, NOON.plusSeconds(7_200))).isEqualTo(NOON.plusSeconds(3_600));
    }

    @Test
    void aTurnThatIsDueWaitsAfterAStartIfTheJobWantsThat() {
        assertThat(SELDOM.atStart(NOON, NOON.minusSeconds(500))).isEqualTo(NOON.plusSeconds(60));
        assertThat(OFTEN.atStart(NOON, NOON.minusSeconds(500))).isEqualTo(NOON.minusSeconds(500));
        assertThat(SELDOM.first(NOON)).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatThrownBy(() -> Job.every(Duration.ZERO, "endless", () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("endless");
    }

    @Test
    void aDeadNodesJobIsTakenOverWithinTwoMinutesAndShortIntervalsAreKept() {
        JobTiming timing = JobTiming.of(List.of(OFTEN, SELDOM));
        Duration dead = timing.heartbeat().multipliedBy(timing.missedHeartbeats());
        Duration noticed = dead.plus(timing.heartbeat().multipliedBy(2));
        assertThat(noticed.plus(timing.polling())).isLessThan(Duration.ofMinutes(2));
        assertThat(JobTiming.of(List.of(Job.every(Duration.ofSeconds(1), "quick", () -> {})))
                        .polling())
                .isEqualTo(Duration.ofMillis(500));
    }
}
