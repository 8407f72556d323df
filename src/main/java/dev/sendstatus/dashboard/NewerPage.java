package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many messages are newer than those that a list shows: a part of a page, so that rows do not move under a reader's hand.
 *
 * @param text empty if there are none
 * @param list shows them
 */
public record NewerPage(String text, String list) {
    private static final String FIRST = "first";
    private static final int MOST_COUNTED = 100;

    static NewerPage of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout(FIRST);
        MessageFilter filter = api.listParameters().filter(given, Set.of(), visit.now());
        MessagePage found = api.reads().page(filter, null, MOST_COUNTED);
        String first = visit.query(FIRST);
        int newer = 0;
        while (newer < found.messages().size()
                && !MessagesPage.key(found.messages().get(newer)).equals(first)) {
            newer++;
        }
        String text = newer == 0 ? "" : (newer == MOST_COUNTED ? newer + " or more" : "" + newer) + " newer, show";
        return new NewerPage(text, new Place(MessagesPage.PATH, given).url());
    }
}
