package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.Provider;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Statistics for a person, from the API's document. */
final class StatisticsTable {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private StatisticsTable() {}

    /**
     * A row a group, and one for all.
     *
     * @param word what the groups are by; empty for none
     * @param catalogue what a group's code means
     */
    static Table figures(String word, JsonNode document, Catalogue catalogue) {
        Table table = Table.figures(
                word,
                "messages",
                "sent",
                "error",
                "delivered",
                "delivered %",
                "error %",
                "stuck",
                "never rep.",
                "charged err.",
                "segments",
                "p50",
                "p90",
                "p99",
                "cost");
        table.optional("segments", "p90", "error %", "never rep.", "charged err.", "p99", "cost");
        for (JsonNode group : document.path("groups")) {
            row(table, name(word, group) + meaning(word, group, catalogue), group);
        }
        row(table, "all", document.path("total"));
        return table;
    }

    /** The ages of messages that still wait for their end. */
    static Table waiting(JsonNode total) {
        Table table = Table.figures("still waiting", "messages");
        for (JsonNode step : total.path("waiting")) {
            JsonNode end = step.path("younger_than_seconds");
            table.row(end.isNull() ? "longer" : "up to " + Figures.duration(end.asLong()), step.path("messages"));
        }
        return table;
    }

    private static void row(Table table, String name, JsonNode figures) {
        JsonNode status = figures.path("status");
        JsonNode latency = figures.path("latency_ms");
        table.row(
                name,
                figures.path("messages"),
                status.path("SENT"),
                status.path("ERROR"),
                status.path("DELIVERED"),
                percent(figures.path("delivery_rate")),
                percent(figures.path("error_rate")),
                figures.path("stuck"),
                figures.path("never_reported"),
                figures.path("charged_failures"),
                figures.path("segments"),
                latency(latency.path("p50")),
                latency(latency.path("p90")),
                latency(latency.path("p99")),
                cost(figures.path("cost")));
    }

    private static String name(String word, JsonNode group) {
        String value = group.path(word).asText("(none)");
        if (group.path(word).isNull()) {
            return "(none)";
        }
        boolean perProvider = group.path("provider").isTextual() && !word.equals("provider");
        return perProvider ? group.path("provider").asText() + " " + value : value;
    }

    private static String meaning(String word, JsonNode group, Catalogue catalogue) {
        if (!word.equals("error_code") || !group.path("provider").isTextual()) {
            return "";
        }
        return catalogue
                .find(
                        new Provider(group.path("provider").asText()),
                        group.path(word).asText())
                .map(entry -> " " + entry.title())
                .orElse("");
    }

    private static String percent(JsonNode rate) {
        return rate.isNull()
                ? "-"
                : rate.decimalValue()
                        .multiply(HUNDRED)
                        .setScale(1, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static String latency(JsonNode millis) {
        return millis.isNull() ? "-" : Figures.latency(millis.asLong());
    }

    private static String cost(JsonNode costs) {
        List<String> texts = new ArrayList<>();
        for (JsonNode cost : costs) {
            texts.add(cost.path("amount").asText() + " " + cost.path("currency").asText());
        }
        return texts.isEmpty() ? "-" : String.join(", ", texts);
    }
}
