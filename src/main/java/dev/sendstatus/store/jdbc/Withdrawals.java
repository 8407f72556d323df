package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.Registrations;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes registrations back: by an event where the provider named the message too, else with the message. */
final class Withdrawals {
    private Withdrawals() {}

    /** @return what became of those of these messages that there are */
    static Map<MessageKey, Store.Withdrawn> withdraw(
            Session session, Dialect dialect, MessageWriter writer, Collection<MessageKey> messages, Instant now)
            throws SQLException {
        Map<MessageKey, Long> locked = MessageRows.lock(session, dialect, messages);
        Map<MessageKey, Store.Withdrawn> results = new HashMap<>();
        List<Long> removed = new ArrayList<>();
        List<MessageWriter.Arrived> withdrawals = new ArrayList<>();
        for (EventTable.Known message : EventTable.histories(session, locked)) {
            MessageHistory history = message.history();
            List<RecordedEvent> registered = Registrations.counting(history);
            if (registered.isEmpty()) {
                results.put(history.message(), Store.Withdrawn.NOT_REGISTERED);
            } else if (Registrations.namedByProvider(history)) {
                withdrawals.add(new MessageWriter.Arrived(withdrawal(history, registered.get(0), now), null));
                results.put(history.message(), Store.Withdrawn.WITHDRAWN);
            } else {
                removed.add(message.message());
                results.put(history.message(), Store.Withdrawn.REMOVED);
            }
        }
        dialect.forGood(session, deleting -> {
            MessageRows.delete(deleting, removed);
            return removed;
        });
        writer.write(session, withdrawals);
        return results;
    }

    private static Incoming withdrawal(MessageHistory history, RecordedEvent registered, Instant now) {
        return new Incoming(
                registered.account(),
                Source.REGISTRATION,
                now,
                RawCallback.NONE,
                List.of(Registrations.withdrawal(history)),
                null);
    }
}
