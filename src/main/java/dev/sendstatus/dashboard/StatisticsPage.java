package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Recent.Counted;
import dev.sendstatus.dashboard.StatisticsGrid.Sort;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the messages of a time. The parameters are those of {@code GET /v1/stats}; {@code sort} names a column of the table, and
 * {@code compare} asks for the time before as well.
 *
 * @param breakdowns the same time in other groups
 * @param counted null while it is counted for the first time
 * @param compare the page that compares; null if this one does
 */
public record StatisticsPage(
        List<Choice> form,
        List<Way> ranges,
        List<Way> breakdowns,
        Freshness freshness,
        @Nullable StatisticsFigures counted,
        @Nullable String compare,
        String json) {

    static final String PATH = "/ui/statistics";

    private static final String TODAY = "today";
    private static final Set<String> PARAMETERS = Set.of("since", "until", "by", "sort", "compare");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FINE = Duration.ofDays(2);
    /** So many are counted in a fraction of a second. */
    private static final long COMPARED_UNASKED = 200_000;

    static StatisticsPage of(Api api, Visit visit, Counts counts) throws StoreException, WrongParameter {
        Map<String, List<String>> given = given(visit);
        StatisticsAnswer.Asked asked = asked(visit);
        Sort sort = ParameterText.oneOf("sort", visit.query("sort"), Sort.values());
        Instant now = visit.now();
        Place place = new Place(PATH, given);
        Counted<StatisticsAnswer> count = counts.statistics(asked, now);
        Freshness freshness = Freshness.of(count, now);
        StatisticsFigures figures = null;
        String compare = null;
        if (count != null) {
            JsonNode answer = count.value().more();
            Instant since = Instant.parse(answer.path("since").asText());
            Instant until = Instant.parse(answer.path("until").asText());
            Duration back =
                    DAY.multipliedBy(Math.max(1, (Duration.between(since, until).toMillis() - 1) / DAY.toMillis() + 1));
            JsonNode before = null;
            if ("true".equals(visit.query("compare")) || few(answer.path("total"))) {
                Counted<StatisticsAnswer> earlier = counts.statistics(
                        new StatisticsAnswer.Asked(
                                since.minus(back).toString(), until.minus(back).toString(), null),
                        now);
                before = earlier == null ? null : earlier.value().more().path("total");
                freshness = freshness.and(earlier == null);
            } else {
                compare = place.with("compare", "true").url();
            }
            figures = StatisticsFigures.of(api, answer, before, back, sort, place, now);
        }
        return new StatisticsPage(
                form(asked), ranges(asked, place), breakdowns(asked, place), freshness, figures, compare, json(asked));
    }

    private static boolean few(JsonNode total) {
        return total.path("messages").asLong() + total.path("inbound").asLong() <= COMPARED_UNASKED;
    }

    /** The document of the API. */
    static JsonNode json(Api api, Visit visit, Counts counts) throws StoreException, WrongParameter {
        given(visit);
        StatisticsAnswer.Asked asked = asked(visit);
        Counted<StatisticsAnswer> count = counts.statistics(asked, visit.now());
        return count == null
                ? StatisticsAnswer.of(asked.question(api, visit.now()), api.reads())
                        .document()
                : count.value().document();
    }

    private static Map<String, List<String>> given(Visit visit) throws WrongParameter {
        Map<String, List<String>> given = visit.queryWithout();
        ParameterText.check(given, PARAMETERS);
        return given;
    }

    /** Today by the hour, where nothing else is said; long times by the day. */
    private static StatisticsAnswer.Asked asked(Visit visit) {
        String since = visit.query("since");
        String until = visit.query("until");
        String by = visit.query("by");
        if (since == null && until == null) {
            since = TODAY;
        }
        return new StatisticsAnswer.Asked(since, until, by == null ? fine(visit, since, until) : by);
    }

    private static String fine(Visit visit, @Nullable String since, @Nullable String until) {
        try {
            Instant from = since == null ? visit.now() : Times.moment("since", since, visit.now());
            Instant end = until == null ? visit.now() : Times.moment("until", until, visit.now());
            return Duration.between(from, end).compareTo(FINE) > 0 ? "day" : "hour";
        } catch (WrongParameter e) {
            // The question itself names the mistake.
            return "hour";
        }
    }

    private static String json(StatisticsAnswer.Asked asked) {
        return Place.of(PATH + "/json")
                .with("since", asked.since())
                .with("until", asked.until())
                .with("by", asked.by())
                .url();
    }

    private static List<Choice> form(StatisticsAnswer.Asked asked) {
        return List.of(
                Choice.text("since", "Since", asked.since(), "24h, yesterday, 2026-11-25"),
                Choice.text("until", "Until", asked.until(), "now"),
                new Choice(
                        "by",
                        "By",
                        String.valueOf(asked.by()),
                        Arrays.stream(StatisticsDimension.values())
                                .map(StatisticsDimension::word)
                                .toList(),
                        ""));
    }

    private static List<Way> breakdowns(StatisticsAnswer.Asked asked, Place place) {
        return Stream.of(
                        StatisticsDimension.HOUR,
                        StatisticsDimension.DAY,
                        StatisticsDimension.CARRIER,
                        StatisticsDimension.FROM,
                        StatisticsDimension.CAMPAIGN,
                        StatisticsDimension.LINK_DOMAIN,
                        StatisticsDimension.ERROR_CODE)
                .map(by -> new Way(
                        StatisticsGrid.title(by),
                        place.with("by", by.word()).url(),
                        by.word().equals(asked.by())))
                .toList();
    }

    private static List<Way> ranges(StatisticsAnswer.Asked asked, Place place) {
        return List.of(
                range("Today", TODAY, null, asked, place),
                range("Yesterday", "yesterday", TODAY, asked, place),
                range("7 days", "7d", null, asked, place),
                range("28 days", "28d", null, asked, place));
    }

    private static Way range(
            String word, String since, @Nullable String until, StatisticsAnswer.Asked asked, Place place) {
        boolean here =
                since.equals(asked.since()) && (until == null ? asked.until() == null : until.equals(asked.until()));
        return new Way(word, place.with("since", since).with("until", until).url(), here);
    }
}
