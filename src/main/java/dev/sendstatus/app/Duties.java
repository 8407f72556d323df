package dev.sendstatus.app;

import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the background duties, one after the other on one thread, each again and again. */
final class Duties implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

    private final ScheduledExecutorService thread;

    Duties() {
        this("duties");
    }

    /** @param name of the thread */
    Duties(String name) {
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
    }

    /** One duty's turn. */
    @FunctionalInterface
    interface Duty {
        void run() throws StoreException;
    }

    /** Runs it now, in turn, and then with that pause after each run. One that fails is tried again at its next turn. */
    void every(Duration pause, String name, Duty duty) {
        every(Duration.ZERO, pause, name, duty);
    }

    /** The same, the first time after that delay. */
    void every(Duration delay, Duration pause, String name, Duty duty) {
        thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        duty.run();
                    } catch (StoreException.Unavailable e) {
                        LOG.warn("{} waits for the database: {}", name, e.getMessage());
                    } catch (StoreException | RuntimeException e) {
                        LOG.error("{} failed and is tried again", name, e);
                    }
                },
                delay.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
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
