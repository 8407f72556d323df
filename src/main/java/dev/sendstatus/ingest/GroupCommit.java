package dev.sendstatus.ingest;

import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges callbacks: takes those that gathered while the last batch was written and synced, has the log write and sync them as one
 * transaction, and tells who waits. Its threads: the writer, that of the {@link Answerer}, and a clock that tells those who waited too long
 * even while the disk does not answer.
 */
public final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    /** The interval of looks, while nothing comes, whether the program is stopping. */
    private static final long IDLE_MILLIS = 20;

    private static final long RETRY_MILLIS = 25;
    private static final long EXPIRY_MILLIS = 20;
    /**
     * As many the writer answers itself, when nothing else waits, since to wake a thread takes as long as a sync: with more it would be kept
     * from the next batch for too long.
     */
    private static final int FEW = 8;

    private final IngestQueue queue;
    private final Log log;
    private final long answerWithinNanos;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Runnable accepted;
    private final Health health;
    private final Answerer answerer = new Answerer();
    private final Thread writer = new Thread(this::write, "group-commit");
    private final Thread deadline = new Thread(this::watch, "commit-deadline");
    private final CountDownLatch stopped = new CountDownLatch(1);

    // Written by the writer, read by the clock.
    private volatile List<Pending> committing = List.of();

    /** Writes callbacks: {@code Store.accept}. */
    @FunctionalInterface
    public interface Log {
        /** When this returns, all are synced to disk. */
        void append(List<AcceptedCallback> batch, Instant now) throws StoreException;
    }

    /** @param accepted runs after each batch that was committed; must not block nor throw */
    public GroupCommit(
            IngestQueue queue,
            Log log,
            IngestSettings settings,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters,
            Runnable accepted) {
        this.queue = queue;
        this.log = log;
        this.answerWithinNanos = settings.answerWithin().toNanos();
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.accepted = accepted;
        this.health = new Health(nanoTime, meters);
        Gauge.builder("sendstatus.ingest.queue", queue, IngestQueue::size)
                .description("Callbacks that wait for the writer")
                .register(meters);
    }

    public GroupCommit start() {
        writer.start();
        answerer.start();
        deadline.setDaemon(true);
        deadline.start();
        return this;
    }

    /** Whether the last commit succeeded. */
    public boolean available() {
        return health.available();
    }

    private void write() {
        List<Pending> batch = new ArrayList<>();
        try {
            while (!batch.isEmpty() || !queue.closed()) {
                batch.clear();
                queue.take(batch, IDLE_MILLIS);
                if (!batch.isEmpty()) {
                    List<Pending> taken = List.copyOf(batch);
                    committing = taken;
                    commit(taken);
                    committing = List.of();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** Goes on trying as long as somebody waits: a lock that another process holds is mostly gone within a second. */
    private void commit(List<Pending> batch) throws InterruptedException {
        List<Pending> live = batch;
        while (!live.isEmpty()) {
            long begun = nanoTime.getAsLong();
            try {
                log.append(callbacks(live), clock.instant());
            } catch (StoreException.Unavailable e) {
                health.failing(e);
                stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                live = live.stream().filter(pending -> !pending.told()).toList();
                continue;
            } catch (StoreException | RuntimeException e) {
                health.failing(e);
                broken(live, e);
                return;
            }
            health.committed(live.size(), begun);
            accepted.run();
            answer(new Answerer.Batch(live, Outcome.COMMITTED));
            return;
        }
    }

    private void answer(Answerer.Batch batch) throws InterruptedException {
        if (batch.callbacks().size() <= FEW && queue.size() == 0) {
            answerer.answerHere(batch);
        } else {
            answerer.answer(batch);
        }
    }

    private void broken(List<Pending> batch, Exception e) throws InterruptedException {
        if (batch.size() == 1) {
            LOG.error(
                    "a callback of {} could not be stored",
                    batch.get(0).callback.account(),
                    e);
            Answerer.tell(batch, Outcome.BROKEN);
            return;
        }
        // One of them is at fault; the others must not suffer for it.
        for (Pending pending : batch) {
            commit(List.of(pending));
        }
    }

    private static List<AcceptedCallback> callbacks(List<Pending> batch) {
        List<AcceptedCallback> callbacks = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            callbacks.add(pending.callback);
        }
        return callbacks;
    }

    private void watch() {
        try {
            while (!stopped.await(EXPIRY_MILLIS, TimeUnit.MILLISECONDS)) {
                long before = nanoTime.getAsLong() - answerWithinNanos;
                for (Pending pending : committing) {
                    pending.expire(before);
                }
                queue.expire(before);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses what comes, writes what waits, and returns when that is done. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!stopped.await(30, TimeUnit.SECONDS)) {
                LOG.error(
                        "{} callbacks could not be written before the stop; they were not acknowledged", queue.size());
                writer.interrupt();
            }
            if (!answerer.finish(10_000)) {
                LOG.error("not all that was written could be answered before the stop");
            }
            // An offer that was under way while the queue closed.
            queue.expire(nanoTime.getAsLong() + 1);
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
