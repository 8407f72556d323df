package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.Source;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Store.Applied;
import dev.sendstatus.store.jdbc.Store.Interpreter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes stored callbacks part of their messages. A callback that cannot be written keeps nothing else from being so. Any thread. */
final class CallbackApplier {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackApplier.class);
    private static final String NOT_STORED = "what it says could not be stored; the log of the server says why";

    private final Dialect dialect;
    private final Writer writer;
    private final MessageWriter messages;

    CallbackApplier(Dialect dialect, Writer writer, MessageWriter messages) {
        this.dialect = dialect;
        this.writer = writer;
        this.messages = messages;
    }

    /** As {@link Store#apply}. */
    List<Applied> apply(int limit, Interpreter interpreter) throws StoreException {
        List<Long> taken = new ArrayList<>();
        try {
            return writer.append("applying callbacks", session -> {
                taken.clear();
                taken.addAll(InboxTable.take(session, dialect, limit));
                return applied(session, taken, Source.WEBHOOK, interpreter);
            });
        } catch (StoreException.Broken e) {
            if (taken.isEmpty()) {
                throw e;
            }
            return oneByOne(List.copyOf(taken), interpreter);
        }
    }

    private List<Applied> applied(Session session, List<Long> numbers, Source source, Interpreter interpreter)
            throws SQLException {
        try {
            return written(session, numbers, source, interpreter);
        } catch (RuntimeException | StackOverflowError e) {
            // A mistake of the program must not hold up the callbacks behind it either.
            throw new SQLException("the program failed: " + e.getClass().getSimpleName(), Rows.DAMAGED, e);
        }
    }

    private List<Applied> written(Session session, List<Long> numbers, Source source, Interpreter interpreter)
            throws SQLException {
        List<StoredCallback> stored = CallbackTable.of(session, numbers);
        List<MessageWriter.Arrived> arrived = new ArrayList<>(stored.size());
        for (StoredCallback callback : stored) {
            boolean erased = source == Source.REPLAY && callback.raw().isEmpty();
            Incoming read = erased ? unchanged(callback) : interpreter.read(callback, source);
            arrived.add(new MessageWriter.Arrived(read, callback.number()));
            if (!Objects.equals(callback.quarantineReason(), read.quarantine())) {
                CallbackTable.updateReason(session, callback.number(), read.quarantine());
            }
            CallbackTable.insertUnread(session, callback.number(), read.unreadMessages());
        }
        int[] added = messages.write(session, arrived);
        List<Applied> applied = new ArrayList<>(stored.size());
        for (int i = 0; i < added.length; i++) {
            applied.add(new Applied(stored.get(i), arrived.get(i).incoming(), added[i]));
        }
        return applied;
    }

    /** A callback that was erased says nothing any more. */
    private static Incoming unchanged(StoredCallback callback) {
        return new Incoming(
                callback.account(),
                Source.REPLAY,
                callback.receivedAt(),
                callback.raw(),
                List.of(),
                callback.quarantineReason());
    }

    /** After a failure that was not the world's: one of them is at fault, and the others must not suffer for it. */
    private List<Applied> oneByOne(List<Long> numbers, Interpreter interpreter) throws StoreException {
        List<Applied> all = new ArrayList<>();
        for (long number : numbers) {
            try {
                all.addAll(writer.append(
                        "applying a callback",
                        session -> InboxTable.takeOne(session, dialect, number)
                                ? applied(session, List.of(number), Source.WEBHOOK, interpreter)
                                : List.of()));
            } catch (StoreException.Broken e) {
                LOG.error("callback {} could not be applied and is kept in quarantine", number, e);
                all.addAll(writer.append("quarantining a callback", session -> quarantined(session, number)));
            }
        }
        return all;
    }

    /** Its bytes are not read, since they may be at fault. */
    private List<Applied> quarantined(Session session, long number) throws SQLException {
        if (!InboxTable.takeOne(session, dialect, number)) {
            return List.of();
        }
        CallbackTable.updateReason(session, number, NOT_STORED);
        return CallbackLog.quarantined(session, number).stream()
                .map(kept -> new Applied(
                        new StoredCallback(number, kept.account(), kept.receivedAt(), RawCallback.NONE, null),
                        new Incoming(
                                kept.account(),
                                Source.WEBHOOK,
                                kept.receivedAt(),
                                RawCallback.NONE,
                                List.of(),
                                kept.reason()),
                        0))
                .toList();
    }

    /** As {@link Store#replay}. */
    List<Applied> replay(List<Long> numbers, Interpreter interpreter) throws StoreException {
        try {
            return writer.write(
                    "reading callbacks again", session -> applied(session, numbers, Source.REPLAY, interpreter));
        } catch (StoreException.Broken e) {
            if (numbers.size() == 1) {
                LOG.warn("callback {} cannot be read again: {}", numbers.get(0), e.getMessage());
                return List.of();
            }
            List<Applied> all = new ArrayList<>();
            for (long number : numbers) {
                all.addAll(replay(List.of(number), interpreter));
            }
            return all;
        }
    }
}
