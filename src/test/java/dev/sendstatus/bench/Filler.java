package dev.sendstatus.bench;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Fills a database with realistic messages of all providers through the real adapters and the real writer, as fast as that goes:
 * bodies are made and parsed beside the writer. Most are sent and then delivered; some fail, few are never heard of again.
 */
final class Filler {
    private static final int BATCH = 2_048;
    /** How many batches are written before they are synced, and what they make complete is indexed. */
    private static final int SYNCED_TOGETHER = 16;

    private static final int GENERATORS = 2;
    /** Short of the time after which a stuck message is given up. */
    private static final Duration SPAN = Duration.ofDays(6);

    private final Store store;
    private final List<Demo<?>> demos;
    private final AtomicLong generated = new AtomicLong();
    private final long messages;
    private final int stuck;
    private final long seed;

    /** @param stuck how many of the messages are never reported on after they were sent @param seed another one, other messages */
    Filler(Store store, List<Demo<?>> demos, long messages, int stuck, long seed) {
        this.store = store;
        this.demos = demos;
        this.messages = messages;
        this.stuck = stuck;
        this.seed = seed;
    }

    /** What was stored. @param samples some of the messages, spread over all */
    record Filled(long events, Duration time, List<MessageKey> samples) {}

    Filled fill(Instant now) throws Exception {
        BlockingQueue<List<Incoming>> batches = new ArrayBlockingQueue<>(4);
        Thread[] generators = IntStream.range(0, GENERATORS)
                .mapToObj(i -> new Thread(() -> generate(batches, i, now), "generator-" + i))
                .toArray(Thread[]::new);
        for (Thread generator : generators) {
            generator.start();
        }
        long begun = System.nanoTime();
        long events = 0;
        List<MessageKey> samples = new ArrayList<>();
        int running = GENERATORS;
        int written = 0;
        // Beside the writing, as in the server: so the room of what is packed is used again.
        ExecutorService duties = Executors.newSingleThreadExecutor();
        Future<?> indexed = CompletableFuture.completedFuture(null);
        try (ProgressBar progress = new ProgressBarBuilder()
                .setTaskName("messages")
                .setInitialMax(messages)
                .setUpdateIntervalMillis(2_000)
                .build()) {
            while (running > 0) {
                List<Incoming> batch = batches.take();
                if (batch.isEmpty()) {
                    running--;
                    continue;
                }
                store.append(batch);
                store.settle();
                if (++written % SYNCED_TOGETHER == 0) {
                    store.sync();
                    indexed.get();
                    indexed = duties.submit(this::index);
                }
                events += batch.size();
                samples.add(batch.get(0).events().get(0).message());
                progress.stepTo(Math.min(messages, generated.get()));
            }
        }
        for (Thread generator : generators) {
            generator.join();
        }
        indexed.get();
        duties.shutdown();
        store.sync();
        Duration time = Duration.ofNanos(System.nanoTime() - begun);
        index();
        return new Filled(events, time, samples);
    }

    /** So that lists, statistics and the size are as they are where a server runs. */
    private Void index() throws StoreException {
        boolean more = true;
        while (more) {
            more = store.indexNext();
        }
        return null;
    }

    private void generate(BlockingQueue<List<Incoming>> batches, int number, Instant now) {
        List<MessageStream> streams = new ArrayList<>();
        for (Demo<?> demo : demos) {
            streams.add(MessageStream.realistic(
                    demo.adapter().simulator(), seed * 100 + number, now.minus(SPAN), (double) stuck / messages));
        }
        try {
            List<Incoming> batch = new ArrayList<>(BATCH);
            long own = messages / GENERATORS;
            for (long made = 0; made < own; ) {
                Instant at = now.minus(SPAN).plusMillis(made * SPAN.toMillis() / own);
                // A campaign goes through one provider for a while.
                int turn = (int) (made / 4_096 % demos.size());
                MessageStream stream = streams.get(turn);
                stream.at(at);
                long before = stream.messages();
                batch.add(incoming(demos.get(turn), stream.next(), at));
                long more = stream.messages() - before;
                made += more;
                generated.addAndGet(more);
                if (batch.size() == BATCH) {
                    batches.put(batch);
                    batch = new ArrayList<>(BATCH);
                }
            }
            for (int i = 0; i < streams.size(); i++) {
                for (SimulatedMessage message : streams.get(i).rest()) {
                    batch.add(incoming(demos.get(i), message, now));
                }
            }
            batches.put(batch);
            batches.put(List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Incoming incoming(Demo<?> demo, SimulatedMessage message, Instant at) {
        SignedCallback callback =
                demo.adapter().simulator().unsigned(message, demo.settings(), Demo.PUBLIC_URL + demo.path(), at);
        CallbackRequest request = new CallbackRequest(
                callback.method(),
                Demo.PUBLIC_URL + demo.path(),
                callback.query(),
                name -> callback.headers().get(name),
                callback.body(),
                at);
        if (!(demo.adapter().parse(request) instanceof Parsed.Events understood)) {
            throw new IllegalStateException("a simulated callback is not understood: " + callback);
        }
        List<DeliveryEvent> events = understood.events();
        return new Incoming(
                demo.account(),
                Source.WEBHOOK,
                at,
                new RawCallback(callback.method(), callback.query(), request.mediaType(), callback.body()),
                events,
                null);
    }
}
