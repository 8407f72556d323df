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

/**
 * One page of a list. First the newest messages are gone through, up to some thousands: what is not rare is found there. Then all that lie
 * further down are asked for by the index, which for something that is not rare would have to look at nearly all of them.
 */
final class MessagePages {
    private static final int LARGEST_STRETCH = 4_096;
    private static final int GROWTH = 4;

    private final MessageLists lists;
    private final int work;
    private final int window;

    /**
     * @param work how many candidates a page looks at, about, before it leaves the rest to the next
     * @param window how many of the newest messages are gone through
     */
    MessagePages(MessageLists lists, int work, int window) {
        this.lists = lists;
        this.work = work;
        this.window = window;
    }

    MessagePage page(Connection connection, MessageFilter filter, @Nullable Long before, int limit)
            throws SQLException, Damaged {
        return new Draft(connection, filter, before == null ? Long.MAX_VALUE : before, limit).fill();
    }

    /** A page that is being filled. */
    private final class Draft {
        private final Connection connection;
        private final MessageFilter filter;
        private final Conditions conditions;
        private final boolean stuck;
        private final int limit;
        private final List<StoredMessage> found = new ArrayList<>();
        private final long lowest;
        private boolean newest;
        /** Everything from there on is done. */
        private long position;

        private long afterFound;

        private Draft(Connection connection, MessageFilter filter, long before, int limit) throws SQLException {
            this.connection = connection;
            this.filter = filter;
            this.conditions = Conditions.of(filter);
            this.stuck = filter.stuck() != null && filter.stuck().wanted();
            this.limit = limit;
            this.position = before;
            this.afterFound = before;
            this.newest = !stuck;
            this.lowest = stuck || conditions.none() ? Long.MIN_VALUE : MessageLists.lowest(connection, before, window);
        }

        private MessagePage fill() throws SQLException, Damaged {
            int stretch = limit + 1;
            for (int looked = 0; looked < work; ) {
                int rows = look(stretch);
                if (found.size() > limit) {
                    // One more than asked for shows that there is a next page.
                    return new MessagePage(found.subList(0, limit), afterFound);
                }
                looked += rows;
                if (rows == stretch) {
                    stretch = Math.min(LARGEST_STRETCH, GROWTH * stretch);
                } else if (newest && lowest != Long.MIN_VALUE) {
                    newest = false;
                    position = lowest;
                } else {
                    return new MessagePage(found, null);
                }
            }
            return new MessagePage(found, position);
        }

        /** @return how many candidates there were; at most as many as asked for */
        private int look(int candidates) throws SQLException, Damaged {
            int rows = 0;
            try (PreparedStatement select = select(candidates);
                    ResultSet row = select.executeQuery()) {
                while (found.size() <= limit && row.next()) {
                    rows++;
                    position = row.getLong(1);
                    StoredMessage message = lists.message(connection, row);
                    if (filter.matches(MessageState.of(message.history()), message.flag())) {
                        found.add(message);
                        afterFound = found.size() <= limit ? position : afterFound;
                    }
                }
            }
            return rows;
        }

        private PreparedStatement select(int candidates) throws SQLException {
            if (stuck) {
                return MessageLists.stuck(connection, position, candidates);
            }
            return newest
                    ? MessageLists.newest(connection, conditions, position, lowest, candidates)
                    : MessageLists.rare(connection, conditions, position, candidates);
        }
    }
}
