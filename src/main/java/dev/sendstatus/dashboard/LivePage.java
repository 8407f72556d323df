package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.Map;

/**
 * The change feed as it comes. A browser asks for what is new every two seconds, and not while the page is hidden or paused: so a viewer holds
 * neither a thread nor a connection. The filters are those of {@code GET /v1/changes}.
 *
 * @param empty stands there until the first change
 */
public record LivePage(List<Choice> filters, List<Chip> chips, LatestChanges latest, Empty empty) implements Page {
    static final String PATH = "/ui/live";

    @Override
    public String title() {
        return "Live";
    }

    @Override
    public String section() {
        return PATH;
    }

    static LivePage of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout();
        return new LivePage(
                MessagesPage.changeFilters(given, api),
                MessagesPage.chips(PATH, given),
                LatestChanges.first(api, given, visit.now()),
                given.isEmpty()
                        ? new Empty(
                                "Nothing has changed lately. What changes appears here by itself. Send some made-up"
                                        + " messages:",
                                List.of("scripts/sendstatus simulate --provider bandwidth --messages 200 --register"))
                        : new Empty(
                                "No change of late matches. What matches appears here by itself; all that is kept can"
                                        + " be read with",
                                List.of("scripts/sendstatus tail --after 0")));
    }
}
