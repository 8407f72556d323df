package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.dashboard.StatisticsGrid.Sort;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the page of statistics that are counted.
 *
 * @param groups empty where no message was heard of
 * @param chart {@code line} for a course of time, else {@code bar}
 * @param hours null where the groups are stretches of time themselves
 * @param failuresBy whose failures cost most
 */
public record StatisticsFigures(
        String sentence,
        List<Figure> figures,
        List<Figure> latencies,
        String by,
        Grid groups,
        String chart,
        String leftOut,
        @Nullable HeatMap hours,
        String failures,
        List<Way> failuresBy,
        String open,
        @Nullable String openHref,
        Grid waiting) {

    /**
     * The figures of an answer.
     *
     * @param before the totals of the time before; null if it is not compared
     * @param back how long before that is
     * @param place where they stand
     */
    static StatisticsFigures of(
            Api api,
            JsonNode answer,
            @Nullable JsonNode before,
            Duration back,
            @Nullable Sort sort,
            Place place,
            Instant now) {
        JsonNode total = answer.path("total");
        StatisticsDimension by = StatisticsDimension.of(answer.path("by").asText())
                .orElseThrow(() -> new IllegalStateException("the page always asks for groups"));
        CountedList lists = new CountedList(answer);
        long open = 0;
        for (JsonNode step : total.path("waiting")) {
            open += step.path("messages").asLong();
        }
        return new StatisticsFigures(
                sentence(answer, before == null ? null : back, now),
                figures(total, before, lists),
                latencies(total, before),
                by(by),
                StatisticsGrid.of(
                        api,
                        answer,
                        by,
                        sort,
                        column -> place.with("sort", column == null ? null : ParameterText.word(column))
                                .url(),
                        lists),
                by.time() ? "line" : "bar",
                StatisticsGrid.leftOut(answer),
                by.time() ? null : HeatMap.of(api, answer, by, lists),
                failures(total),
                failuresBy(place, by),
                Figures.messages(open) + (open == 1 ? " still waits" : " still wait") + " for an end.",
                open == 0 ? null : lists.total("status", "SENT", "unconfirmed", "false"),
                waiting(total));
    }

    /** {@code By sender}. */
    private static String by(StatisticsDimension dimension) {
        String title = StatisticsGrid.title(dimension);
        return "By " + title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    private static String sentence(JsonNode answer, @Nullable Duration back, Instant now) {
        Instant since = Instant.parse(answer.path("since").asText());
        Instant until = Instant.parse(answer.path("until").asText());
        long inbound = answer.path("total").path("inbound").asLong();
        return "Messages that were first heard of from " + Moment.of(since, now).absolute() + " until "
                + Moment.of(until, now).absolute() + "."
                + (inbound == 0 ? "" : " Not counted here: " + Figures.messages(inbound) + " that came in.")
                + (back == null ? "" : " Before is the same time " + Figures.duration(back.toSeconds()) + " earlier.");
    }

    /** The most important ones of an answer. */
    static List<Figure> few(JsonNode answer) {
        JsonNode total = answer.path("total");
        List<Figure> few =
                new ArrayList<>(figures(total, null, new CountedList(answer)).subList(0, 4));
        few.add(latency(total, null, 95));
        return few;
    }

    /** How many messages there were, and what became of them. */
    private static List<Figure> figures(JsonNode total, @Nullable JsonNode before, CountedList lists) {
        List<Figure> figures = new ArrayList<>();
        long messages = total.path("messages").asLong();
        figures.add(figure(messages, "messages", before(before, "messages"), lists.total(), Kind.PLAIN));
        figures.add(figure(
                total.path("status").path("DELIVERED").asLong(),
                "delivered, " + StatisticsAnswer.rate(total.path("delivery_rate")),
                before(before, "delivery_rate"),
                lists.total("status", "DELIVERED"),
                Kind.GOOD));
        figures.add(figure(
                total.path("status").path("ERROR").asLong(),
                "failed, " + StatisticsAnswer.rate(total.path("error_rate")),
                before(before, "error_rate"),
                lists.total("status", "ERROR"),
                Kind.BAD));
        figures.add(figure(
                total.path("status").path("SENT").asLong(), "sent", "", lists.total("status", "SENT"), Kind.OPEN));
        figures.add(figure(
                total.path("unconfirmed").asLong(),
                "unconfirmed",
                before(before, "unconfirmed"),
                lists.total("unconfirmed", "true"),
                Kind.PLAIN));
        figures.add(figure(
                total.path("stuck").asLong(),
                "stuck now",
                "",
                lists.total("stuck", "true"),
                total.path("stuck").asLong() == 0 ? Kind.PLAIN : Kind.WARNING));
        figures.add(figure(
                total.path("never_reported").asLong(),
                "never reported",
                before(before, "never_reported"),
                null,
                Kind.PLAIN));
        return figures;
    }

    private static Figure figure(long number, String label, String note, @Nullable String href, Kind kind) {
        return new Figure(Figures.number(number), label, note, href, kind);
    }

    private static String before(@Nullable JsonNode before, String name) {
        if (before == null) {
            return "";
        }
        if (before.path("messages").asLong() == 0) {
            return name.equals("messages") ? "before: none" : "";
        }
        JsonNode value = before.path(name);
        return "before: " + (name.endsWith("_rate") ? StatisticsAnswer.rate(value) : Figures.number(value.asLong()));
    }

    private static List<Figure> latencies(JsonNode total, @Nullable JsonNode before) {
        return Stream.of(50, 90, 95, 99)
                .map(percent -> latency(total, before, percent))
                .toList();
    }

    private static Figure latency(JsonNode total, @Nullable JsonNode before, int percent) {
        String name = "p" + percent;
        JsonNode then = before == null ? null : before.path("latency_ms").path(name);
        return new Figure(
                StatisticsAnswer.latency(total.path("latency_ms").path(name)),
                percent + " % final within (" + name + ")",
                then == null || !then.isNumber() ? "" : "before: " + StatisticsAnswer.latency(then),
                null,
                Kind.PLAIN);
    }

    private static String failures(JsonNode total) {
        long charged = total.path("charged_failures").asLong();
        JsonNode cost = total.path("charged_failures_cost");
        JsonNode all = total.path("cost");
        return Figures.number(charged) + (charged == 1 ? " failure is" : " failures are") + " charged, "
                + Figures.number(total.path("uncharged_failures").asLong()) + " not; of "
                + Figures.number(total.path("failures_of_unknown_charge").asLong()) + " it is not known. "
                + (cost.isEmpty()
                        ? "No provider named the price of a charged one."
                        : "The charged ones cost " + StatisticsAnswer.cost(cost)
                                + ", as far as the providers named their prices.")
                + (all.isEmpty() ? "" : " All messages together cost " + StatisticsAnswer.cost(all) + ".");
    }

    private static List<Way> failuresBy(Place place, StatisticsDimension now) {
        List<Way> ways = new ArrayList<>();
        for (StatisticsDimension by :
                List.of(StatisticsDimension.LINK_DOMAIN, StatisticsDimension.FROM, StatisticsDimension.CAMPAIGN)) {
            ways.add(new Way(
                    by(by),
                    place.with("by", by.word())
                            .with("sort", ParameterText.word(Sort.CHARGED_FAILURES_COST))
                            .url(),
                    by == now));
        }
        return ways;
    }

    private static Grid waiting(JsonNode total) {
        List<Waiting> steps = new ArrayList<>();
        long from = 0;
        for (JsonNode step : total.path("waiting")) {
            JsonNode end = step.path("younger_than_seconds");
            String age = end.isNumber()
                    ? (from == 0 ? "under " : Figures.duration(from) + " to ") + Figures.duration(end.asLong())
                    : Figures.duration(from) + " or longer";
            steps.add(new Waiting(age, step.path("messages").asLong()));
            from = end.asLong();
        }
        return new Columns<>(steps, Instant.EPOCH)
                .text("Age", Waiting::age)
                .number("Messages", Waiting::messages)
                .grid("waiting", "How old what is still sent is");
    }

    private record Waiting(String age, long messages) {}
}
