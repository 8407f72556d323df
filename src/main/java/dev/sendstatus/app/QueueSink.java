package dev.sendstatus.app;

import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.Outcome;
import dev.sendstatus.reconcile.Sink;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Hands what was looked up to the ingest, like a callback, and waits until it is on disk. */
final class QueueSink implements Sink {
    private final IngestQueue queue;

    QueueSink(IngestQueue queue) {
        this.queue = queue;
    }

    @Override
    public void store(List<Incoming> batch) throws StoreException, InterruptedException {
        CountDownLatch told = new CountDownLatch(batch.size());
        AtomicReference<Outcome> failure = new AtomicReference<>(Outcome.COMMITTED);
        for (Incoming incoming : batch) {
            queue.offer(incoming, System.nanoTime(), outcome -> {
                if (outcome != Outcome.COMMITTED) {
                    failure.set(outcome);
                }
                told.countDown();
            });
        }
        told.await();
        Outcome worst = Objects.requireNonNull(failure.get(), "it begins as committed");
        switch (worst) {
            case COMMITTED -> {}
            case FULL -> throw new StoreException.Unavailable("the queue is full of callbacks", null);
            case UNAVAILABLE -> throw new StoreException.Unavailable("the database did not commit in time", null);
            case BROKEN ->
                throw new StoreException.Broken("what was looked up cannot be stored; the log says why", null);
        }
    }
}
