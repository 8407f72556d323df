package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes events part of their messages: loads the known events, has {@link MessageHistory} and {@link MessageState} derive the state of all together,
 * and writes the rows. Called within a transaction that writes.
 */
final class MessageWriter {
    private final Dialect dialect;
    private final Accounts accounts;

    MessageWriter(Dialect dialect, Accounts accounts) {
        this.dialect = dialect;
        this.accounts = accounts;
    }

    /** Events that came together. @param callback its number in the log; null if nothing raw is kept of it */
    record Arrived(Incoming incoming, @Nullable Long callback) {}

    /** @param arrived its place in the batch */
    private record NewEvent(int arrived, @Nullable Long callback, RecordedEvent event) {}

    /** A message with the events that are added to it. */
    private static final class Draft {
        private final long id;
        private final @Nullable MessageState before;
        private final List<NewEvent> added = new ArrayList<>();
        private MessageHistory history;
        private @Nullable MessageState state;

        Draft(long id, MessageHistory stored, List<NewEvent> events) {
            this.id = id;
            this.history = stored;
            this.before = stored.events().isEmpty() ? null : MessageState.of(stored);
            this.state = before;
            events.forEach(this::add);
        }

        /** Adds an event, unless one that says the same is known. It changed something if the outcome for any recipient is another one. */
        private void add(NewEvent event) {
            RecordedEvent recorded = event.event();
            if (history.says(recorded)) {
                return;
            }
            MessageHistory longer = history.with(recorded);
            MessageState after = MessageState.of(longer);
            if (state != null && state.sameOutcome(after)) {
                recorded = recorded.unchanging();
                longer = history.with(recorded);
            }
            history = longer;
            state = after;
            added.add(new NewEvent(event.arrived(), event.callback(), recorded));
        }

        MessageRows.Written written() {
            return new MessageRows.Written(
                    id, before, history, Objects.requireNonNull(state, "a message that is written has an event"));
        }
    }

    /** @return of each that arrived, how many of its events were not known before */
    int[] write(Session session, List<Arrived> batch) throws SQLException {
        int[] news = new int[batch.size()];
        Map<MessageKey, List<NewEvent>> events = byMessage(session, batch);
        if (events.isEmpty()) {
            return news;
        }
        Map<MessageKey, Long> known = MessageRows.lock(session, dialect, events.keySet());
        Map<MessageKey, List<NewEvent>> unknown = new TreeMap<>(events);
        unknown.keySet().removeAll(known.keySet());
        List<Draft> drafts = new ArrayList<>();
        while (!unknown.isEmpty()) {
            List<Draft> inserted = insert(session, unknown);
            inserted.forEach(draft -> unknown.remove(draft.history.message()));
            drafts.addAll(inserted);
            Map<MessageKey, Long> raced = MessageRows.lock(session, dialect, unknown.keySet());
            known.putAll(raced);
            // Such a message may be removed again before it is locked; then it begins anew.
            unknown.keySet().removeAll(raced.keySet());
        }
        drafts.addAll(update(session, events, known));

        List<MessageRows.Written> written = drafts.stream().map(Draft::written).toList();
        MessageRows.writeRecipients(session, written);
        MessageRows.writeLabels(session, written);
        List<EventTable.Added> added = new ArrayList<>();
        for (Draft draft : drafts) {
            for (NewEvent event : draft.added) {
                added.add(new EventTable.Added(draft.id, event.callback(), event.event()));
                news[event.arrived()]++;
            }
        }
        EventTable.insert(session, accounts, added);
        return news;
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
        for (int place = 0; place < batch.size(); place++) {
            Incoming incoming = batch.get(place).incoming();
            for (DeliveryEvent event : incoming.events()) {
                RecordedEvent recorded = new RecordedEvent(
                        sequence++, incoming.receivedAt(), true, incoming.source(), incoming.account(), event);
                events.computeIfAbsent(event.message(), key -> new ArrayList<>())
                        .add(new NewEvent(place, batch.get(place).callback(), recorded));
            }
        }
        return events;
    }

    /** @return those that were inserted: not those that another node inserted at the same moment */
    private List<Draft> insert(Session session, Map<MessageKey, List<NewEvent>> unknown) throws SQLException {
        List<Draft> drafts = new ArrayList<>();
        if (unknown.isEmpty()) {
            return drafts;
        }
        long[] ids = dialect.numbers(session, Dialect.Numbered.MESSAGE, unknown.size());
        Set<Long> inserted = new HashSet<>();
        for (Map.Entry<MessageKey, List<NewEvent>> one : unknown.entrySet()) {
            long id = ids[drafts.size()];
            drafts.add(new Draft(id, MessageHistory.none(one.getKey()), one.getValue()));
            inserted.add(id);
        }
        MessageRows.insert(
                session, accounts, drafts.stream().map(Draft::written).toList());
        Set<Long> lost = dialect.lostRaces(session, inserted);
        drafts.removeIf(draft -> lost.contains(draft.id));
        return drafts;
    }

    /** @return those to which something was added */
    private List<Draft> update(Session session, Map<MessageKey, List<NewEvent>> events, Map<MessageKey, Long> known)
            throws SQLException {
        List<Draft> drafts = new ArrayList<>();
        for (EventTable.Known stored : EventTable.histories(session, known)) {
            MessageHistory history = stored.history();
            Draft draft = new Draft(stored.message(), history, events.getOrDefault(history.message(), List.of()));
            if (!draft.added.isEmpty()) {
                drafts.add(draft);
            }
        }
        MessageRows.update(
                session, accounts, drafts.stream().map(Draft::written).toList());
        return drafts;
    }
}
