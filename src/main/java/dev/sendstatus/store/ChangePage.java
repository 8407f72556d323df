package dev.sendstatus.store;

import dev.sendstatus.state.Change;
import java.util.List;

/**
 * Some of the changes, and which of all are kept, as of one moment.
 *
 * @param feed names the sequence of changes: a database that was restored begins another one
 * @param oldestAfter all changes after this one are kept
 * @param newest the last number of which it is sure that nothing will ever be added at it or before it
 * @param changes in their order
 * @param next the last number that was looked at: the next page begins after it
 */
public record ChangePage(String feed, long oldestAfter, long newest, List<Change> changes, long next) {

    /** The same with other changes. @param end where the next page begins */
    public ChangePage with(List<Change> others, long end) {
        return new ChangePage(feed, oldestAfter, newest, List.copyOf(others), end);
    }

    /** Whether the changes after this page can be read in a later one, which is none of another feed and begins where all is kept. */
    public boolean goesOnIn(ChangePage later) {
        return feed.equals(later.feed) && later.reachesBackTo(next);
    }

    /** Whether all that came after that number and is stored by now can be read. */
    public boolean reachesBackTo(long after) {
        return oldestAfter <= after && after <= newest;
    }
}
