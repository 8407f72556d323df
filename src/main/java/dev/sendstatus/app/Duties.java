package dev.sendstatus.app;

import dev.sendstatus.store.RepeatedDuty;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs what each node does for itself, one after the other on one thread, again and again. The jobs that one node does for all are in {@link
 * BackgroundJobs}.
 */
final class Duties implements AutoCloseable {
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "duties"));

    /**
     * Runs it after that pause, so that a start need not share the processor with it, and again with that pause after each run. One that
     * fails is tried again at its next turn.
     */
    void every(Duration pause, String name, RepeatedDuty.Turn turn) {
        thread.scheduleWithFixedDelay(
                new RepeatedDuty(name, turn), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
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
