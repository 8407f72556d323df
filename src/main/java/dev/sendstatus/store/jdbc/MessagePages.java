package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of messages, page by page.
 *
 * @param work how many rows a page looks at, so that it takes a bounded time whatever is asked for
 */
record MessagePages(int work) {

    MessagePage page(Dialect dialect, Session session, MessageFilter filter, @Nullable Long before, int limit)
            throws SQLException {
        MessageQuery query = new MessageQuery(dialect, session, filter, work);
        MessageQuery.Range all = query.range(before);
        if (all.isEmpty()) {
            return new MessagePage(List.of(), null);
        }
        MessageQuery.Range part = query.newest(all);
        List<Long> ids = query.ids(part, limit + 1);
        if (ids.size() > limit) {
            List<Long> shown = ids.subList(0, limit);
            return new MessagePage(MessageReader.of(session, shown), shown.get(limit - 1));
        }
        return new MessagePage(MessageReader.of(session, ids), part.from() > all.from() ? part.from() : null);
    }
}
