package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.store.StoreException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The days of which there is a report of what was stuck. */
public record ReportsPage(Grid days, Empty nothing) implements Page {
    static final String PATH = "/ui/reports";

    @Override
    public String title() {
        return "Reports of what was stuck";
    }

    @Override
    public String section() {
        return StuckPage.PATH;
    }

    static ReportsPage of(Api api, Visit visit) throws StoreException {
        List<Grid.Row> rows = new ArrayList<>();
        for (LocalDate date : api.reads().reportDates()) {
            String href = PATH + "/" + date;
            rows.add(Grid.Row.of(
                    Grid.Cell.link(date.toString(), href),
                    Grid.Cell.link("CSV", href + "/csv"),
                    Grid.Cell.link("JSON", href + "/json")));
        }
        return new ReportsPage(
                new Grid(
                        "days",
                        "Reports, the newest first",
                        List.of(
                                Grid.Column.newestFirst("Day"),
                                Grid.Column.text("What was stuck"),
                                Grid.Column.text("All of it")),
                        rows),
                new Empty(
                        "No report was made yet. One is made each day at the time that stuck.report-time names.",
                        List.of("scripts/sendstatus report stuck")));
    }
}
