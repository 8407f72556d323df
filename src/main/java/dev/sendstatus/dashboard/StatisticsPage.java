package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.dashboard.StatisticsAnswers.Parameters;
import dev.sendstatus.dashboard.StatisticsTable.Sort;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the messages of a time. The parameters are those of {@code GET /v1/stats}; {@code sort} names a column of the table, and
 * {@code compare} asks for the time before as well.
 *
 * @param compare the page that compares; null if this one does
 * @param groups empty where no message was heard of
 * @param chart {@code line} for a course of time, else {@code bar}
 */
public record StatisticsPage(
        List<Choice> form,
        List<Way> ranges,
        String sentence,
        @Nullable String compare,
        List<Figure> figures,
        List<Figure> latencies,
        String by,
        Grid groups,
        String chart,
        String leftOut,
        String failures,
        List<Way> failuresBy,
        String open,
        @Nullable String openHref,
        Grid waiting,
        String json)
        implements Page {

    static final String PATH = "/ui/statistics";

    private static final String TODAY = "today";
    private static final Set<String> PARAMETERS = new TreeSet<>(Set.of("since", "until", "by", "sort", "compare"));
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FINE = Duration.ofDays(2);
    /** So many are counted in a fraction of a second. */
    private static final long COMPARED_UNASKED = 200_000;

    @Override
    public String title() {
        return "Statistics";
    }

    @Override
    public String section() {
        return PATH;
    }

    @Override
    public boolean charts() {
        return true;
    }

    static StatisticsPage of(Api api, Visit visit, StatisticsAnswers answers) throws StoreException, WrongParameter {
        Map<String, List<String>> given = given(visit);
        Parameters asked = asked(visit);
        String word = visit.query("sort");
        Sort sort = word == null ? null : Sort.of(word);
        JsonNode answer = answers.find(api, asked, visit.now());
        JsonNode total = answer.path("total");
        StatisticsDimension by = StatisticsDimension.of(answer.path("by").asText())
                .orElseThrow(() -> new IllegalStateException("the page always asks for groups"));
        Instant since = Instant.parse(answer.path("since").asText());
        Instant until = Instant.parse(answer.path("until").asText());
        boolean compares = "true".equals(visit.query("compare"))
                || total.path("messages").asLong() + total.path("inbound").asLong() <= COMPARED_UNASKED;
        Duration back =
                DAY.multipliedBy(Math.max(1, (Duration.between(since, until).toMillis() - 1) / DAY.toMillis() + 1));
        JsonNode before = compares
                ? answers.find(
                                api,
                                new Parameters(
                                        since.minus(back).toString(),
                                        until.minus(back).toString(),
                                        null),
                                visit.now())
                        .path("total")
                : null;
        Function<@Nullable Sort, String> sorted =
                column -> Visit.url(PATH, with(given, "sort", column == null ? null : column.word()));
        CountedList lists = new CountedList(answer);
        long open = 0;
        for (JsonNode step : total.path("waiting")) {
            open += step.path("messages").asLong();
        }
        return new StatisticsPage(
                form(asked, by),
                ranges(asked, given),
                sentence(total, since, until, compares ? back : null, visit.now()),
                compares ? null : Visit.url(PATH, with(given, "compare", "true")),
                figures(total, before, lists),
                latencies(total, before),
                StatisticsTable.title(by),
                StatisticsTable.of(api, answer, by, sort, sorted),
                by.time() ? "line" : "bar",
                StatisticsTable.leftOut(answer),
                failures(total),
                failuresBy(given, by),
                Figures.messages(open) + (open == 1 ? " still waits" : " still wait") + " for an end.",
                open == 0 ? null : lists.total("status", "SENT", "unconfirmed", "false"),
                waiting(total),
                Visit.url(PATH + "/json", parameters(asked)));
    }

    /** The document of the API. */
    static JsonNode json(Api api, Visit visit, StatisticsAnswers answers) throws StoreException, WrongParameter {
        given(visit);
        return answers.find(api, asked(visit), visit.now());
    }

    private static Map<String, List<String>> given(Visit visit) throws WrongParameter {
        Map<String, List<String>> given = visit.queryWithout();
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            if (!PARAMETERS.contains(parameter.getKey())) {
                throw new WrongParameter(
                        parameter.getKey() + " is no parameter here; there are " + String.join(", ", PARAMETERS) + ".");
            }
            if (parameter.getValue().size() > 1) {
                throw new WrongParameter(parameter.getKey() + " is given once, not several times.");
            }
        }
        return given;
    }

    /** Today by the hour, where nothing else is said; long times by the day. */
    private static Parameters asked(Visit visit) {
        String since = visit.query("since");
        String until = visit.query("until");
        String by = visit.query("by");
        if (since == null && until == null) {
            since = TODAY;
        }
        return new Parameters(since, until, by == null ? fine(visit, since, until) : by);
    }

    private static String fine(Visit visit, @Nullable String since, @Nullable String until) {
        try {
            Instant from = since == null ? visit.now() : Times.moment("since", since, visit.now());
            Instant end = until == null ? visit.now() : Times.moment("until", until, visit.now());
            return Duration.between(from, end).compareTo(FINE) > 0 ? "day" : "hour";
        } catch (WrongParameter e) {
            // The question itself says what is wrong.
            return "hour";
        }
    }

    private static Map<String, List<String>> parameters(Parameters asked) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        put(all, "since", asked.since());
        put(all, "until", asked.until());
        put(all, "by", asked.by());
        return all;
    }

    private static void put(Map<String, List<String>> all, String name, @Nullable String value) {
        if (value == null) {
            all.remove(name);
        } else {
            all.put(name, List.of(value));
        }
    }

    private static Map<String, List<String>> with(
            Map<String, List<String>> given, String name, @Nullable String value) {
        Map<String, List<String>> all = new LinkedHashMap<>(given);
        put(all, name, value);
        return all;
    }

    private static List<Choice> form(Parameters asked, StatisticsDimension by) {
        return List.of(
                Choice.text("since", "Since", asked.since(), "24h, yesterday, 2026-11-25"),
                Choice.text("until", "Until", asked.until(), "now"),
                new Choice(
                        "by",
                        "By",
                        by.word(),
                        Arrays.stream(StatisticsDimension.values())
                                .map(StatisticsDimension::word)
                                .toList(),
                        ""));
    }

    private static List<Way> ranges(Parameters asked, Map<String, List<String>> given) {
        return List.of(
                range("Today", TODAY, null, asked, given),
                range("Yesterday", "yesterday", TODAY, asked, given),
                range("7 days", "7d", null, asked, given),
                range("28 days", "28d", null, asked, given));
    }

    private static Way range(
            String word, String since, @Nullable String until, Parameters asked, Map<String, List<String>> given) {
        Map<String, List<String>> all = with(with(given, "since", since), "until", until);
        boolean here =
                since.equals(asked.since()) && (until == null ? asked.until() == null : until.equals(asked.until()));
        return new Way(word, Visit.url(PATH, all), here);
    }

    private static String sentence(JsonNode total, Instant since, Instant until, @Nullable Duration back, Instant now) {
        long inbound = total.path("inbound").asLong();
        return "Messages that were first heard of from " + Moment.of(since, now).absolute() + " until "
                + Moment.of(until, now).absolute() + "."
                + (inbound == 0 ? "" : " Not counted here: " + Figures.messages(inbound) + " that came in.")
                + (back == null ? "" : " Before is the same time " + Figures.duration(back.toSeconds()) + " earlier.");
    }

    private static List<Figure> figures(JsonNode total, @Nullable JsonNode before, CountedList lists) {
        List<Figure> figures = new ArrayList<>();
        long messages = total.path("messages").asLong();
        figures.add(figure(messages, "messages", before(before, "messages"), lists.total(), Kind.PLAIN));
        figures.add(figure(
                total.path("status").path("DELIVERED").asLong(),
                "delivered, " + OverviewFigures.rate(total.path("delivery_rate")),
                before(before, "delivery_rate"),
                lists.total("status", "DELIVERED"),
                Kind.GOOD));
        figures.add(figure(
                total.path("status").path("ERROR").asLong(),
                "failed, " + OverviewFigures.rate(total.path("error_rate")),
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
        return "before: " + (name.endsWith("_rate") ? OverviewFigures.rate(value) : Figures.number(value.asLong()));
    }

    private static List<Figure> latencies(JsonNode total, @Nullable JsonNode before) {
        List<Figure> latencies = new ArrayList<>();
        for (int percent : List.of(50, 90, 99)) {
            String name = "p" + percent;
            JsonNode then = before == null ? null : before.path("latency_ms").path(name);
            latencies.add(new Figure(
                    OverviewFigures.latency(total.path("latency_ms").path(name)),
                    percent + " % final within (" + name + ")",
                    then == null || !then.isNumber() ? "" : "before: " + OverviewFigures.latency(then),
                    null,
                    Kind.PLAIN));
        }
        return latencies;
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
                        : "The charged ones cost " + StatisticsTable.cost(cost)
                                + ", as far as the providers named their prices.")
                + (all.isEmpty() ? "" : " All messages together cost " + StatisticsTable.cost(all) + ".");
    }

    private static List<Way> failuresBy(Map<String, List<String>> given, StatisticsDimension now) {
        List<Way> ways = new ArrayList<>();
        for (StatisticsDimension by :
                List.of(StatisticsDimension.LINK_DOMAIN, StatisticsDimension.FROM, StatisticsDimension.CAMPAIGN)) {
            ways.add(new Way(
                    "By " + StatisticsTable.title(by).toLowerCase(Locale.ROOT),
                    Visit.url(PATH, with(with(given, "by", by.word()), "sort", Sort.CHARGED_FAILURES_COST.word())),
                    by == now));
        }
        return ways;
    }

    private static Grid waiting(JsonNode total) {
        List<Grid.Row> rows = new ArrayList<>();
        long from = 0;
        for (JsonNode step : total.path("waiting")) {
            JsonNode end = step.path("younger_than_seconds");
            rows.add(Grid.Row.of(
                    Grid.Cell.text(
                            end.isNumber()
                                    ? (from == 0 ? "under " : Figures.duration(from) + " to ")
                                            + Figures.duration(end.asLong())
                                    : Figures.duration(from) + " or longer"),
                    Grid.Cell.number(step.path("messages").asLong(), null)));
            from = end.asLong();
        }
        return new Grid(
                "waiting",
                "How old what is still sent is",
                List.of(Grid.Column.text("Age"), Grid.Column.number("Messages")),
                rows);
    }
}
