package dev.sendstatus.query;

import dev.sendstatus.state.StuckLimits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the statistics, and what is needed to answer.
 *
 * @param since of a message's first event: then or later
 * @param until before then
 * @param by null: all messages together only
 * @param now the moment that decides what is stuck, and how old what waits is
 */
public record StatisticsQuestion(
        Instant since,
        Instant until,
        @Nullable StatisticsDimension by,
        MessageDocument document,
        StuckLimits limits,
        Instant now) {

    /** How much time is asked for where nobody says since when. */
    public static final Duration USUAL = Duration.ofHours(24);
}
