package dev.sendstatus.ingest;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the requests of a batch its outcome, on a thread of its own, so that the next batch is written and synced meanwhile. */
final class Answerer {
    private static final Logger LOG = LoggerFactory.getLogger(Answerer.class);
    /** Batches that may wait for it: answering one takes less than writing one, unless its thread has to wait for a processor. */
    private static final int MOST_WAITING = 2;

    private final BlockingQueue<Batch> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::run, "answerer");

    /** Callbacks that have the same outcome; an empty batch is the last of all. */
    record Batch(List<Pending> callbacks, Outcome outcome) {
        static final Batch LAST = new Batch(List.of(), Outcome.COMMITTED);
    }

    void start() {
        thread.start();
    }

    /** Has it answered soon. */
    void answer(Batch batch) throws InterruptedException {
        waiting.put(batch);
    }

    /** Answers it on the caller's thread. */
    void answerHere(Batch batch) {
        tell(batch.callbacks(), batch.outcome());
    }

    private void run() {
        try {
            for (Batch batch = waiting.take(); batch != Batch.LAST; batch = waiting.take()) {
                answerHere(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void tell(List<Pending> callbacks, Outcome outcome) {
        for (Pending pending : callbacks) {
            try {
                pending.tell(outcome);
            } catch (RuntimeException e) {
                LOG.warn("a waiting request could not be told {}", outcome, e);
            }
        }
    }

    /** Answers what waits, and ends. @return false if it did not within that time */
    boolean finish(long millis) throws InterruptedException {
        if (!waiting.offer(Batch.LAST, millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        thread.join(millis);
        return !thread.isAlive();
    }
}
