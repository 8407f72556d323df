package dev.sendstatus.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.store.StatisticsDimension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The statistics of messages, counted anew from the documents that the API has of each: slowly, and in another way. */
public final class BruteForceStatistics {
    private static final Duration GIVE_UP = Duration.ofDays(7);
    private static final long[] ENDS = {60, 300, 900, 3_600, 21_600, 86_400, 259_200, 604_800};

    private BruteForceStatistics() {}

    /** Every figure of every group. */
    public static Map<String, Map<String, String>> byGroup(
            List<JsonNode> messages, StatisticsDimension by, Instant asOf) {
        Map<String, List<JsonNode>> groups = new TreeMap<>();
        for (JsonNode message : messages) {
            for (String group : groups(message, by.word())) {
                groups.computeIfAbsent(group, first -> new ArrayList<>()).add(message);
            }
        }
        Map<String, Map<String, String>> figures = new TreeMap<>();
        groups.forEach((group, some) -> figures.put(group, figures(some, asOf)));
        return figures;
    }

    /** The same of an answer. */
    public static Map<String, Map<String, String>> byGroup(JsonNode answer, StatisticsDimension by) {
        Map<String, Map<String, String>> figures = new TreeMap<>();
        for (JsonNode group : answer.path("groups")) {
            if (figures.put(name(group, by), figures(group)) != null) {
                throw new IllegalArgumentException("a group is there twice: " + name(group, by));
            }
        }
        return figures;
    }

    private static String name(JsonNode group, StatisticsDimension by) {
        String value = group.path(by.word()).asText();
        boolean provider = by == StatisticsDimension.ACCOUNT || by == StatisticsDimension.ERROR_CODE;
        return provider && !value.equals("null") ? group.path("provider").asText() + " " + value : value;
    }

    /** The groups that a message belongs to, as the answer names them; {@code null} is the group of those that have none. */
    private static Set<String> groups(JsonNode message, String by) {
        Set<String> groups = new TreeSet<>();
        String provider = message.path("provider").asText();
        switch (by) {
            case "provider" -> groups.add(provider);
            case "account" ->
                groups.add(provider + " " + message.path("account").asText());
            case "from", "campaign" -> add(groups, message.path(by), "");
            case "tag" -> message.path("tags").forEach(tag -> add(groups, tag, ""));
            case "link_domain" -> message.path("link_domains").forEach(domain -> add(groups, domain, ""));
            case "carrier" -> message.path("recipients").forEach(to -> add(groups, to.path("carrier"), ""));
            case "error_code" ->
                message.path("recipients").forEach(to -> add(groups, to.path("error_code"), provider + " "));
            case "category" ->
                message.path("recipients")
                        .forEach(to -> add(groups, to.path("error").path("category"), ""));
            case "hour" -> groups.add(message.path("first_event_at").asText().substring(0, 13) + ":00:00Z");
            case "day" -> groups.add(message.path("first_event_at").asText().substring(0, 10) + "T00:00:00Z");
            default -> throw new IllegalArgumentException(by);
        }
        if (groups.isEmpty()) {
            groups.add("null");
        }
        return groups;
    }

    private static void add(Set<String> groups, JsonNode value, String before) {
        if (value.isTextual()) {
            groups.add(before + value.textValue());
        }
    }

    /** Every figure of the answer, by name. */
    public static Map<String, String> figures(List<JsonNode> messages, Instant now) {
        List<JsonNode> outbound = messages.stream()
                .filter(message -> message.path("direction").asText().equals("outbound"))
                .toList();
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("messages", "" + outbound.size());
        figures.put("inbound", "" + (messages.size() - outbound.size()));
        long delivered = ofStatus(outbound, "DELIVERED").size();
        long errors = ofStatus(outbound, "ERROR").size();
        figures.put("sent", "" + ofStatus(outbound, "SENT").size());
        figures.put("error", "" + errors);
        figures.put("delivered", "" + delivered);
        figures.put("delivery_rate", rate(delivered, outbound.size()));
        figures.put("error_rate", rate(errors, outbound.size()));
        figures.put(
                "unconfirmed",
                "" + outbound.stream().filter(BruteForceStatistics::unconfirmed).count());
        figures.put(
                "stuck",
                "" + outbound.stream().filter(m -> !m.path("stuck").isNull()).count());
        List<JsonNode> open = ofStatus(outbound, "SENT").stream()
                .filter(message -> !unconfirmed(message))
                .toList();
        figures.put(
                "never_reported",
                ""
                        + open.stream()
                                .filter(m -> age(m, now).compareTo(GIVE_UP) >= 0)
                                .count());
        Map<String, Integer> charges = new TreeMap<>();
        ofStatus(outbound, "ERROR").forEach(message -> charges.merge(charge(message), 1, Integer::sum));
        for (String charge : List.of("yes", "no", "unknown")) {
            figures.put("charged " + charge, "" + charges.getOrDefault(charge, 0));
        }
        figures.put(
                "charged cost",
                cost(ofStatus(outbound, "ERROR").stream()
                        .filter(message -> charge(message).equals("yes"))
                        .toList()));
        figures.put(
                "segments",
                ""
                        + outbound.stream()
                                .mapToInt(m -> m.path("segments").asInt(0))
                                .sum());
        figures.put("cost", cost(outbound));
        latency(figures, outbound);
        for (int step = 0; step <= ENDS.length; step++) {
            long from = step == 0 ? 0 : ENDS[step - 1];
            long to = step == ENDS.length ? Long.MAX_VALUE : ENDS[step];
            figures.put(
                    "waiting " + step,
                    ""
                            + open.stream()
                                    .map(message -> age(message, now).toSeconds())
                                    .filter(age -> age >= from && age < to)
                                    .count());
        }
        return figures;
    }

