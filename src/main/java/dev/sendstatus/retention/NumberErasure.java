package dev.sendstatus.retention;

import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.Erasure.Erased;
import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import java.util.function.DoubleConsumer;

/** Erases one person's number, step by step, beside a running server or without one. */
public final class NumberErasure {
    private static final int CHANGED_A_STEP = 64;

    private final Store store;
    private final Pace pace;

    public NumberErasure(Store store, Pace pace) {
        this.store = store;
        this.pace = pace;
    }

    /** @param progress told how far it is, from 0 to 1 */
    public Erased run(PhoneNumber number, DoubleConsumer progress) throws StoreException, InterruptedException {
        Housekeeping housekeeping = store.housekeeping();
        Erasure erasure = housekeeping.erasure(number);
        Erased all = Erased.NOTHING;
        while (all.more()) {
            long begun = System.nanoTime();
            Erased step = erasure.step(CHANGED_A_STEP);
            all = all.and(step);
            progress.accept(erasure.progress());
            if (step.messages() > 0 || step.rawCallbacks() > 0) {
                pace.rest(System.nanoTime() - begun);
            }
        }
        // What was overwritten is still in the log.
        housekeeping.shortenLog();
        return all;
    }
}
