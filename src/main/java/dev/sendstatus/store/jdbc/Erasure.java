package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The erasing of one person's number: raw callbacks that mention it are emptied, and it leaves the events with all that follows from them,
 * and the kept reports. Each step is one short transaction at most and holds for itself: an erasure that was cut short is finished by doing it again,
 * and where nothing is left, nothing is changed. For one thread.
 *
 * <p>A callback that waits to be applied is left for the next round: else its event would be lost. A round goes through callbacks, events and
 * reports, in that order, so that the events of all that it emptied come after. From the second on, a round looks only at what was added
 * meanwhile. The first that finds nothing is the last.
 */
public final class Erasure implements AutoCloseable {
    private final PhoneNumber number;
    private final Dialect dialect;
    private final Writer writer;
    private final Session reader;
    private final CallbackErasure callbacks;
    private final List<Part> parts;

    private int round;
    private int part;
    private boolean changedInRound;

    /** One kind of rows, in the order of their numbers. */
    abstract static class Part {
        /** The number of the last row that was looked at in this round. */
        long position;
        /** Whether the round has come to the last row. */
        boolean atEnd;

        private long first;
        private long last;

        /** Begins a round. */
        abstract void begin(Session reader) throws SQLException;

        /** Looks at the next rows, and changes about so many of them at most. */
        abstract Erased step(Erasure erasure, int limit) throws StoreException;

        /** Begins at the first row after that one. @param bounds SELECTs the lowest and the highest number */
        void begin(Session reader, String bounds, long after) throws SQLException {
            reader.each(bounds, row -> {
                first = row.getLong(1);
                last = row.getLong(2);
            });
            position = after;
            atEnd = false;
        }

        /** How far the first round is, from 0 to 1. */
        double progress() {
            return atEnd ? 1 : Math.max(0, (double) (position - first) / Math.max(1, last - first));
        }
    }

    /**
     * The result of a step.
     *
     * @param messages changed
     * @param recipients of these, whose number it was; where it was the sender's there is none
     * @param rawCallbacks emptied
     * @param unreadable raw callbacks that are damaged on disk, and so were left as they are
     * @param waiting raw callbacks that mention the number and were left, since they wait to be applied
     * @param more whether there may be more, apart from those that wait: they are looked at again by another step
     */
    public record Erased(
            long messages, long recipients, long rawCallbacks, long unreadable, long waiting, boolean more) {
        public static final Erased NOTHING = new Erased(0, 0, 0, 0, 0, true);

        static Erased callbacks(long emptied, long unreadable) {
            return new Erased(0, 0, emptied, unreadable, 0, true);
        }

        static Erased messages(long messages, long recipients) {
            return new Erased(messages, recipients, 0, 0, 0, true);
        }

        /** Whether anything was changed. */
        public boolean any() {
            return messages > 0 || rawCallbacks > 0;
        }

        /** Both together; {@code waiting} and {@code more} are those of the later one. */
        public Erased and(Erased later) {
            return new Erased(
                    messages + later.messages,
                    recipients + later.recipients,
                    rawCallbacks + later.rawCallbacks,
                    unreadable + later.unreadable,
                    later.waiting,
                    later.more);
        }
    }

    Erasure(PhoneNumber number, Dialect dialect, Writer writer, Accounts accounts) throws StoreException {
        this.number = number;
        this.dialect = dialect;
        this.writer = writer;
        this.callbacks = new CallbackErasure(number);
        this.parts = List.of(callbacks, new MessageErasure(number, dialect, accounts));
        this.part = parts.size();
        this.reader = connected(dialect);
    }

    private static Session connected(Dialect dialect) throws StoreException {
        try {
            return new Session(dialect.scanner());
        } catch (SQLException e) {
            throw dialect.failure("looking for a number", e);
        }
    }

    /** Goes on. @param limit about how many messages or callbacks to change at most */
    public Erased step(int limit) throws StoreException {
        if (part == parts.size()) {
            beginRound();
        }
        Erased step = parts.get(part).step(this, limit);
        changedInRound |= step.any();
        if (parts.get(part).atEnd) {
            part++;
        }
        if (part == parts.size()) {
            eraseReports();
        }
        boolean last = part == parts.size() && round > 1 && !changedInRound;
        return new Erased(
                step.messages(), step.recipients(), step.rawCallbacks(), step.unreadable(), callbacks.waiting(), !last);
    }

    private void beginRound() throws StoreException {
        read(session -> {
            for (Part one : parts) {
                one.begin(session);
            }
            return parts;
        });
        part = 0;
        round++;
        changedInRound = false;
    }

    /** The kept reports are few. */
    private void eraseReports() throws StoreException {
        for (LocalDate day : read(ReportTable::dates)) {
            Optional<String> document =
                    read(session -> ReportTable.of(session, day)).map(KeptReport::document);
            if (document.isPresent() && !document.get().equals(number.erasedFromText(document.get()))) {
                write(session -> ReportTable.erase(session, dialect, day, number));
            }
        }
    }

    /** How far it is, from 0 to 1. */
    public double progress() {
        return round > 1
                ? 1
                : parts.stream().mapToDouble(Part::progress).average().orElse(1);
    }

    /** Reads the rows that are committed by now. */
    <T> T read(Work<T> work) throws StoreException {
        try {
            T result = work.run(reader);
            reader.connection().rollback();
            return result;
        } catch (SQLException e) {
            throw dialect.failure("looking for a number", e);
        }
    }

    /** Changes rows, so that nothing is left in the place of what they held. */
    <T> T write(Work<T> work) throws StoreException {
        return writer.write(
                "erasing a number",
                session -> dialect.forGood(session, erasing -> {
                    T result = work.run(erasing);
                    RelayWriter.erase(erasing);
                    return result;
                }));
    }

    @Override
    public void close() throws StoreException {
        try {
            reader.close();
        } catch (SQLException e) {
            throw dialect.failure("looking for a number", e);
        }
    }
}
