package dev.sendstatus.query;

import dev.sendstatus.state.StuckLimits;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

    private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final String TIMES =
            "a time like 2026-11-25T12:00:00Z, or a day like 2026-11-25, which begins in UTC.";

    /** How much time is asked for where nobody says since when. */
    private static final Duration USUAL = Duration.ofHours(24);

    /**
     * From what a person or a program wrote; null where it wrote nothing. Until now, since a day before, and in no groups.
     *
     * @throws WrongParameter naming what is wrong
     */
    public static StatisticsQuestion of(
            @Nullable String since,
            @Nullable String until,
            @Nullable String by,
            MessageDocument document,
            StuckLimits limits,
            Instant now)
            throws WrongParameter {
        Instant end = until == null ? now : time("until", until);
        Instant start = since == null ? end.minus(USUAL) : time("since", since);
        if (!start.isBefore(end)) {
            throw new WrongParameter("since, " + start + ", is not before until, " + end + ".");
        }
        StatisticsDimension dimension = null;
        if (by != null) {
            dimension = StatisticsDimension.of(by)
                    .orElseThrow(() -> new WrongParameter("by is one of " + StatisticsDimension.words() + "."));
        }
        return new StatisticsQuestion(start, end, dimension, document, limits, now);
    }

    /** A moment with its offset, or a day in UTC; within the four digits of a year. A plus that was not encoded arrives as a blank. */
    private static Instant time(String name, String text) throws WrongParameter {
        try {
            Instant time = text.length() == "2026-11-25".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new WrongParameter(name + " is " + TIMES);
        }
        throw new WrongParameter(name + " is " + TIMES);
    }
}
