package dev.sendstatus.ingest;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of states: takes what has gathered while the last batch was written and synced, appends it as one transaction, syncs it,
 * and leaves it to the {@link Answerer} to tell who waits. Its threads: the writer, that of the answerer, and a clock that tells those who
 * waited too long even while the disk does not answer.
 */
public final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long IDLE_MILLIS = 100;
    /** How long callbacks may stay apart from their messages while nothing else is to be done; whoever asks for them does not wait for it. */
    private static final long SETTLE_MILLIS = 20;
    /**
     * So many are made part of their messages at once. With 512 those that come meanwhile wait for ten milliseconds, and all who send with them:
     * a tenth less is taken in. With 64 the pages are written more often.
     */
    private static final int MOST_UNSETTLED = 128;

    private static final long SETTLE_AGAIN_NANOS = 1_000_000_000;
    /** Beyond that nothing is taken in that could not be made part of its message: the disk is full, or the program at fault. */
    private static final int MOST_BEHIND = 4_096;

    private static final long RETRY_MILLIS = 25;
    private static final long EXPIRY_MILLIS = 20;
    /**
     * As many the writer answers itself, when nothing else waits, since to wake a thread takes as long as a sync: with more it would be kept
     * from the next batch for too long.
     */
    private static final int FEW = 8;

    private final IngestQueue queue;
    private final Store store;
    private final long answerWithinNanos;
    private final LongSupplier nanoTime;
    private final Health health;
    private final Answerer answerer;
    private final Thread writer = new Thread(this::write, "group-commit");
    private final Thread clock = new Thread(this::watch, "commit-deadline");
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Of the writer. */
    private boolean settlingFails;

    private long settlingFailedAt;

    // Written by the writer, read by the clock.
    private volatile List<Pending> committing = List.of();

    public GroupCommit(
            IngestQueue queue, Store store, IngestSettings settings, LongSupplier nanoTime, MeterRegistry meters) {
        this(queue, store, settings, nanoTime, meters, committed -> {});
    }

    /** @param afterwards is given what was committed once it is answered, on the thread that answered; must not throw */
    public GroupCommit(
            IngestQueue queue,
            Store store,
            IngestSettings settings,
            LongSupplier nanoTime,
            MeterRegistry meters,
            Consumer<List<Incoming>> afterwards) {
        this.queue = queue;
        this.store = store;
        this.answerWithinNanos = settings.answerWithin().toNanos();
        this.nanoTime = nanoTime;
        this.health = new Health(nanoTime, meters);
        this.answerer = new Answerer(afterwards);
        Gauge.builder("sendstatus.ingest.queue", queue, IngestQueue::size)
                .description("Callbacks that wait for the writer")
                .register(meters);
    }

    public GroupCommit start() {
        writer.start();
        answerer.start();
        clock.setDaemon(true);
        clock.start();
        return this;
    }

    /** Whether the last commit succeeded. */
    public boolean available() {
        return health.available();
    }

    private void write() {
        List<Pending> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                queue.take(batch, store.unsettled() == 0 ? IDLE_MILLIS : SETTLE_MILLIS);
                if (!batch.isEmpty()) {
                    List<Pending> taken = List.copyOf(batch);
                    committing = taken;
                    commit(taken);
                    committing = List.of();
                    if (store.unsettled() >= MOST_UNSETTLED) {
                        settle();
                    }
                } else if (queue.closed()) {
                    return;
                } else {
                    settle();
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
            List<Incoming> incoming = incoming(live);
            try {
                makeRoom();
                store.append(incoming);
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
            answer(new Answerer.Batch(live, incoming, sync(live.size(), begun)));
            return;
        }
    }

    private Outcome sync(int size, long begun) {
        try {
            store.sync();
            health.committed(size, begun);
            return Outcome.COMMITTED;
        } catch (StoreException | RuntimeException e) {
            // It may be on disk or not; the provider sends it again, which changes nothing if it is.
            health.failing(e);
            return Outcome.UNAVAILABLE;
        }
    }

    private void answer(Answerer.Batch batch) throws InterruptedException {
        if (batch.callbacks().size() <= FEW && queue.size() == 0) {
            answerer.answerHere(batch);
        } else {
            answerer.answer(batch);
        }
    }

    private void makeRoom() throws StoreException.Unavailable {
        if (store.unsettled() >= MOST_BEHIND && !settle()) {
            throw new StoreException.Unavailable("callbacks cannot be made part of their messages", null);
        }
    }

    /** What fails here is tried again: it is on disk. @return whether all is part of its messages */
    private boolean settle() {
        long now = nanoTime.getAsLong();
        if (settlingFails && now - settlingFailedAt < SETTLE_AGAIN_NANOS) {
            return false;
        }
        try {
            store.settle();
            if (settlingFails) {
                LOG.info("callbacks become part of their messages again");
            }
            settlingFails = false;
            return true;
        } catch (StoreException | RuntimeException e) {
            if (!settlingFails) {
                LOG.error("callbacks are stored and cannot be made part of their messages yet: {}", e.getMessage());
            }
            settlingFails = true;
            settlingFailedAt = now;
            return false;
        }
    }

    private void broken(List<Pending> batch, Exception e) throws InterruptedException {
        if (batch.size() == 1) {
            LOG.error(
                    "a callback of {} could not be stored",
                    batch.get(0).incoming.account(),
                    e);
            Answerer.tell(batch, Outcome.BROKEN);
            return;
        }
        // One of them is at fault; the others must not suffer for it.
        for (Pending pending : batch) {
            commit(List.of(pending));
        }
    }

    private static List<Incoming> incoming(List<Pending> batch) {
        List<Incoming> incoming = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            incoming.add(pending.incoming);
        }
        return incoming;
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
