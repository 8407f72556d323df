package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
                    figures.path(ParameterText.word(this)).decimalValue();
                case SENT, DELIVERED, ERROR ->
                    figures.path("status").path(name()).decimalValue();
                case P50, P90, P95, P99 ->
                    figures.path("latency_ms").path(ParameterText.word(this)).decimalValue();
                case CHARGED_FAILURES_COST -> greatest(figures);
            };
        }

        private Grid.Cell cell(JsonNode group, CountedList lists) {
            return switch (this) {
                case MESSAGES -> Grid.Cell.number(value(group).longValue(), lists.group(group));
                case SENT, DELIVERED, ERROR ->
                    Grid.Cell.number(value(group).longValue(), lists.group(group, "status", name()));
                case DELIVERY_RATE, ERROR_RATE -> rate(group.path(ParameterText.word(this)));
                case STUCK -> Grid.Cell.number(value(group).longValue(), lists.group(group, "stuck", "true"));
                case P50, P90, P95, P99 -> latency(group.path("latency_ms").path(ParameterText.word(this)));
                case CHARGED_FAILURES -> Grid.Cell.number(value(group).longValue(), null);
                case CHARGED_FAILURES_COST ->
                    Grid.Cell.text(StatisticsAnswer.cost(group.path("charged_failures_cost")));
            };
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
        List<JsonNode> rows = groups.subList(first, Math.min(groups.size(), first + MOST_ROWS));
        Sort inUse = sort == null && !by.time() ? Sort.MESSAGES : sort;
        Columns<JsonNode> columns = new Columns<>(rows, Instant.EPOCH)
                .add(
                        new Grid.Column(
                                title(by),
                                false,
                                inUse == null ? "ascending" : null,
                                by.time() ? sorted.apply(null) : null),
                        group -> Grid.Cell.text(name(api, group, by)));
        for (Sort column : Sort.values()) {
            columns.add(
                    new Grid.Column(column.title, true, column == inUse ? "descending" : null, sorted.apply(column)),
                    group -> column.cell(group, lists));
        }
        return columns.grid("groups", "Messages by " + by.word().replace('_', ' '));
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
