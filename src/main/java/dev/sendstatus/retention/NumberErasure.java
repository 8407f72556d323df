package dev.sendstatus.retention;

import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Erasure;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import dev.sendstatus.store.jdbc.Housekeeping;
import dev.sendstatus.store.jdbc.Store;
import java.util.function.DoubleConsumer;

/** Erases one person's number, step by step, beside a running server or without one. */
public final class NumberErasure {
    private static final int CHANGED_A_STEP = 64;
    /** For callbacks to be applied, and for others to leave the log alone: together some ten seconds. */
    private static final int MOST_WAITS = 100;

    private static final long WAIT_NANOS = 50_000_000;

    private final Store store;
    private final Pace pace;

    public NumberErasure(Store store, Pace pace) {
        this.store = store;
        this.pace = pace;
    }

    /** @param progress told how far it is, from 0 to 1 */
    public Erased run(PhoneNumber number, DoubleConsumer progress) throws StoreException, InterruptedException {
        Housekeeping housekeeping = store.housekeeping();
        Erased all = Erased.NOTHING;
        try (Erasure erasure = housekeeping.erasure(number)) {
            int waits = 0;
            while (all.more() || (all.waiting() > 0 && waits++ < MOST_WAITS)) {
                long begun = System.nanoTime();
                Erased step = erasure.step(CHANGED_A_STEP);
                all = all.and(step);
                progress.accept(erasure.progress());
                if (step.any()) {
                    pace.rest(System.nanoTime() - begun);
                } else if (!step.more() && step.waiting() > 0) {
                    pace.rest(WAIT_NANOS);
                }
            }
        }
        // The log still has the bytes that were overwritten.
        for (int waits = 0; waits < MOST_WAITS && !housekeeping.shortenLog(); waits++) {
            pace.rest(WAIT_NANOS);
        }
        return all;
    }
}
