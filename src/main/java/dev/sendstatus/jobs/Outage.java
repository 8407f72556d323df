package dev.sendstatus.jobs;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that something does not work, and once that it works again, however often it is tried between. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String what;
    private final AtomicBoolean lasting = new AtomicBoolean();

    /** @param what is waited for, as in "the jobs wait: … is not possible" */
    Outage(String what) {
        this.what = what;
    }

    void failed(@Nullable Throwable cause) {
        if (!lasting.getAndSet(true)) {
            if (cause == null) {
                LOG.warn("the background jobs wait: {} is not possible; it is tried again and again", what);
            } else {
                LOG.warn(
                        "the background jobs wait: {} is not possible ({}); it is tried again and again",
                        what,
                        innermost(cause).toString());
            }
        }
    }

    void over() {
        if (lasting.getAndSet(false)) {
            LOG.info("the background jobs go on: {} is possible again", what);
        }
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        for (Throwable cause = inner.getCause(); cause != null; cause = inner.getCause()) {
            inner = cause;
        }
        return inner;
    }
}
