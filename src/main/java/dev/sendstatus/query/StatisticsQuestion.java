package dev.sendstatus.query;

import dev.sendstatus.store.StatisticsDimension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to the statistics, with all that is needed to answer it.
 *
 * @param since of a message's first event: then or later
 * @param until before then
 * @param by null: all messages together only
 * @param now the moment that decides which messages are stuck, and how old the waiting ones are
 */
public record StatisticsQuestion(
        Instant since, Instant until, @Nullable StatisticsDimension by, MessageDocument document, Instant now) {

    /** How much time is asked for where nobody says since when. */
    private static final Duration USUAL = Duration.ofHours(24);

    /**
     * From what a person or a program wrote; null where it wrote nothing. Until now, since a day before, and in no groups.
     *
     * @throws WrongParameter naming the mistake
     */
    public static StatisticsQuestion of(
            @Nullable String since, @Nullable String until, @Nullable String by, MessageDocument document, Instant now)
            throws WrongParameter {
        Instant end = until == null ? now : Times.moment("until", until, now);
        Instant start = since == null ? end.minus(USUAL) : Times.moment("since", since, now);
        if (!start.isBefore(end)) {
            throw new WrongParameter("since, " + start + ", is not before until, " + end + ".");
        }
        StatisticsDimension dimension =
                ParameterText.oneOf("by", by, List.of(StatisticsDimension.values()), StatisticsDimension::word);
        return new StatisticsQuestion(start, end, dimension, document, now);
    }
}
