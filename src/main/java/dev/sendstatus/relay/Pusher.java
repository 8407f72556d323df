package dev.sendstatus.relay;

import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.relay.Tenure.Answer;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes to one endpoint on a thread of its own, or waits until the node that does so is gone. */
final class Pusher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

    /** The interval in which a node that does not push looks whether it has to. */
    private static final Duration STANDBY = Duration.ofSeconds(3);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    /** The time for which a stop waits for pushes under way. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final EndpointSettings settings;
    private final Sender sender;
    private final Store store;
    private final Reads reads;
    private final MessageDocument document;
    private final InstantSource clock;
    private final String node;
    private final PushCounts counts;
    private final BlockingQueue<Optional<Answer>> answers = new LinkedBlockingQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopping;

    // Of the thread.
    private @Nullable Tenure tenure;
    private boolean inTrouble;

    Pusher(
            EndpointSettings settings,
            Sender sender,
            Store store,
            Reads reads,
            MessageDocument document,
            InstantSource clock,
            String node,
            PushCounts counts) {
        this.settings = settings;
        this.sender = sender;
        this.store = store;
        this.reads = reads;
        this.document = document;
        this.clock = clock;
        this.node = node;
        this.counts = counts;
        this.thread = new Thread(this::run, "relay-" + settings.name());
    }

    void start() {
        thread.start();
    }

    /** There may be something new: a change, or a word of a person. Any thread. */
    void wake() {
        if (!woken.getAndSet(true)) {
            answers.add(Optional.empty());
        }
    }

    private void run() {
        try {
            while (!stopping) {
                pushOrWait();
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sender.close();
        }
    }

    private void pushOrWait() throws InterruptedException {
        try {
            Tenure current = tenure == null ? taken() : tenure;
            tenure = current;
            if (current == null) {
                await(STANDBY.toNanos());
                return;
            }
            if (!current.goOn(woken.getAndSet(false), answers())) {
                tenure = null;
                return;
            }
            if (inTrouble) {
                LOG.info("endpoint {} is pushed to again", settings.name());
                inTrouble = false;
            }
            await(current.waitNanos());
        } catch (StoreException.Unavailable e) {
            if (!inTrouble) {
                LOG.warn("endpoint {} waits for the database: {}", settings.name(), e.getMessage());
                inTrouble = true;
            }
            await(AFTER_TROUBLE.toNanos());
        } catch (StoreException | RuntimeException e) {
            if (!inTrouble) {
                LOG.error("pushing to endpoint {} failed and is tried again", settings.name(), e);
                inTrouble = true;
            }
            tenure = null;
            await(AFTER_TROUBLE.toNanos());
        }
    }

    /** Null if another node pushes. */
    private @Nullable Tenure taken() throws StoreException {
        Instant now = clock.instant();
        if (!store.relay().takeEndpoint(settings.name(), node, now, now.plus(Tenure.LEASE))) {
            return null;
        }
        Optional<RelayEndpoint> endpoint = reads.relay().endpoint(settings.name());
        return endpoint.isEmpty()
                ? null
                : new Tenure(
                        settings, endpoint.get(), reads.changes(0, 0), sender, store, reads, document, clock, counts);
    }

    private Consumer<Answer> answers() {
        return answer -> answers.add(Optional.of(answer));
    }

    /** Takes note of all answers that are there, once there is one or the time is over. */
    private void await(long nanos) throws InterruptedException {
        Optional<Answer> next = answers.poll(nanos, TimeUnit.NANOSECONDS);
        while (next != null) {
            // An answer of an earlier tenure is of no use: its change is pushed again.
            next.filter(answer -> answer.of() == tenure)
                    .ifPresent(answer -> answer.of().note(answer));
            next = answers.poll();
        }
    }

    private void finish() throws InterruptedException {
        Tenure last = tenure;
        if (last == null) {
            return;
        }
        long until = System.nanoTime() + LAST.toNanos();
        while (!last.end() && System.nanoTime() < until) {
            await(TimeUnit.MILLISECONDS.toNanos(50));
        }
        try {
            last.keep();
            store.relay().releaseEndpoint(settings.name(), node);
        } catch (StoreException e) {
            LOG.warn("what was last pushed to endpoint {} is pushed again: {}", settings.name(), e.getMessage());
        }
    }

    /** Waits a moment for the pushes under way, and lets another node go on. */
    @Override
    public void close() {
        stopping = true;
        wake();
        answers.add(Optional.empty());
        try {
            thread.join(2 * LAST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
