package dev.sendstatus.feed;

import dev.sendstatus.state.Change;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds, among the changes after a position, those that match a filter. Any thread. */
public final class ChangeFeed {
    /** Looked at in one transaction, where a filter may match few. */
    static final int LOOK = 1_000;
    /** One question may take so long; the changes that were looked at by then are told. */
    private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();

    private final Reads reads;

    public ChangeFeed(Reads reads) {
        this.reads = reads;
    }

    /** The ends of the feed, without any change. */
    public ChangePage ends() throws StoreException {
        return reads.changes(0, 0);
    }

    /** The next changes that match, as of when they happened. @param limit at most so many, from 1 */
    public ChangePage after(long position, MessageFilter filter, int limit) throws StoreException {
        long began = System.nanoTime();
        ChangePage page = reads.changes(position, limit);
        List<Change> found = new ArrayList<>();
        while (true) {
            for (Change change : page.changes()) {
                if (filter.matches(compared(change))) {
                    found.add(change);
                    if (found.size() == limit) {
                        return page.with(found, change.sequence());
                    }
                }
            }
            if (page.next() >= page.newest() || System.nanoTime() - began > MOST_NANOS) {
                return page.with(found, page.next());
            }
            page = reads.changes(page.next(), LOOK);
        }
    }

    /** The message that a filter is compared with. */
    static StoredMessage compared(Change change) {
        return new StoredMessage(change.alone(), null, null, false);
    }
}
