package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.StatisticsAnswers.Parameters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.StuckItem;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages that are stuck now, the reason of each, and the time that such messages usually take.
 *
 * @param usual each account's oldest one beside how long its messages took that have ended
 */
public record StuckPage(StuckTables tables, Grid usual, Empty nothing, List<Way> ways) implements Page {
    static final String PATH = "/ui/stuck";

    private static final Parameters USUAL = new Parameters("24h", null, "account");

    @Override
    public String title() {
        return "Stuck";
    }

    @Override
    public String section() {
        return PATH;
    }

    static StuckPage of(Api api, Visit visit, Recent<StuckReport> recent, StatisticsAnswers answers)
            throws StoreException, WrongParameter {
        StuckReport report = recent.get(visit.now(), () -> api.reports().asOfNow(visit.now()));
        // Nothing is compared where nothing waits: the statistics of a day may take a second.
        JsonNode accounts = report.total() == 0
                ? MissingNode.getInstance()
                : answers.find(api, USUAL, visit.now()).path("groups");
        return new StuckPage(
                StuckTables.live(report, item -> StuckTables.usual(figures(accounts, item.account())), visit.now()),
                usual(report, accounts),
                new Empty(
                        "No message is stuck. One that waits longer than stuck.threshold stands here, with the reason.",
                        List.of()),
                List.of(
                        Way.to("As CSV", PATH + "/csv"),
                        Way.to("As JSON", PATH + "/json"),
                        Way.to("The reports of the days", ReportsPage.PATH)));
    }

    /** Missing where no message of the account was heard of. */
    private static JsonNode figures(JsonNode accounts, AccountName account) {
        for (JsonNode group : accounts) {
            if (group.path("account").asText().equals(account.name())
                    && group.path("provider").asText().equals(account.provider().word())) {
                return group;
            }
        }
        return MissingNode.getInstance();
    }

    private static Grid usual(StuckReport report, JsonNode accounts) {
        Map<AccountName, StuckItem> oldest = new TreeMap<>();
        report.stuck().forEach(item -> oldest.putIfAbsent(item.account(), item));
        List<Grid.Row> rows = new ArrayList<>();
        oldest.forEach((account, item) -> {
            JsonNode latency = figures(accounts, account).path("latency_ms");
            rows.add(Grid.Row.of(
                    Grid.Cell.text(account.toString()),
                    Grid.Cell.text(Figures.duration(item.ageSeconds())),
                    Grid.Cell.text(OverviewFigures.latency(latency.path("p50"))),
                    Grid.Cell.text(OverviewFigures.latency(latency.path("p90"))),
                    Grid.Cell.text(OverviewFigures.latency(latency.path("p99"))),
                    Grid.Cell.number(latency.path("messages").asLong(), null)));
        });
        return new Grid(
                "usual",
                "How long messages usually take",
                List.of(
                        Grid.Column.text("Account"),
                        Grid.Column.number("The oldest waits"),
                        Grid.Column.number("50 % within"),
                        Grid.Column.number("90 % within"),
                        Grid.Column.number("99 % within"),
                        Grid.Column.number("Of so many")),
                rows);
    }
}
