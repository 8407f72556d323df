package dev.sendstatus.store.postgres;

import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list: candidates in stretches that grow as long as few of them match. */
final class MessagePages {
    private static final int LARGEST_STRETCH = 4_096;
    private static final int GROWTH = 4;

    private final MessageLists lists;
    private final int work;

    /** @param work how many messages a page looks at, about, before it leaves the rest to the next */
    MessagePages(MessageLists lists, int work) {
        this.lists = lists;
        this.work = work;
    }

    MessagePage page(Connection connection, MessageFilter filter, @Nullable Long before, int limit)
            throws SQLException, Damaged {
        List<StoredMessage> found = new ArrayList<>();
        long position = before == null ? Long.MAX_VALUE : before;
        long afterFound = position;
        int stretch = limit + 1;
        for (int looked = 0; looked < work; ) {
            int rows = 0;
            try (PreparedStatement select = MessageLists.candidates(connection, filter, position, stretch);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    position = row.getLong(1);
                    StoredMessage message = lists.message(connection, row);
                    if (filter.matches(MessageState.of(message.history()), message.flag())) {
                        if (found.size() == limit) {
                            // One more than asked for shows that there is a next page.
                            return new MessagePage(found, afterFound);
                        }
                        found.add(message);
                        afterFound = position;
                    }
                }
            }
            if (rows < stretch) {
                return new MessagePage(found, null);
            }
            looked += rows;
            stretch = Math.min(LARGEST_STRETCH, GROWTH * stretch);
        }
        return new MessagePage(found, position);
    }
}
