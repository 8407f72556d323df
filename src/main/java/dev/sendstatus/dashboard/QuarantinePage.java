package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The callbacks that were not understood, the newest first, as {@code GET /v1/quarantine} has them. */
public record QuarantinePage(String sentence, Grid grid, Empty empty, Pager pager) implements Page {
    static final String PATH = "/ui/quarantine";

    private static final int ITEMS = 50;

    @Override
    public String title() {
        return "Quarantine";
    }

    @Override
    public String section() {
        return PATH;
    }

    static QuarantinePage of(Api api, Visit visit) throws StoreException, WrongParameter {
        String cursor = visit.query("cursor");
        List<QuarantinedCallback> found =
                api.reads().callbacks().quarantine(cursor == null ? Long.MAX_VALUE : Cursor.read(cursor), ITEMS + 1);
        boolean more = found.size() > ITEMS;
        List<QuarantinedCallback> shown = more ? found.subList(0, ITEMS) : found;
        long size = api.reads().callbacks().quarantineSize();
        return new QuarantinePage(
                Figures.number(size) + (size == 1 ? " callback is" : " callbacks are")
                        + " kept here. Each was authentic, and it, or a part of it, was not understood.",
                grid(api, visit, shown),
                cursor == null
                        ? new Empty(
                                "Nothing is in quarantine: every callback was understood. What comes here is read"
                                        + " again after an upgrade with",
                                List.of("scripts/sendstatus replay --quarantined"))
                        : new Empty("There are no older ones.", List.of()),
                new Pager(
                        cursor == null ? null : PATH,
                        more
                                ? PATH + "?cursor="
                                        + Cursor.write(shown.get(ITEMS - 1).number())
                                : null,
                        "Older"));
    }

    private static Grid grid(Api api, Visit visit, List<QuarantinedCallback> shown) throws StoreException {
        List<Grid.Row> rows = new ArrayList<>();
        for (QuarantinedCallback one : shown) {
            Optional<StoredCallback> stored = api.reads().callbacks().one(one.number());
            String number = Long.toString(one.number());
            List<Grid.Cell> cells = new ArrayList<>(List.of(
                    Grid.Cell.link(number, visit.mayWrite() ? PATH + "/" + number : null),
                    Grid.Cell.moment(Moment.of(one.receivedAt(), visit.now())),
                    Grid.Cell.text(one.account().toString()),
                    Grid.Cell.text(one.reason()),
                    stored.isPresent()
                            ? Grid.Cell.number(stored.get().raw().body().length, null)
                            : Grid.Cell.text("removed")));
            if (visit.mayWrite()) {
                cells.add(Grid.Cell.button(QuarantinedPage.readAgain(one.number())));
            }
            rows.add(new Grid.Row(cells));
        }
        List<Grid.Column> columns = new ArrayList<>(List.of(
                Grid.Column.text("Number"),
                Grid.Column.newestFirst("Received"),
                Grid.Column.text("Account"),
                Grid.Column.text("Reason"),
                Grid.Column.number("Bytes")));
        if (visit.mayWrite()) {
            columns.add(Grid.Column.text("Again"));
        }
        return new Grid("quarantine-table", "Callbacks in quarantine, the newest first", columns, rows);
    }
}
