package dev.sendstatus.retention;

import dev.sendstatus.event.Source;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Housekeeping;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes simulated messages and their raw callbacks, in steps, beside a running server or without one. Cut short, the next run does the
 * rest: the messages leave last, since they tell from where on to look for callbacks.
 */
public final class SimulationUndo {
    private static final int LOOKED_AT = 500;
    private static final int REMOVED_A_STEP = 100;

    private final Store store;
    private final Reads reads;
    private final Store.Interpreter interpreter;
    private final String mark;
    private final Pace pace;

    /** @param mark with which every simulated message's id begins, and no other */
    public SimulationUndo(Store store, Reads reads, Store.Interpreter interpreter, String mark, Pace pace) {
        this.store = store;
        this.reads = reads;
        this.interpreter = interpreter;
        this.mark = mark;
        this.pace = pace;
    }

    /** How many were removed. */
    public record Removed(long messages, long rawCallbacks) {}

    public Removed run() throws StoreException, InterruptedException {
        Housekeeping housekeeping = store.housekeeping();
        long callbacks = 0;
        long after = reads.callbacks().firstOf(mark).orElse(Long.MAX_VALUE) - 1;
        for (List<Long> some = next(after); !some.isEmpty(); some = next(after)) {
            long begun = System.nanoTime();
            after = some.get(some.size() - 1);
            List<Long> simulated = simulated(some);
            callbacks += housekeeping.removeCallbacks(simulated);
            if (!simulated.isEmpty()) {
                pace.rest(System.nanoTime() - begun);
            }
        }
        long messages = 0;
        int removed;
        do {
            long begun = System.nanoTime();
            removed = housekeeping.removeMessages(mark, REMOVED_A_STEP);
            messages += removed;
            pace.rest(System.nanoTime() - begun);
        } while (removed > 0);
        return new Removed(messages, callbacks);
    }

    private List<Long> next(long after) throws StoreException {
        return reads.callbacks().since(Instant.EPOCH, after, LOOKED_AT);
    }

    private List<Long> simulated(List<Long> numbers) throws StoreException {
        List<Long> simulated = new ArrayList<>();
        for (StoredCallback callback : reads.callbacks().of(numbers)) {
            if (isSimulated(interpreter.read(callback, Source.REPLAY))) {
                simulated.add(callback.number());
            }
        }
        return simulated;
    }

    /** By the messages that it names: their texts could say anything. */
    private boolean isSimulated(Incoming read) {
        List<String> named = Stream.concat(
                        read.events().stream().map(event -> event.message().id()), read.unreadMessages().stream())
                .toList();
        return !named.isEmpty() && named.stream().allMatch(id -> id.startsWith(mark));
    }
}