    /** The same of an answer's total or group. */
    public static Map<String, String> figures(JsonNode answer) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("messages", answer.path("messages").asText());
        figures.put("inbound", answer.path("inbound").asText());
        figures.put("sent", answer.path("status").path("SENT").asText());
        figures.put("error", answer.path("status").path("ERROR").asText());
        figures.put("delivered", answer.path("status").path("DELIVERED").asText());
        for (String name : List.of("delivery_rate", "error_rate")) {
            figures.put(
                    name,
                    answer.path(name).isNull()
                            ? "null"
                            : answer.path(name).decimalValue().setScale(6).toString());
        }
        for (String name : List.of("unconfirmed", "stuck", "never_reported")) {
            figures.put(name, answer.path(name).asText());
        }
        figures.put("charged yes", answer.path("charged_failures").asText());
        figures.put("charged no", answer.path("uncharged_failures").asText());
        figures.put("charged unknown", answer.path("failures_of_unknown_charge").asText());
        figures.put("charged cost", amounts(answer.path("charged_failures_cost")));
        figures.put("segments", answer.path("segments").asText());
        figures.put("cost", amounts(answer.path("cost")));
        JsonNode latency = answer.path("latency_ms");
        for (String name : List.of("messages", "p50", "p90", "p99")) {
            figures.put("latency " + name, latency.path(name).asText());
        }
        for (int step = 0; step < answer.path("waiting").size(); step++) {
            figures.put(
                    "waiting " + step,
                    answer.path("waiting").get(step).path("messages").asText());
        }
        return figures;
    }

    private static String amounts(JsonNode cost) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        cost.forEach(one -> amounts.put(
                one.path("currency").asText(), new BigDecimal(one.path("amount").asText()).stripTrailingZeros()));
        return amounts.toString();
    }

    private static List<JsonNode> ofStatus(List<JsonNode> messages, String status) {
        return messages.stream()
                .filter(message -> message.path("status").asText().equals(status))
                .toList();
    }

    /** Of the recipient that got least far: no other is SENT without being unconfirmed. */
    private static boolean unconfirmed(JsonNode message) {
        boolean any = false;
        for (JsonNode to : message.path("recipients")) {
            boolean unconfirmed = to.path("unconfirmed").asBoolean();
            if (to.path("status").asText().equals("SENT") && !unconfirmed) {
                return false;
            }
            any |= unconfirmed;
        }
        return any;
    }

    private static String charge(JsonNode message) {
        Set<String> words = new TreeSet<>();
        for (JsonNode to : message.path("recipients")) {
            if (!to.path("status").asText().equals("DELIVERED")) {
                words.add(to.path("error").path("charged").asText("unknown"));
            }
        }
        return words.contains("yes") ? "yes" : words.contains("unknown") ? "unknown" : "no";
    }

    private static Duration age(JsonNode message, Instant now) {
        Instant sent = time(message, "sent_at");
        Instant since = sent != null
                ? sent
                : Instant.parse(message.path("first_event_at").asText());
        return Duration.between(since, now);
    }

    private static @Nullable Instant time(JsonNode message, String name) {
        return message.path(name).isNull()
                ? null
                : Instant.parse(message.path(name).asText());
    }

    private static String rate(long part, long all) {
        return all == 0
                ? "null"
                : new BigDecimal(part)
                        .divide(new BigDecimal(all), 6, RoundingMode.HALF_EVEN)
                        .toString();
    }

    private static String cost(List<JsonNode> messages) {
        Map<String, BigDecimal> cost = new TreeMap<>();
        for (JsonNode message : messages) {
            JsonNode one = message.path("cost");
            if (one.isObject()) {
                cost.merge(
                        one.path("currency").asText(),
                        new BigDecimal(one.path("amount").asText()),
                        BigDecimal::add);
            }
        }
        cost.replaceAll((currency, amount) -> amount.stripTrailingZeros());
        return cost.toString();
    }

    private static void latency(Map<String, String> figures, List<JsonNode> messages) {
        List<Long> millis = new ArrayList<>();
        for (JsonNode message : messages) {
            Instant sent = time(message, "sent_at");
            Instant end = time(message, "finalized_at");
            if (sent != null && end != null) {
                millis.add(Math.max(0, Duration.between(sent, end).toMillis()));
            }
        }
        Collections.sort(millis);
        figures.put("latency messages", "" + millis.size());
        for (int percent : new int[] {50, 90, 99}) {
            figures.put(
                    "latency p" + percent,
                    millis.isEmpty() ? "null" : "" + millis.get((int) Math.ceil(millis.size() * percent / 100.0) - 1));
        }
    }
}
