package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes events part of their messages: loads what is known, has {@link MessageHistory} and {@link MessageState} say what it means together,
 * and writes the rows. Called within a transaction that writes.
 */
final class MessageWriter {
    private final Dialect dialect;
    private final Accounts accounts;
    private final MessageRows rows;

    MessageWriter(Dialect dialect, Accounts accounts) {
        this.dialect = dialect;
        this.accounts = accounts;
        this.rows = new MessageRows(accounts);
    }

    /** What came together. @param callback its number in the log; null if nothing raw is kept of it */
    record Arrived(Incoming incoming, @Nullable Long callback) {}

    private record NewEvent(@Nullable Long callback, RecordedEvent event) {}

    /** A message with the events that are added to it. */
    private static final class Draft {
        private final @Nullable MessageState before;
        private final List<NewEvent> added = new ArrayList<>();
        private MessageHistory history;
        private @Nullable MessageState state;

        Draft(MessageHistory stored) {
            this.history = stored;
            this.before = stored.events().isEmpty() ? null : MessageState.of(stored);
            this.state = before;
        }

        /** Adds an event, unless it says what is known. It changed something if the outcome for any recipient is another one. */
        void add(NewEvent event) {
            if (history.says(event.event())) {
                return;
            }
            MessageHistory longer = history.with(event.event());
            MessageState after = MessageState.of(longer);
            RecordedEvent recorded = event.event();
            if (state != null && state.sameOutcome(after)) {
                recorded = new RecordedEvent(
                        recorded.sequence(),
                        recorded.receivedAt(),
                        false,
                        recorded.source(),
                        recorded.account(),
                        recorded.event());
                longer = history.with(recorded);
            }
            history = longer;
            state = after;
            added.add(new NewEvent(event.callback(), recorded));
        }

        MessageRows.@Nullable Written written(long id) {
            MessageState now = state;
            return now == null || added.isEmpty() ? null : new MessageRows.Written(id, before, history, now);
        }
    }

    void write(Session session, List<Arrived> batch) throws SQLException {
        Map<MessageKey, List<NewEvent>> events = byMessage(session, batch);
        if (events.isEmpty()) {
            return;
        }
        Map<MessageKey, Long> known = MessageRows.lock(session, dialect, events.keySet());
        List<MessageRows.Written> written = new ArrayList<>();
        List<EventTable.Added> added = new ArrayList<>();

        Map<MessageKey, List<NewEvent>> unknown = new TreeMap<>(events);
        unknown.keySet().removeAll(known.keySet());
        while (!unknown.isEmpty()) {
            unknown.keySet().retainAll(insert(session, unknown, written, added));
            Map<MessageKey, Long> raced = MessageRows.lock(session, dialect, unknown.keySet());
            known.putAll(raced);
            // Such a message may be removed again before it is locked; then it begins anew.
            unknown.keySet().removeAll(raced.keySet());
        }
        update(session, events, known, written, added);
        rows.writeRecipients(session, written);
        MessageRows.writeLabels(session, written);
        EventTable.insert(session, accounts, added);
    }

    /** Numbers the events in the order in which they came. */
    private Map<MessageKey, List<NewEvent>> byMessage(Session session, List<Arrived> batch) throws SQLException {
        int count = 0;
        for (Arrived arrived : batch) {
            count += arrived.incoming().events().size();
        }
        Map<MessageKey, List<NewEvent>> events = new TreeMap<>();
        if (count == 0) {
            return events;
        }
        long sequence = dialect.eventNumbers(session, count);
        for (Arrived arrived : batch) {
            Incoming incoming = arrived.incoming();
            for (DeliveryEvent event : incoming.events()) {
                events.computeIfAbsent(event.message(), key -> new ArrayList<>())
                        .add(new NewEvent(
                                arrived.callback(),
                                new RecordedEvent(
                                        sequence++,
                                        incoming.receivedAt(),
                                        true,
                                        incoming.source(),
                                        incoming.account(),
                                        event)));
            }
        }
        return events;
    }

    /** @return the messages that another node inserted at the same moment */
    private Set<MessageKey> insert(
            Session session,
            Map<MessageKey, List<NewEvent>> unknown,
            List<MessageRows.Written> written,
            List<EventTable.Added> added)
            throws SQLException {
        long[] ids = dialect.numbers(session, Dialect.Numbered.MESSAGE, unknown.size());
        List<MessageRows.Written> fresh = new ArrayList<>();
        Map<Long, Draft> drafts = new HashMap<>();
        int next = 0;
        for (Map.Entry<MessageKey, List<NewEvent>> one : unknown.entrySet()) {
            Draft draft = new Draft(MessageHistory.none(one.getKey()));
            one.getValue().forEach(draft::add);
            MessageRows.Written message = draft.written(ids[next++]);
            if (message != null) {
                fresh.add(message);
                drafts.put(message.id(), draft);
            }
        }
        rows.insert(session, fresh);
        Set<Long> lost = dialect.lostRaces(session, drafts.keySet());
        Set<MessageKey> raced = new HashSet<>();
        for (MessageRows.Written message : fresh) {
            if (lost.contains(message.id())) {
                raced.add(message.state().message());
            } else {
                written.add(message);
                add(message.id(), drafts.get(message.id()), added);
            }
        }
        return raced;
    }

    private void update(
            Session session,
            Map<MessageKey, List<NewEvent>> events,
            Map<MessageKey, Long> known,
            List<MessageRows.Written> written,
            List<EventTable.Added> added)
            throws SQLException {
        Map<Long, List<RecordedEvent>> stored = EventTable.of(session, List.copyOf(known.values()));
        List<MessageRows.Written> changed = new ArrayList<>();
        for (Map.Entry<MessageKey, Long> one : known.entrySet()) {
            MessageKey key = one.getKey();
            long id = one.getValue();
            Draft draft = new Draft(new MessageHistory(key, stored.getOrDefault(id, List.of())));
            events.getOrDefault(key, List.of()).forEach(draft::add);
            MessageRows.Written message = draft.written(id);
            if (message != null) {
                changed.add(message);
                add(id, draft, added);
            }
        }
        rows.update(session, changed);
        written.addAll(changed);
    }

    private static void add(long id, @Nullable Draft draft, List<EventTable.Added> added) {
        if (draft != null) {
            for (NewEvent event : draft.added) {
                added.add(new EventTable.Added(id, event.callback(), event.event()));
            }
        }
    }
}
