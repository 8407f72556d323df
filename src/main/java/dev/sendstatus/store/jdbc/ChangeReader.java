package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.ChangePage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The events that changed something, in their order. */
final class ChangeReader {
    private static final String SELECT = """
            SELECT e.id, e.message_id, m.provider, m.provider_id
            FROM event e JOIN message m ON m.id = e.message_id
            WHERE e.changed AND e.id > ? AND e.id <= ?
            ORDER BY e.id LIMIT ?""";

    private ChangeReader() {}

    /** A change that was found. @param message the row's number */
    private record Found(long sequence, long message, MessageKey key) {}

    /** @param after where the page before ended @param limit at most so many; with 0 it is only told what there is */
    static ChangePage page(Session session, Dialect dialect, long after, int limit) throws SQLException {
        // Asked first: the next questions see all that is committed by then.
        long newest = dialect.completeEvents(session) - 1;
        FeedTable.Feed feed = FeedTable.read(session);
        List<Found> found = session.list(
                SELECT, row -> new Found(row.getLong(1), row.getLong(2), Rows.message(row, 3)), after, newest, limit);
        List<Long> messages = found.stream().map(Found::message).distinct().toList();
        Map<Long, List<RecordedEvent>> events = EventTable.of(session, messages);
        List<Change> changes = new ArrayList<>(found.size());
        for (Found one : found) {
            MessageHistory history = new MessageHistory(one.key(), events.getOrDefault(one.message(), List.of()));
            changes.add(Change.of(history, one.sequence()));
        }
        boolean full = limit > 0 && changes.size() == limit;
        long next = full ? changes.get(limit - 1).sequence() : newest;
        return new ChangePage(feed.id(), feed.removedTo(), newest, changes, next);
    }
}
