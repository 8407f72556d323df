package dev.sendstatus.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StuckFlag.Ending;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ReportJson} writes. Keys that it does not know are passed over: a later version may have added them. */
final class ReportJsonReader {
    private final JsonNode root;

    ReportJsonReader(JsonNode root) {
        this.root = root;
    }

    StuckReport report() throws UnreadableReport {
        try {
            return read();
        } catch (IllegalArgumentException | DateTimeException e) {
            // Without its cause: that may quote the document, which holds phone numbers.
            throw new UnreadableReport("the document lacks a part, or holds one that this version does not know");
        }
    }

    private StuckReport read() {
        String date = nullableText(root, "date");
        return new StuckReport(
                date == null ? null : LocalDate.parse(date),
                time(root, "as_of"),
                time(root, "since"),
                time(root, "made_at"),
                ZoneId.of(text(root, "time_zone")),
                limits(part(root, "thresholds")),
                nullableNumber(root, "total_day_before"),
                new StuckGroups(
                        groups(root, "by_provider"),
                        groups(root, "by_account"),
                        groups(root, "by_sender"),
                        groups(root, "by_age"),
                        groups(root, "by_reason")),
                number(root, "newly_stuck"),
                resolved(part(root, "resolved_late")),
                list(part(root, "never_reported"), "messages", ReportJsonReader::item),
                list(root, "messages", ReportJsonReader::item),
                // Reports made before it was noted have no such list.
                root.has("silent") ? list(root, "silent", ReportJsonReader::silent) : List.of());
    }

    private static StuckLimits limits(JsonNode node) {
        Map<AccountName, Duration> accounts = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : part(node, "accounts").properties()) {
            String name = entry.getKey();
            int slash = name.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("an account is named by its provider and its name");
            }
            accounts.put(
                    new AccountName(new Provider(name.substring(0, slash)), name.substring(slash + 1)),
                    Duration.parse(entry.getValue().asText()));
        }
        return new StuckLimits(
                Duration.parse(text(node, "threshold")), accounts, Duration.parse(text(node, "give_up")));
    }

    private static ResolvedLate resolved(JsonNode node) {
        return new ResolvedLate(
                groups(node, "by_ending"),
                nullableNumber(node, "median_lateness_seconds"),
                nullableNumber(node, "max_lateness_seconds"),
                list(node, "messages", ReportJsonReader::resolvedItem));
    }

    private static ResolvedItem resolvedItem(JsonNode node) {
        return new ResolvedItem(
                message(node),
                account(node),
                nullableText(node, "from"),
                time(node, "waiting_since"),
                time(node, "due_at"),
                Ending.valueOf(text(node, "ending").toUpperCase(Locale.ROOT)),
                time(node, "ended_at"));
    }

    private static StuckItem item(JsonNode node) {
        return new StuckItem(
                message(node),
                account(node),
                nullableText(node, "from"),
                list(node, "to", JsonNode::asText),
                time(node, "waiting_since"),
                number(node, "age_seconds"),
                text(node, "provider_status"),
                StuckReason.valueOf(text(node, "reason").toUpperCase(Locale.ROOT)));
    }

    private static SilentAccount silent(JsonNode node) {
        String since = nullableText(node, "since");
        return new SilentAccount(account(node), since == null ? null : Instant.parse(since), number(node, "messages"));
    }

    private static MessageKey message(JsonNode node) {
        return new MessageKey(new Provider(text(node, "provider")), text(node, "id"));
    }

    private static AccountName account(JsonNode node) {
        return new AccountName(new Provider(text(node, "provider")), text(node, "account"));
    }

    private static List<Group> groups(JsonNode node, String key) {
        return list(node, key, group -> new Group(text(group, "key"), text(group, "label"), number(group, "count")));
    }

    private static <T> List<T> list(JsonNode node, String key, Function<JsonNode, T> read) {
        List<T> list = new ArrayList<>();
        for (JsonNode one : part(node, key)) {
            list.add(read.apply(one));
        }
        return list;
    }

    private static Instant time(JsonNode node, String key) {
        return Instant.parse(text(node, key));
    }

    private static String text(JsonNode node, String key) {
        String text = nullableText(node, key);
        if (text == null) {
            throw new IllegalArgumentException("no text under " + key);
        }
        return text;
    }

    private static @Nullable String nullableText(JsonNode node, String key) {
        return part(node, key).textValue();
    }

    private static long number(JsonNode node, String key) {
        Long number = nullableNumber(node, key);
        if (number == null) {
            throw new IllegalArgumentException("no number under " + key);
        }
        return number;
    }

    private static @Nullable Long nullableNumber(JsonNode node, String key) {
        JsonNode number = part(node, key);
        return number.isIntegralNumber() ? number.longValue() : null;
    }

    private static JsonNode part(JsonNode node, String key) {
        JsonNode part = node.get(key);
        if (part == null) {
            throw new IllegalArgumentException("nothing under " + key);
        }
        return part;
    }
}
