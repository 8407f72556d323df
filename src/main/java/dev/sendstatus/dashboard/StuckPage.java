package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Recent.Counted;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.StuckItem;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are stuck now, the reason of each, and the time that such messages usually take.
 *
 * @param tables null while they are counted for the first time
 * @param usual each account's oldest one beside how long its messages took that have ended
 */
public record StuckPage(@Nullable StuckTables tables, Grid usual, List<Way> ways, Freshness freshness) {
    static final String PATH = "/ui/stuck";

    private static final Duration COMPARED = Duration.ofDays(1);
    private static final StatisticsAnswer.Asked USUAL = new StatisticsAnswer.Asked("24h", null, "account");

    static StuckPage of(Api api, Visit visit, Counts counts) throws StoreException, WrongParameter {
        Instant now = visit.now();
        Counted<StuckReport> report = counts.report(now);
        // Nothing is compared where nothing waits.
        Counted<StatisticsAnswer> day =
                report == null || report.value().total() == 0 ? null : counts.statistics(USUAL, now);
        StatisticsAnswer usual = day == null ? null : day.value();
        boolean again = report != null && report.value().total() > 0 && (day == null || day.again());
        return new StuckPage(
                report == null ? null : new StuckTables(report.value(), item -> usual(usual, item), now),
                usual(report, usual, now),
                List.of(
                        Way.to("As CSV", PATH + "/csv"),
                        Way.to("As JSON", PATH + "/json"),
                        Way.to("The reports of the days", ReportsPage.PATH)),
                Freshness.of(report, now).and(again));
    }

    /** {@code 99.2 % within 6 h}: the share of the account's messages that had their end by the age of this one; null where none is known. */
    private static @Nullable String usual(@Nullable StatisticsAnswer usual, StuckItem item) {
        String known = null;
        if (usual != null) {
            for (JsonNode step : usual.of(item.account()).path("ended_within")) {
                long seconds = step.path("seconds").asLong();
                if (seconds <= Math.min(item.ageSeconds(), COMPARED.toSeconds())
                        && step.path("share").isNumber()) {
                    known = StatisticsAnswer.rate(step.path("share")) + " within " + Figures.duration(seconds);
                }
            }
        }
        return known;
    }

    private static Grid usual(@Nullable Counted<StuckReport> report, @Nullable StatisticsAnswer usual, Instant now) {
        Map<AccountName, StuckItem> oldest = new TreeMap<>();
        if (report != null && usual != null) {
            report.value().stuck().forEach(item -> oldest.putIfAbsent(item.account(), item));
        }
        return new Columns<>(oldest.values(), now)
                .text("Account", item -> item.account().toString())
                .figure("The oldest waits", item -> Figures.duration(item.ageSeconds()))
                .figure("Had their end by then", item -> Objects.requireNonNullElse(usual(usual, item), "not known"))
                .figure("50 % within", item -> latency(usual, item, "p50"))
                .figure("95 % within", item -> latency(usual, item, "p95"))
                .figure("99 % within", item -> latency(usual, item, "p99"))
                .number(
                        "Of so many",
                        item -> latencies(usual, item).path("messages").asLong())
                .grid("usual", "How long messages usually take");
    }

    private static JsonNode latencies(@Nullable StatisticsAnswer usual, StuckItem item) {
        return usual == null
                ? MissingNode.getInstance()
                : usual.of(item.account()).path("latency_ms");
    }

    private static String latency(@Nullable StatisticsAnswer usual, StuckItem item, String percentile) {
        return StatisticsAnswer.latency(latencies(usual, item).path(percentile));
    }
}
