package dev.sendstatus.ingest;

import dev.sendstatus.store.AcceptedCallback;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One callback on its way to the disk, and the request that waits for it. Its outcome is told once: by the commit or by the clock. */
final class Pending extends AtomicBoolean {
    private static final long serialVersionUID = 1L;

    final transient AcceptedCallback callback;
    final long beganNanos;
    private final transient Consumer<Outcome> waiting;

    Pending(AcceptedCallback callback, long beganNanos, Consumer<Outcome> waiting) {
        this.callback = callback;
        this.beganNanos = beganNanos;
        this.waiting = waiting;
    }

    boolean told() {
        return get();
    }

    void tell(Outcome outcome) {
        if (compareAndSet(false, true)) {
            waiting.accept(outcome);
        }
    }

    /** Tells that the database is not to be had, if it began before then. */
    void expire(long beganBeforeNanos) {
        if (beganNanos - beganBeforeNanos < 0) {
            tell(Outcome.UNAVAILABLE);
        }
    }
}
