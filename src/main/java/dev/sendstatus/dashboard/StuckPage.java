package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Recent.Counted;
import dev.sendstatus.dashboard.StatisticsAnswer.Parameters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.StuckItem;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are stuck now, the reason of each, and the time that such messages usually take.
 *
 * @param tables null while they are counted for the first time
 * @param usual each account's oldest one beside how long its messages took that have ended
 */
public record StuckPage(@Nullable StuckTables tables, Grid usual, Empty nothing, List<Way> ways, Freshness freshness)
        implements Page {
    static final String PATH = "/ui/stuck";

    private static final Duration COMPARED = Duration.ofDays(1);
    private static final Parameters USUAL = new Parameters("24h", null, "account");

    @Override
    public String title() {
        return "Stuck";
    }

    @Override
    public String section() {
        return PATH;
    }

    static StuckPage of(Api api, Visit visit, Counts counts) throws StoreException, WrongParameter {
        Instant now = visit.now();
        Counted<StuckReport> report = counts.report(now);
        // Nothing is compared where nothing waits.
        Counted<StatisticsAnswer> day =
                report == null || report.value().total() == 0 ? null : counts.statistics(USUAL, now);
        StatisticsAnswer usual = day == null ? null : day.value();
        boolean again = report != null && report.value().total() > 0 && (day == null || day.again());
        return new StuckPage(
                report == null ? null : StuckTables.live(report.value(), item -> usual(usual, item), now),
                usual(report, usual),
                new Empty(
                        "No message is stuck. One that waits longer than stuck.threshold stands here, with the reason.",
                        List.of("scripts/sendstatus report stuck")),
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

    private static Grid usual(@Nullable Counted<StuckReport> report, @Nullable StatisticsAnswer usual) {
        List<Grid.Row> rows = new ArrayList<>();
        if (report != null && usual != null) {
            Map<AccountName, StuckItem> oldest = new TreeMap<>();
            report.value().stuck().forEach(item -> oldest.putIfAbsent(item.account(), item));
            for (Map.Entry<AccountName, StuckItem> one : oldest.entrySet()) {
                JsonNode latency = usual.of(one.getKey()).path("latency_ms");
                String share = usual(usual, one.getValue());
                rows.add(Grid.Row.of(
                        Grid.Cell.text(one.getKey().toString()),
                        Grid.Cell.text(Figures.duration(one.getValue().ageSeconds())),
                        Grid.Cell.text(share == null ? "not known" : share),
                        Grid.Cell.text(StatisticsAnswer.latency(latency.path("p50"))),
                        Grid.Cell.text(StatisticsAnswer.latency(latency.path("p95"))),
                        Grid.Cell.text(StatisticsAnswer.latency(latency.path("p99"))),
                        Grid.Cell.number(latency.path("messages").asLong(), null)));
            }
        }
        return new Grid(
                "usual",
                "How long messages usually take",
                List.of(
                        Grid.Column.text("Account"),
                        Grid.Column.number("The oldest waits"),
                        Grid.Column.number("Had their end by then"),
                        Grid.Column.number("50 % within"),
                        Grid.Column.number("95 % within"),
                        Grid.Column.number("99 % within"),
                        Grid.Column.number("Of so many")),
                rows);
    }
}
