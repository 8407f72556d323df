package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The groups of an answer of the statistics as a table. */
final class StatisticsGrid {
    private static final int MOST_ROWS = 200;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private StatisticsGrid() {}

    /** A column that rows can be sorted by, the greatest first; its name in lower case is the word of the parameter. */
    enum Sort {
        MESSAGES("Messages"),
        SENT("Sent"),
        DELIVERED("Delivered"),
        ERROR("Failed"),
        DELIVERY_RATE("Delivered %"),
        ERROR_RATE("Failed %"),
        STUCK("Stuck"),
        P50("p50"),
        P90("p90"),
        P95("p95"),
        P99("p99"),
        CHARGED_FAILURES("Charged failures"),
        CHARGED_FAILURES_COST("Their cost");

        private final String title;

        Sort(String title) {
            this.title = title;
        }

        private BigDecimal value(JsonNode figures) {
            return switch (this) {
                case MESSAGES, DELIVERY_RATE, ERROR_RATE, STUCK, CHARGED_FAILURES ->
                    figures.path(word()).decimalValue();
                case SENT, DELIVERED, ERROR ->
                    figures.path("status").path(name()).decimalValue();
                case P50, P90, P95, P99 ->
                    figures.path("latency_ms").path(word()).decimalValue();
                case CHARGED_FAILURES_COST -> greatest(figures);
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Sort of(String word) throws WrongParameter {
            return Arrays.stream(values())
                    .filter(sort -> sort.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new WrongParameter("sort is one of "
                            + Arrays.stream(values()).map(Sort::word).collect(Collectors.joining(", ")) + "."));
        }
    }

    /**
     * A row a group.
     *
     * @param sort null for the order of the API: of time by time, else the greatest first
     * @param sorted the page that is sorted by that column; by its own for null
     */
    static Grid of(
            Api api,
            JsonNode answer,
            StatisticsDimension by,
            @Nullable Sort sort,
            Function<@Nullable Sort, String> sorted,
            CountedList lists) {
        List<JsonNode> groups = shown(answer);
        if (sort != null) {
            groups.sort(Comparator.comparing(sort::value).reversed());
        }
        // Of time the newest is what matters.
        int first = sort == null && by.time() ? Math.max(0, groups.size() - MOST_ROWS) : 0;
        List<Grid.Row> rows = groups.subList(first, Math.min(groups.size(), first + MOST_ROWS)).stream()
                .map(group -> row(api, group, by, lists))
                .toList();
        return new Grid("groups", "Messages by " + by.word().replace('_', ' '), columns(by, sort, sorted), rows);
    }

    /** The groups with messages that were sent: of those that came in there is nothing to tell. */
    private static List<JsonNode> shown(JsonNode answer) {
        List<JsonNode> shown = new ArrayList<>();
        answer.path("groups").forEach(shown::add);
        shown.removeIf(group -> group.path("messages").asLong() == 0);
        return shown;
    }

    /** Which rows are left out; empty if none are. */
    static String leftOut(JsonNode answer) {
        int groups = shown(answer).size();
        return groups <= MOST_ROWS
                ? ""
                : "The table shows " + Figures.number(MOST_ROWS) + " of " + Figures.number(groups)
                        + " groups; the JSON form has all of them.";
    }

    private static List<Grid.Column> columns(
            StatisticsDimension by, @Nullable Sort sort, Function<@Nullable Sort, String> sorted) {
        List<Grid.Column> columns = new ArrayList<>();
        Sort inUse = sort == null && !by.time() ? Sort.MESSAGES : sort;
        columns.add(new Grid.Column(
                title(by), false, inUse == null ? "ascending" : null, by.time() ? sorted.apply(null) : null));
        for (Sort column : Sort.values()) {
            columns.add(
                    new Grid.Column(column.title, true, column == inUse ? "descending" : null, sorted.apply(column)));
        }
        return columns;
    }

    static String title(StatisticsDimension by) {
        return switch (by) {
            case PROVIDER -> "Provider";
            case ACCOUNT -> "Account";
            case FROM -> "Sender";
            case CAMPAIGN -> "Campaign";
            case TAG -> "Tag";
            case LINK_DOMAIN -> "Domain of a link";
            case CARRIER -> "Carrier";
            case ERROR_CODE -> "Error code";
            case CATEGORY -> "Category of the error";
            case HOUR -> "Hour (UTC)";
            case DAY -> "Day (UTC)";
        };
    }

    private static Grid.Row row(Api api, JsonNode group, StatisticsDimension by, CountedList lists) {
        JsonNode status = group.path("status");
        JsonNode latency = group.path("latency_ms");
        return Grid.Row.of(
                Grid.Cell.text(name(api, group, by)),
                Grid.Cell.number(group.path("messages").asLong(), lists.group(group)),
                Grid.Cell.number(status.path("SENT").asLong(), lists.group(group, "status", "SENT")),
                Grid.Cell.number(status.path("DELIVERED").asLong(), lists.group(group, "status", "DELIVERED")),
                Grid.Cell.number(status.path("ERROR").asLong(), lists.group(group, "status", "ERROR")),
                rate(group.path("delivery_rate")),
                rate(group.path("error_rate")),
                Grid.Cell.number(group.path("stuck").asLong(), lists.group(group, "stuck", "true")),
                latency(latency.path("p50")),
                latency(latency.path("p90")),
                latency(latency.path("p95")),
                latency(latency.path("p99")),
                Grid.Cell.number(group.path("charged_failures").asLong(), null),
                Grid.Cell.text(StatisticsAnswer.cost(group.path("charged_failures_cost"))));
    }

    /** The group, as a person calls it. */
    static String name(Api api, JsonNode group, StatisticsDimension by) {
        JsonNode value = group.path(by.word());
        if (!value.isTextual()) {
            return "none";
        }
        String text = value.asText();
        String provider = group.path("provider").asText();
        return switch (by) {
            case HOUR -> HOUR.format(Instant.parse(text).atOffset(ZoneOffset.UTC));
            case DAY ->
                Instant.parse(text).atOffset(ZoneOffset.UTC).toLocalDate().toString();
            case ACCOUNT -> provider + "/" + text;
            case ERROR_CODE ->
                provider + " " + Grid.cut(text)
                        + api.document()
                                .catalogue()
                                .find(new Provider(provider), text)
                                .map(entry -> ": " + entry.title())
                                .orElse("");
            case CATEGORY -> text.replace('_', ' ');
            default -> text;
        };
    }

    private static Grid.Cell rate(JsonNode rate) {
        return Grid.Cell.measure(
                StatisticsAnswer.rate(rate),
                rate.isNumber() ? rate.decimalValue().movePointRight(2).toPlainString() : null);
    }

    private static Grid.Cell latency(JsonNode millis) {
        return Grid.Cell.measure(
                StatisticsAnswer.latency(millis),
                millis.isNumber() ? BigDecimal.valueOf(millis.asLong(), 3).toPlainString() : null);
    }

    /** Amounts of several currencies cannot be added: the greatest number of them decides. */
    private static BigDecimal greatest(JsonNode figures) {
        BigDecimal greatest = BigDecimal.ZERO;
        for (JsonNode one : figures.path("charged_failures_cost")) {
            greatest = greatest.max(new BigDecimal(one.path("amount").asText()));
        }
        return greatest;
    }
}
