package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.NumberedPage;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.util.List;

/**
 * The callbacks that were not understood, the newest first, as {@code GET /v1/quarantine} has them.
 *
 * @param first whether these are the newest ones
 */
public record QuarantinePage(String sentence, Grid grid, boolean first, Pager pager) {
    static final String PATH = "/ui/quarantine";

    private static final int ITEMS = 50;

    static QuarantinePage of(Api api, Visit visit) throws StoreException, WrongParameter {
        String cursor = visit.query(Pager.CURSOR);
        NumberedPage page = NumberedPage.of(ITEMS, cursor);
        List<QuarantinedCallback> found = api.reads().callbacks().quarantine(page.before(), page.lookedFor());
        long size = api.reads().callbacks().quarantineSize();
        return new QuarantinePage(
                Figures.number(size) + (size == 1 ? " callback is" : " callbacks are")
                        + " kept here. Each was authentic, and it, or a part of it, was not understood.",
                grid(api, visit, page.shown(found)),
                cursor == null,
                Pager.of(Place.of(PATH), cursor, page.next(found, QuarantinedCallback::number), "Older"));
    }

    private static Grid grid(Api api, Visit visit, List<QuarantinedCallback> shown) throws StoreException {
        Columns<QuarantinedCallback> columns = new Columns<>(shown, visit.now())
                .link(
                        "Number",
                        one -> Long.toString(one.number()),
                        one -> visit.mayWrite() ? PATH + "/" + one.number() : null)
                .moment(Grid.Column.newestFirst("Received"), QuarantinedCallback::receivedAt)
                .text("Account", one -> one.account().toString())
                .text("Reason", QuarantinedCallback::reason)
                .add(
                        Grid.Column.number("Bytes"),
                        one -> api.reads()
                                .callbacks()
                                .one(one.number())
                                .map(stored -> Grid.Cell.number(stored.raw().body().length, null))
                                .orElse(Grid.Cell.text("removed")));
        if (visit.mayWrite()) {
            columns.button("Again", one -> QuarantinedPage.readAgain(one.number()));
        }
        return columns.grid("quarantine-table", "Callbacks in quarantine, the newest first");
    }
}
