package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.Map;

/**
 * The change feed as it comes. A browser asks for new changes every two seconds, and not while the page is hidden or paused: so a viewer holds
 * neither a thread nor a connection. The filters are those of {@code GET /v1/changes}.
 */
public record LivePage(List<Choice> filters, List<Filters.Chip> chips, LatestChanges latest) {
    static final String PATH = "/ui/live";

    static LivePage of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout();
        return new LivePage(
                Filters.fields(Filters.OF_CHANGES, given, api),
                Filters.chips(new Place(PATH, given)),
                LatestChanges.first(api, given, visit.now()));
    }
}
