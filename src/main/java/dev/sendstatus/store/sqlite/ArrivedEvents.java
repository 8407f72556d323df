package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.merge.Known;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the callbacks that are not part of their messages yet say of some messages: whoever asks for one of these is told that as well, also
 * while the database cannot be written.
 */
final class ArrivedEvents {
    private static final String SELECT_SEQUENCE = "SELECT next_sequence FROM counter";
    private static final ArrivedEvents NONE = new ArrivedEvents(Map.of());

    private final Map<MessageKey, List<RecordedEvent>> events;

    private ArrivedEvents(Map<MessageKey, List<RecordedEvent>> events) {
        this.events = events;
    }

    /**
     * Those of some ids. To be taken before the messages are read: what becomes part of them meanwhile is then said twice, which counts once.
     *
     * @param lying all that lie there, in order of arrival
     */
    static ArrivedEvents of(List<Incoming> lying, Collection<String> ids, Prepared statements) throws SQLException {
        if (!mention(lying, ids)) {
            return NONE;
        }
        Map<MessageKey, List<RecordedEvent>> events = new HashMap<>();
        // They will have the next numbers, in order.
        long sequence = nextSequence(statements);
        for (Incoming incoming : lying) {
            for (RecordedEvent recorded : incoming.recorded(sequence)) {
                MessageKey key = recorded.event().message();
                if (ids.contains(key.id())) {
                    events.computeIfAbsent(key, none -> new ArrayList<>()).add(recorded);
                }
            }
            sequence += incoming.sequences();
        }
        return new ArrivedEvents(events);
    }

    private static boolean mention(List<Incoming> lying, Collection<String> ids) {
        for (Incoming incoming : lying) {
            for (DeliveryEvent event : incoming.events()) {
                if (ids.contains(event.message().id())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long nextSequence(Prepared statements) throws SQLException {
        try (ResultSet row = statements.prepared(SELECT_SEQUENCE).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A message with them. @param stored null for one that is not stored @return null if nothing is known of it at all */
    @Nullable
    MessageHistory addTo(@Nullable MessageHistory stored, MessageKey key) {
        List<RecordedEvent> arrived = events.get(key);
        if (arrived == null) {
            return stored;
        }
        long first = arrived.get(0).sequence();
        Known known = stored == null ? Known.none(first, key) : Known.stored(first, stored);
        return known.with(arrived).history();
    }
}
