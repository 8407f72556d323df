package dev.sendstatus.retention;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Housekeeping;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Removes raw callbacks and then messages that are older than they may become; then gives the disk back. A run that was cut short leaves the rest
 * to the next one.
 */
public final class Retention {
    /** Each step is a turn of the writer of some milliseconds. */
    private static final int CALLBACKS_A_STEP = 256;

    private static final int MESSAGES_A_STEP = 64;

    private final Store store;
    private final RetentionSettings settings;
    private final InstantSource clock;
    private final Pace pace;
    private final Counter rawRemoved;
    private final Counter messagesRemoved;

    public Retention(Store store, RetentionSettings settings, InstantSource clock, Pace pace, MeterRegistry meters) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.pace = pace;
        this.rawRemoved = counter(meters, "raw");
        this.messagesRemoved = counter(meters, "messages");
    }

    private static Counter counter(MeterRegistry meters, String what) {
        return Counter.builder("sendstatus_retention_removed")
                .description("What was removed because it was old enough")
                .tag("what", what)
                .register(meters);
    }

    /** The numbers of things that a run removed. */
    public record Removed(long raw, long messages) {
        boolean nothing() {
            return raw == 0 && messages == 0;
        }
    }

    @FunctionalInterface
    private interface Stepping {
        int next() throws StoreException;
    }

    /**
     * One run, until nothing is left that is old enough now.
     *
     * @throws InterruptedException if the pace says that all is to stop; the steps until then stay done
     */
    public Removed run() throws StoreException, InterruptedException {
        Instant now = clock.instant();
        Housekeeping housekeeping = store.housekeeping();
        Instant rawBefore = now.minus(settings.rawAtMost());
        Instant messagesBefore = now.minus(settings.messages());
        // The raw callbacks first: a message that is gone must not have any.
        long raw = all(() -> housekeeping.removeRaw(rawBefore, CALLBACKS_A_STEP), rawRemoved);
        long messages = all(() -> housekeeping.removeMessages(messagesBefore, MESSAGES_A_STEP), messagesRemoved);
        Removed removed = new Removed(raw, messages);
        if (!removed.nothing()) {
            giveBack(housekeeping);
        }
        return removed;
    }

    private long all(Stepping stepping, Counter counter) throws StoreException, InterruptedException {
        long removed = 0;
        while (true) {
            long begun = System.nanoTime();
            int step = stepping.next();
            if (step == 0) {
                return removed;
            }
            removed += step;
            counter.increment(step);
            pace.rest(System.nanoTime() - begun);
        }
    }

    private void giveBack(Housekeeping housekeeping) throws StoreException, InterruptedException {
        long begun = System.nanoTime();
        while (housekeeping.giveBack()) {
            pace.rest(System.nanoTime() - begun);
            begun = System.nanoTime();
        }
        housekeeping.shortenLog();
    }
}
