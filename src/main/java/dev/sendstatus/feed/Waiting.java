package dev.sendstatus.feed;

import dev.sendstatus.state.Change;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A request that waits for the next changes that match a filter. */
public final class Waiting {
    private final MessageFilter filter;
    private final int limit;
    private final long untilNanos;
    private final CompletableFuture<ChangePage> found = new CompletableFuture<>();
    /** The last page that was looked at; written by the thread that looks. */
    private volatile ChangePage seen;

    Waiting(ChangePage seen, MessageFilter filter, int limit, long untilNanos) {
        this.seen = seen;
        this.filter = filter;
        this.limit = limit;
        this.untilNanos = untilNanos;
    }

    /**
     * The changes that were found; none if the time was over, or if {@link ChangePage#goesOnIn} no longer holds, which is
     * to be asked. Completed by the thread that looks for all.
     */
    public CompletableFuture<ChangePage> found() {
        return found;
    }

    /** Waits no longer. Any thread. */
    public void end() {
        found.complete(seen);
    }

    long position() {
        return seen.next();
    }

    /** @param page the changes after this one's position or an earlier one @param compared what the filter is compared with, for each */
    void look(ChangePage page, List<StoredMessage> compared, long nowNanos) {
        if (!seen.goesOnIn(page)) {
            found.complete(page.with(List.of(), position()));
            return;
        }
        long position = position();
        List<Change> matching = new ArrayList<>();
        for (int i = 0; i < compared.size() && matching.size() < limit; i++) {
            Change change = page.changes().get(i);
            if (change.sequence() > position && filter.matches(compared.get(i))) {
                matching.add(change);
            }
        }
        long next = matching.size() == limit ? matching.get(limit - 1).sequence() : Math.max(position, page.next());
        seen = page.with(List.of(), next);
        if (!matching.isEmpty()) {
            found.complete(page.with(matching, next));
        } else if (nowNanos - untilNanos >= 0) {
            end();
        }
    }
}
