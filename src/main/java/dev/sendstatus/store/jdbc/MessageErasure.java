package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.ErasedHistory;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Erases a number from messages. All that their rows say follows from their events, so the events are read, one after another: a number can
 * also stand in a registration or a detail, which no index leads to.
 */
final class MessageErasure extends Erasure.Part {
    /** Reading so many takes some milliseconds. */
    private static final int READ = 10_000;

    private static final String SELECT_BOUNDS = "SELECT min(id), max(id) FROM event";
    private static final String SELECT_END =
            "SELECT max(id) FROM (SELECT id FROM event WHERE id > ? ORDER BY id LIMIT ?) AS next_events";
    private static final String SELECT = """
            SELECT e.id, m.provider, m.provider_id
            FROM event e JOIN message m ON m.id = e.message_id
            WHERE e.id > ? AND e.id <= ?
                AND (e.recipient LIKE ? OR e.sender LIKE ? OR e.detail LIKE ? OR e.registration LIKE ?)
            ORDER BY e.id LIMIT ?""";

    private final PhoneNumber number;
    private final Dialect dialect;
    private final Accounts accounts;

    /** When the round began, all below this was committed; others may have been committed later. */
    private long complete = 1;

    MessageErasure(PhoneNumber number, Dialect dialect, Accounts accounts) {
        this.number = number;
        this.dialect = dialect;
        this.accounts = accounts;
    }

    @Override
    void begin(Session reader) throws SQLException {
        begin(reader, SELECT_BOUNDS, complete - 1);
        complete = dialect.completeEvents(reader);
    }

    @Override
    Erased step(Erasure erasure, int limit) throws StoreException {
        Looked looked = erasure.read(session -> look(session, limit));
        Erased erased =
                looked.found().isEmpty() ? Erased.NOTHING : erasure.write(session -> erase(session, looked.found()));
        position = looked.position();
        atEnd = looked.atEnd();
        return erased;
    }

    /** Some events that were read. @param found the messages of those that mention the number; @param position the last of them */
    private record Looked(Set<MessageKey> found, long position, boolean atEnd) {}

    private Looked look(Session session, int limit) throws SQLException {
        long end = session.number(SELECT_END, position, READ);
        if (end == 0) {
            return new Looked(Set.of(), position, true);
        }
        String pattern = "%" + number.shortest() + "%";
        List<Long> events = new ArrayList<>();
        Set<MessageKey> found = new LinkedHashSet<>();
        session.each(
                SELECT,
                row -> {
                    events.add(row.getLong(1));
                    found.add(Rows.message(row, 2));
                },
                position,
                end,
                pattern,
                pattern,
                pattern,
                pattern,
                limit);
        return new Looked(found, events.size() == limit ? events.get(limit - 1) : end, false);
    }

    private Erased erase(Session session, Set<MessageKey> found) throws SQLException {
        Map<MessageKey, Long> messages = MessageRows.lock(session, dialect, found);
        List<MessageRows.Written> written = new ArrayList<>();
        int recipients = 0;
        for (EventTable.Known message : EventTable.histories(session, messages)) {
            MessageHistory history = message.history();
            ErasedHistory erased = ErasedHistory.of(history, number);
            if (erased != null) {
                eraseEvents(session, history, erased.history());
                written.add(new MessageRows.Written(
                        message.message(),
                        MessageState.of(history),
                        erased.history(),
                        MessageState.of(erased.history())));
                recipients += erased.recipient() ? 1 : 0;
            }
        }
        MessageRows.update(session, accounts, written);
        MessageRows.writeRecipients(session, written);
        MessageRows.writeLabels(session, written);
        return Erased.messages(written.size(), recipients);
    }

    /** Two events that differed only in how they wrote the number are one without it. */
    private static void eraseEvents(Session session, MessageHistory before, MessageHistory after) throws SQLException {
        Map<Long, RecordedEvent> left = new HashMap<>();
        after.events().forEach(event -> left.put(event.sequence(), event));
        List<RecordedEvent> changed = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        for (RecordedEvent event : before.events()) {
            RecordedEvent erased = left.get(event.sequence());
            if (erased == null) {
                gone.add(event.sequence());
            } else if (!erased.equals(event)) {
                changed.add(erased);
            }
        }
        EventTable.updateNames(session, changed);
        EventTable.delete(session, gone);
    }
}
