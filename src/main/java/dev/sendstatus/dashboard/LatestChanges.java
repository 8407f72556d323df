package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.feed.ChangeFeed;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Changes of the feed, the newest first, and where those are that come next. It is a part of a page too, which is put above the changes that
 * are shown already.
 *
 * @param newer the URL of the changes that come next
 * @param note that some are missing; empty if none is
 */
public record LatestChanges(List<Item> changes, String newer, String note) {
    static final String PATH = LivePage.PATH + "/newer";

    private static final String AFTER = "after";
    private static final String STUCK = "stuck";
    /** The page shows no more. */
    private static final int AT_ONCE = 200;
    /** So many numbers of the feed are looked at for the first ones. */
    private static final int LOOKED_BACK = 500;

    private static final int FIRST = 50;

    /** A change. @param words between its badges and its id, and after it */
    public record Item(Moment moment, List<Badge> badges, String id, String href, String words) {}

    /** Those that came last. @param given the filters of {@code GET /v1/changes} */
    static LatestChanges first(Api api, Map<String, List<String>> given, Instant now)
            throws StoreException, WrongParameter {
        MessageFilter filter = filter(api, given, now);
        return latest(api, given, filter, now, "");
    }

    private static LatestChanges latest(
            Api api, Map<String, List<String>> given, MessageFilter filter, Instant now, String note)
            throws StoreException {
        ChangeFeed feed = new ChangeFeed(api.reads());
        ChangePage ends = feed.ends();
        ChangePage page = feed.after(Math.max(ends.oldestAfter(), ends.newest() - LOOKED_BACK), filter, LOOKED_BACK);
        List<Change> all = page.changes();
        List<Change> last = all.subList(Math.max(0, all.size() - FIRST), all.size());
        return new LatestChanges(items(api, last, now), newer(given, page.next()), note);
    }

    /** Those that came after the ones that are shown. */
    static LatestChanges of(Api api, Visit visit) throws StoreException, WrongParameter {
        Map<String, List<String>> given = visit.queryWithout(AFTER);
        MessageFilter filter = filter(api, given, visit.now());
        long after = Api.number(String.valueOf(visit.query(AFTER)));
        if (after < 0) {
            throw new WrongParameter("after is a number of the feed.");
        }
        ChangePage page = new ChangeFeed(api.reads()).after(after, filter, AT_ONCE);
        if (!page.reachesBackTo(after)) {
            return new LatestChanges(
                    List.of(),
                    newer(given, page.newest()),
                    "The database was restored, or what came meanwhile is no longer kept. From here on it goes on.");
        }
        if (page.changes().size() == AT_ONCE && page.next() < page.newest()) {
            return latest(
                    api, given, filter, visit.now(), "More came than a person can read: some changes are not shown.");
        }
        return new LatestChanges(items(api, page.changes(), visit.now()), newer(given, page.next()), "");
    }

    private static MessageFilter filter(Api api, Map<String, List<String>> given, Instant now)
            throws StoreException, WrongParameter {
        if (given.containsKey(STUCK)) {
            throw new WrongParameter("stuck is no filter of changes: a message becomes stuck when nothing changes.");
        }
        return api.listParameters().filter(given, Set.of(), now);
    }

    private static String newer(Map<String, List<String>> given, long after) {
        return new Place(PATH, given).with(AFTER, Long.toString(after)).url();
    }

    private static List<Item> items(Api api, List<Change> changes, Instant now) {
        List<Item> items = new ArrayList<>();
        for (Change change : changes) {
            RecipientState recipient = change.recipient();
            RecipientState before = change.previous();
            List<Badge> badges = new ArrayList<>();
            if (before != null && before.status() != recipient.status()) {
                badges.add(MessageWords.status(api, before.status(), before.unconfirmed()));
            }
            badges.add(MessageWords.status(api, recipient.status(), recipient.unconfirmed()));
            String to = recipient.to() == null
                    ? ""
                    : "to " + Grid.cut(recipient.to().address()) + ", ";
            String code = recipient.errorCode() == null ? "" : ", code " + Grid.cut(recipient.errorCode());
            items.add(new Item(
                    Moment.of(change.event().receivedAt(), now),
                    badges,
                    Grid.cut(change.after().message().id()),
                    MessageWords.href(change.after().message()),
                    to + "\"" + Grid.cut(recipient.providerStatus()) + "\"" + code + ", by "
                            + change.after().account()));
        }
        Collections.reverse(items);
        return items;
    }
}
