package dev.sendstatus.retention;

import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.Housekeeping.Step;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is older than it may become: raw callbacks, then messages, then what led to them; then gives the disk back. What a run
 * that was cut short has left, the next one removes.
 */
public final class Retention {
    /** Each is removed in a turn of the writer of some milliseconds, its sync included. */
    private static final int SEGMENTS_A_STEP = 16;

    private static final int MESSAGES_A_STEP = 128;
    private static final int INDEX_ROWS_A_STEP = 512;

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
                .description("What was removed because it was old enough; raw callbacks once for each event")
                .tag("what", what)
                .register(meters);
    }

    /** What a run removed. @param raw raw callbacks, each as often as it had events */
    public record Removed(long raw, long messages) {
        boolean nothing() {
            return raw == 0 && messages == 0;
        }
    }

    @FunctionalInterface
    private interface Stepping {
        Step next() throws StoreException;
    }

    /**
     * One run, until nothing is left that is old enough now.
     *
     * @throws InterruptedException if the pace says that all is to stop; what was removed until then is
     */
    public Removed run() throws StoreException, InterruptedException {
        Instant now = clock.instant();
        Housekeeping housekeeping = store.housekeeping();
        Instant rawBefore = now.minus(settings.rawAtMost());
        Instant messagesBefore = now.minus(settings.messages());
        // The raw callbacks first: a message that is gone must not have any.
        long raw = all(() -> housekeeping.removeRaw(rawBefore, SEGMENTS_A_STEP), rawRemoved);
        long messages = all(() -> housekeeping.removeMessages(messagesBefore, MESSAGES_A_STEP), messagesRemoved);
        Removed removed = new Removed(raw, messages);
        if (!removed.nothing()) {
            all(() -> housekeeping.tidy(INDEX_ROWS_A_STEP), null);
            all(() -> new Step(0, housekeeping.giveBack()), null);
            housekeeping.shortenLog();
        }
        return removed;
    }

    private long all(Stepping stepping, @Nullable Counter counter) throws StoreException, InterruptedException {
        long removed = 0;
        while (true) {
            long begun = System.nanoTime();
            Step step = stepping.next();
            removed += step.removed();
            if (counter != null) {
                counter.increment(step.removed());
            }
            if (!step.more()) {
                return removed;
            }
            pace.rest(System.nanoTime() - begun);
        }
    }
}
