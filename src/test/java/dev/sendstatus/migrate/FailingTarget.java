package dev.sendstatus.migrate;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.CopiedMessage;
import dev.sendstatus.store.copy.CopiedRow;
import dev.sendstatus.store.copy.CopiedTable;
import dev.sendstatus.store.copy.CopyPlace;
import dev.sendstatus.store.copy.CopySource;
import dev.sendstatus.store.copy.CopyTarget;
import java.util.List;
import java.util.Optional;

/** A real target whose plug is pulled after so many steps, or that something happens to just before it is compared. */
final class FailingTarget implements CopyTarget {
    private final CopyTarget target;
    private final Happening beforeComparison;
    private int steps;

    /** What happens. */
    @FunctionalInterface
    interface Happening {
        void happen() throws StoreException;
    }

    FailingTarget(CopyTarget target, int steps) {
        this(target, steps, () -> {});
    }

    FailingTarget(CopyTarget target, int steps, Happening beforeComparison) {
        this.target = target;
        this.steps = steps;
        this.beforeComparison = beforeComparison;
    }

    private void step() throws StoreException {
        if (steps-- <= 0) {
            throw new StoreException.Unavailable("somebody pulled the plug", null);
        }
    }

    @Override
    public String identity() {
        return target.identity();
    }

    @Override
    public Optional<String> occupied() throws StoreException {
        return target.occupied();
    }

    @Override
    public Optional<String> source() throws StoreException {
        return target.source();
    }

    @Override
    public Optional<CopyPlace> place() throws StoreException {
        return target.place();
    }

    @Override
    public void begin(String source, CopyPlace place) throws StoreException {
        step();
        target.begin(source, place);
    }

    /** In two halves, so that the plug can be pulled between them. */
    @Override
    public void messages(List<CopiedMessage> messages, CopyPlace after) throws StoreException {
        int half = messages.size() / 2;
        if (half > 0) {
            step();
            target.messages(
                    messages.subList(0, half),
                    after.afterMessage(messages.get(half - 1).id()));
        }
        step();
        target.messages(messages.subList(half, messages.size()), after);
    }

    @Override
    public void segments(List<CopiedRow> segments, CopyPlace after) throws StoreException {
        step();
        target.segments(segments, after);
    }

    @Override
    public void replace(CopiedTable table, CopySource source) throws StoreException {
        step();
        target.replace(table, source);
    }

    @Override
    public void finish(long nextSequence, CopyPlace place) throws StoreException {
        step();
        target.finish(nextSequence, place);
    }

    @Override
    public void end() throws StoreException {
        step();
        target.end();
    }

    @Override
    public CopySource written() throws StoreException {
        beforeComparison.happen();
        return target.written();
    }

    @Override
    public void close() {
        target.close();
    }
}
