package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.HistoryCodec;

/**
 * The raw callbacks first, since what they leave to the messages' rows must still be there; then the messages, with the raw callbacks
 * of what they learned meanwhile; then the raw callbacks that came during all that, and the kept reports. All
 * are looked through, not found by an index: a repeated callback is no event of any message and yet is kept raw, and an index knows a
 * message's state and not all that was ever said of it.
 */
final class SqliteErasure implements Erasure {
    private final MessageErasure messages;
    private final SegmentErasure segments;
    private final ReportErasure reports;
    private final Unsettled arrivals;
    private Part part = Part.SEGMENTS;
    private boolean settled;

    private enum Part {
        SEGMENTS,
        MESSAGES,
        LATE_SEGMENTS,
        REPORTS,
        DONE
    }

    SqliteErasure(
            SqliteFile file,
            WriteConnection writer,
            MessageWriter messages,
            HistoryCodec codec,
            PhoneNumber number,
            Unsettled arrivals) {
        this.arrivals = arrivals;
        this.segments = new SegmentErasure(file, writer, number);
        this.messages = new MessageErasure(file, writer, messages, codec, number, segments);
        this.reports = new ReportErasure(file, writer, number);
    }

    @Override
    public Erased step(int limit) throws StoreException {
        if (!settled) {
            // What came before the erasure was asked for is part of its messages then, and so is found.
            arrivals.settle();
            settled = true;
        }
        return switch (part) {
            case SEGMENTS -> then(segments.step(limit), Part.MESSAGES);
            case MESSAGES -> then(messages.step(limit), Part.LATE_SEGMENTS);
            case LATE_SEGMENTS -> then(segments.step(limit), Part.REPORTS);
            case REPORTS -> {
                reports.run();
                part = Part.DONE;
                yield new Erased(0, 0, 0, 0, false);
            }
            case DONE -> new Erased(0, 0, 0, 0, false);
        };
    }

    private Erased then(Erased done, Part next) {
        if (!done.more()) {
            part = next;
        }
        return new Erased(done.messages(), done.recipients(), done.rawCallbacks(), done.unreadable(), true);
    }

    @Override
    public double progress() {
        return part == Part.DONE ? 1 : (messages.progress() + segments.progress()) / 2;
    }
}
