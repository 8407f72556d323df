package dev.sendstatus.app;

import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what each node does for itself, one after the other on one thread, again and again. What one node does for all is in {@link
 * BackgroundJobs}.
 */
final class Duties implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "duties"));

    /** One duty's turn. */
    @FunctionalInterface
    interface Duty {
        void run() throws StoreException;
    }

    /**
     * Runs it after that pause, so that a start need not share the processor with it, and again with that pause after each run. One that
     * fails is tried again at its next turn.
     */
    void every(Duration pause, String name, Duty duty) {
        thread.scheduleWithFixedDelay(
                new Repeated(name, duty), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Confined to the thread of the duties. */
    private static final class Repeated implements Runnable {
        private final String name;
        private final Duty duty;
        /** An outage is told once: a duty has a turn every few seconds. */
        private boolean waiting;

        private Repeated(String name, Duty duty) {
            this.name = name;
            this.duty = duty;
        }

        @Override
        public void run() {
            try {
                duty.run();
                if (waiting) {
                    LOG.info("{} goes on: the database is there again", name);
                    waiting = false;
                }
            } catch (StoreException.Unavailable e) {
                if (!waiting) {
                    LOG.warn("{} waits for the database: {}", name, e.getMessage());
                    waiting = true;
                }
            } catch (StoreException | RuntimeException e) {
                LOG.error("{} failed and is tried again", name, e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
