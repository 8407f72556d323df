package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.store.StoreException;

/** The days that have a report of stuck messages. */
public record ReportsPage(Grid days) {
    static final String PATH = "/ui/reports";

    static ReportsPage of(Api api, Visit visit) throws StoreException {
        return new ReportsPage(new Columns<>(api.reads().reportDates(), visit.now())
                .add(Grid.Column.newestFirst("Day"), date -> Grid.Cell.link(date.toString(), PATH + "/" + date))
                .link("What was stuck", date -> "CSV", date -> PATH + "/" + date + "/csv")
                .link("All of it", date -> "JSON", date -> PATH + "/" + date + "/json")
                .grid("days", "Reports, the newest first"));
    }
}
