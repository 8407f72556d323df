package dev.sendstatus.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report as a JSON document: the form in which it is kept, and from which every other can be made again. */
final class ReportJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    static String write(StuckReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("report", "stuck");
        root.put("date", report.date() == null ? null : report.date().toString());
        root.put("as_of", time(report.asOf()));
        root.put("since", time(report.since()));
        root.put("made_at", time(report.madeAt()));
        root.put("time_zone", report.timeZone().getId());
        putLimits(root.putObject("thresholds"), report);
        root.put("total", report.total());
        root.put("total_day_before", report.totalDayBefore());
        root.put("difference", report.difference());
        putGroups(root.putArray("by_provider"), report.groups().byProvider());
        putGroups(root.putArray("by_account"), report.groups().byAccount());
        putGroups(root.putArray("by_sender"), report.groups().bySender());
        putGroups(root.putArray("by_age"), report.groups().byAge());
        putGroups(root.putArray("by_reason"), report.groups().byReason());
        putSilent(root.putArray("silent"), report.silent());
        root.put("newly_stuck", report.newlyStuck());
        putResolved(root.putObject("resolved_late"), report.resolvedLate());
        ObjectNode neverReported = root.putObject("never_reported");
        neverReported.put("count", report.neverReported().size());
        putItems(neverReported.putArray("messages"), report.neverReported());
        putItems(root.putArray("messages"), report.stuck());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    /** @throws UnreadableReport if it is not what {@link #write} makes */
    static StuckReport read(String document) throws UnreadableReport {
        JsonNode root;
        try {
            root = JSON.readTree(document);
        } catch (JsonProcessingException e) {
            // Without its cause: that may quote the document, which holds phone numbers.
            throw new UnreadableReport(
                    "the document is not JSON, at character " + e.getLocation().getCharOffset());
        }
        return new ReportJsonReader(root).report();
    }

    /** RFC 3339 in UTC, with no more digits than are needed. */
    static String time(Instant time) {
        return time.toString();
    }

    private static void putLimits(ObjectNode node, StuckReport report) {
        node.put("threshold", report.limits().threshold().toString());
        ObjectNode accounts = node.putObject("accounts");
        Map<AccountName, Duration> sorted = new TreeMap<>(report.limits().accountThresholds());
        sorted.forEach((account, threshold) -> accounts.put(account.toString(), threshold.toString()));
        node.put("give_up", report.limits().giveUp().toString());
    }

    static void putGroups(ArrayNode array, List<Group> groups) {
        for (Group group : groups) {
            array.addObject()
                    .put("key", group.key())
                    .put("label", group.label())
                    .put("count", group.count());
        }
    }

    private static void putSilent(ArrayNode array, List<SilentAccount> silent) {
        for (SilentAccount account : silent) {
            Instant since = account.since();
            array.addObject()
                    .put("provider", account.account().provider().word())
                    .put("account", account.account().name())
                    .put("since", since == null ? null : time(since))
                    .put("messages", account.messages());
        }
    }

    private static void putResolved(ObjectNode node, ResolvedLate resolved) {
        node.put("count", resolved.count());
        putGroups(node.putArray("by_ending"), resolved.byEnding());
        node.put("median_lateness_seconds", resolved.medianLatenessSeconds());
        node.put("max_lateness_seconds", resolved.maxLatenessSeconds());
        ArrayNode messages = node.putArray("messages");
        for (ResolvedItem item : resolved.messages()) {
            messages.addObject()
                    .put("provider", item.message().provider().word())
                    .put("account", item.account().name())
                    .put("id", item.message().id())
                    .put("from", item.from())
                    .put("waiting_since", time(item.waitingSince()))
                    .put("due_at", time(item.dueAt()))
                    .put("ending", Words.key(item.ending()))
                    .put("ended_at", time(item.endedAt()))
                    .put("lateness_seconds", item.latenessSeconds());
        }
    }

    private static void putItems(ArrayNode array, List<StuckItem> items) {
        for (StuckItem item : items) {
            ObjectNode node = array.addObject()
                    .put("provider", item.message().provider().word())
                    .put("account", item.account().name())
                    .put("id", item.message().id())
                    .put("from", item.from());
            item.to().forEach(node.putArray("to")::add);
            node.put("waiting_since", time(item.waitingSince()))
                    .put("age_seconds", item.ageSeconds())
                    .put("provider_status", item.providerStatus())
                    .put("reason", item.reason().word());
        }
    }
}
