package dev.sendstatus.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.store.StatisticsDimension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;

/** Statistics as the JSON document of the API; the command line prints the same. {@code docs/statistics.md} defines each figure. */
public final class StatisticsDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private static final int RATE_DIGITS = 6;
    private static final int[] PERCENTILES = {50, 90, 99};

    private StatisticsDocument() {}

    public static ObjectNode of(Statistics statistics) {
        StatisticsQuestion question = statistics.question();
        StatisticsDimension by = question.by();
        ObjectNode node = JSON.objectNode();
        node.put("since", question.since().toString());
        node.put("until", question.until().toString());
        node.put("as_of", question.now().toString());
        node.put("by", by == null ? null : by.word());
        node.set("total", figures(statistics.total()));
        ArrayNode groups = node.putArray("groups");
        if (by != null) {
            for (Map.Entry<StatisticsGroup, MessageFigures> entry : statistics.groups()) {
                ObjectNode group = groups.addObject();
                if (by.perProvider()) {
                    Provider provider = entry.getKey().provider();
                    group.put("provider", provider == null ? null : provider.word());
                }
                group.put(by.word(), entry.getKey().value());
                group.setAll(figures(entry.getValue()));
            }
        }
        return node;
    }

    /**
     * The document with more for the pages: {@code p95} beside the other percentiles; {@code ended_within}, the share of the messages that
     * ended or still wait which ended within so many seconds; and the {@code hours} of each group, the last ones that had messages.
     */
    public static ObjectNode forPages(ObjectNode document, Statistics statistics) {
        ObjectNode node = document.deepCopy();
        addMore((ObjectNode) node.path("total"), statistics.total());
        Iterator<JsonNode> groups = node.path("groups").iterator();
        for (Map.Entry<StatisticsGroup, MessageFigures> entry : statistics.groups()) {
            ObjectNode group = (ObjectNode) groups.next();
            addMore(group, entry.getValue());
            addHours(group.putArray("hours"), entry.getValue().hours(), statistics.lastHour());
        }
        return node;
    }

    private static void addMore(ObjectNode node, MessageFigures figures) {
        Latencies latencies = figures.latencies();
        if (latencies.count() > 0) {
            ((ObjectNode) node.path("latency_ms")).put("p95", latencies.percentile(95));
        }
        long all = latencies.count() + figures.ages().count();
        ArrayNode within = node.putArray("ended_within");
        for (Duration end : WaitingAges.ENDS) {
            rate(within.addObject().put("seconds", end.toSeconds()), "share", latencies.atMost(end.toMillis()), all);
        }
    }

    private static void addHours(ArrayNode node, LastHours hours, long last) {
        for (int before = LastHours.HOURS - 1; before >= 0; before--) {
            if (hours.messages(before) > 0) {
                node.addObject()
                        .put(
                                "hour",
                                Instant.EPOCH
                                        .plus(Duration.ofHours(last - before))
                                        .toString())
                        .put("messages", hours.messages(before))
                        .put("failed", hours.failed(before));
            }
        }
    }

    private static ObjectNode figures(MessageFigures figures) {
        long messages = figures.messages();
        ObjectNode node = JSON.objectNode();
        node.put("messages", messages);
        node.put("inbound", figures.inbound());
        node.putObject("status")
                .put("SENT", figures.of(SendStatus.SENT))
                .put("ERROR", figures.of(SendStatus.ERROR))
                .put("DELIVERED", figures.of(SendStatus.DELIVERED));
        rate(node, "delivery_rate", figures.of(SendStatus.DELIVERED), messages);
        rate(node, "error_rate", figures.of(SendStatus.ERROR), messages);
        node.put("unconfirmed", figures.unconfirmed());
        node.put("stuck", figures.stuck());
        node.put("never_reported", figures.neverReported());
        node.put("charged_failures", figures.failures(Charged.YES));
        node.put("uncharged_failures", figures.failures(Charged.NO));
        node.put("failures_of_unknown_charge", figures.failures(Charged.UNKNOWN));
        cost(node.putArray("charged_failures_cost"), figures.chargedFailuresCost());
        node.put("segments", figures.segments());
        cost(node.putArray("cost"), figures.cost());
        latency(node.putObject("latency_ms"), figures.latencies());
        ArrayNode ages = node.putArray("waiting");
        for (int i = 0; i <= WaitingAges.ENDS.size(); i++) {
            ObjectNode step = ages.addObject();
            if (i < WaitingAges.ENDS.size()) {
                step.put("younger_than_seconds", WaitingAges.ENDS.get(i).toSeconds());
            } else {
                step.putNull("younger_than_seconds");
            }
            step.put("messages", figures.ages().count(i));
        }
        return node;
    }

    private static void rate(ObjectNode node, String name, long part, long all) {
        if (all == 0) {
            node.putNull(name);
        } else {
            node.put(
                    name,
                    BigDecimal.valueOf(part).divide(BigDecimal.valueOf(all), RATE_DIGITS, RoundingMode.HALF_EVEN));
        }
    }

    /** Decimals as texts, as with a message: a JSON number would be read as a binary fraction. */
    private static void cost(ArrayNode node, Map<String, BigDecimal> cost) {
        cost.forEach((currency, amount) ->
                node.addObject().put("amount", amount.toPlainString()).put("currency", currency));
    }

    private static void latency(ObjectNode node, Latencies latencies) {
        node.put("messages", latencies.count());
        for (int percent : PERCENTILES) {
            if (latencies.count() == 0) {
                node.putNull("p" + percent);
            } else {
                node.put("p" + percent, latencies.percentile(percent));
            }
        }
    }
}
