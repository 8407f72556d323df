package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes down the ids wherever all conditions may hold, decodes each message that lies there, and asks the filter. Within one read
 * transaction of the connection, by one thread.
 */
final class MessageScanner implements AutoCloseable {
    static final String SELECT_MESSAGES =
            "SELECT id, key, history FROM message WHERE id >= ? AND id <= ? ORDER BY id DESC";
    static final String SELECT_NEWEST = "SELECT max(id) FROM message";

    private final Statements statements;
    private final MessageDecoder decoder;
    private final FlagTable flags;
    private final MessageFilter filter;
    private final List<Candidates> conditions;
    private final long start;

    /** Everything above is done. */
    private long position;

    private long work;
    private Candidates.@Nullable Run run;
    private @Nullable ResultSet rows;

    /**
     * @param before ids from there on are left out
     * @param work how many messages, or steps between them, to look at before giving up
     */
    MessageScanner(Connection connection, SqliteDictionary dictionary, MessageFilter filter, long before, long work)
            throws SQLException {
        this.statements = new Statements(connection);
        this.decoder = new MessageDecoder(dictionary);
        this.flags = new FlagTable(dictionary);
        this.filter = filter;
        this.work = work;
        try (ResultSet row = statements.prepared(SELECT_NEWEST).executeQuery()) {
            this.position = Math.min(before - 1, row.next() ? row.getLong(1) : 0);
        }
        this.start = position;
        this.conditions = new CandidatePlan(statements).of(filter);
    }

    /** The next message that matches; null if there is none, or if the work is used up. */
    @Nullable
    StoredMessage next() throws SQLException, Damaged {
        while (true) {
            ResultSet open = rows;
            if (open == null) {
                open = nextRows();
                if (open == null) {
                    return null;
                }
            }
            while (open.next()) {
                position = open.getLong(1) - 1;
                work--;
                StoredMessage message = ifMatching(open.getBytes(2), open.getBytes(3));
                if (message != null) {
                    return message;
                }
                if (work <= 0) {
                    return null;
                }
            }
            open.close();
            rows = null;
            if (run != null) {
                position = run.low() - 1;
            }
        }
    }

    private @Nullable ResultSet nextRows() throws SQLException, Damaged {
        Candidates.Run next = work > 0 && position > 0 ? common() : null;
        if (next == null) {
            return null;
        }
        run = next;
        PreparedStatement select = statements.prepared(SELECT_MESSAGES);
        select.setLong(1, next.low());
        select.setLong(2, next.high());
        rows = select.executeQuery();
        return rows;
    }

    /** The highest run that all conditions share: each in turn is asked where it next may hold, until none goes further down. */
    private Candidates.@Nullable Run common() throws SQLException, Damaged {
        while (work-- > 0) {
            long low = 1;
            boolean agreed = true;
            for (Candidates condition : conditions) {
                Candidates.Run next = condition.atOrBelow(position);
                if (next == null) {
                    position = 0;
                    return null;
                }
                low = Math.max(low, next.low());
                if (next.high() < position) {
                    position = next.high();
                    agreed = false;
                    break;
                }
            }
            if (agreed) {
                return low <= position ? new Candidates.Run(low, position) : null;
            }
        }
        return null;
    }

    private @Nullable StoredMessage ifMatching(byte[] packed, byte[] bytes) throws SQLException, Damaged {
        MessageKey key = decoder.key(statements.connection(), packed);
        MessageHistory history = decoder.history(statements.connection(), key, bytes);
        MessageState state = MessageState.of(history);
        if (filter.stuck() != null) {
            StuckFlag flag = flags.of(statements, packed);
            return filter.matches(state, flag) ? new StoredMessage(history, flag) : null;
        }
        return filter.matches(state, null) ? new StoredMessage(history, flags.of(statements, packed)) : null;
    }

    /** Whether there is nothing further down. */
    boolean ended() {
        return position <= 0;
    }

    /** What to give as {@code before} to go on after the message returned last, and after all that was looked at. */
    long before() {
        return position + 1;
    }

    double progress() {
        return start <= 0 ? 1 : 1 - (double) Math.max(0, position) / start;
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }
}
