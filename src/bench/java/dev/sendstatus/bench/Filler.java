package dev.sendstatus.bench;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Database;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Fills a database with realistic messages of all providers, a million a day until now, through the real adapters and the real store: one thread
 * makes and accepts callbacks, one applies them. One message in ten is registered, with a campaign, a tag and a link domain.
 */
final class Filler {
    private static final int GROUP = 4_096;
    /** So many groups may wait to be applied. */
    private static final int AHEAD = 4;

    private static final long A_DAY = 1_000_000;
    private static final int REGISTERED_ONE_IN = 10;
    private static final byte[] NOTHING = new byte[0];

    private final Store store;
    private final long messages;
    private final Instant end = Instant.now();
    private final Semaphore room = new Semaphore(AHEAD * GROUP);
    private volatile boolean accepted;

    private Filler(Store store, long messages) {
        this.store = store;
        this.messages = messages;
    }

    /** What was stored, in how long. */
    record Filled(long callbacks, Duration time) {
        double perSecond() {
            return callbacks / (time.toMillis() / 1e3);
        }
    }

    static Filled fill(DatabaseSettings database, long messages) throws Exception {
        try (Store store = Store.open(Database.of(database).dialect())) {
            return new Filler(store, messages).fill();
        }
    }

    private Filled fill() throws Exception {
        CallbackReader reader = new CallbackReader(Adapters.all());
        long begun = System.nanoTime();
        long callbacks = 0;
        CompletableFuture<Void> accepting = CompletableFuture.runAsync(this::accept);
        try (ProgressBar progress = new ProgressBarBuilder()
                .setTaskName("callbacks")
                .setUpdateIntervalMillis(2_000)
                .build()) {
            boolean last = false;
            while (!last) {
                last = accepted;
                for (int applied = -1; applied != 0; ) {
                    applied = store.apply(GROUP, reader).size();
                    room.release(applied);
                    callbacks += applied;
                }
                progress.stepTo(callbacks);
                Thread.sleep(1);
            }
        }
        accepting.join();
        return new Filled(callbacks, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void accept() {
        try {
            MixedTraffic traffic = new MixedTraffic(end);
            Group group = new Group();
            for (long made = 0; made < messages; ) {
                Instant at =
                        end.minusMillis((messages - made) * Duration.ofDays(1).toMillis() / A_DAY);
                MixedTraffic.Said said = traffic.next(at);
                if (said.begins() && made++ % REGISTERED_ONE_IN == 0) {
                    group.sends.add(send(said.demo(), said.message(), made, at));
                }
                group.add(said.demo().callback(said.message(), at));
            }
            for (MixedTraffic.Said said : traffic.rest()) {
                group.add(said.demo().callback(said.message(), end));
            }
            group.store();
        } catch (StoreException | InterruptedException e) {
            throw new IllegalStateException("the database could not be filled", e);
        } finally {
            accepted = true;
        }
    }

    /** What is stored at once. */
    private final class Group {
        private final List<AcceptedCallback> callbacks = new ArrayList<>(GROUP);
        private final List<Incoming> sends = new ArrayList<>();

        void add(AcceptedCallback callback) throws StoreException, InterruptedException {
            callbacks.add(callback);
            if (callbacks.size() == GROUP) {
                store();
            }
        }

        void store() throws StoreException, InterruptedException {
            room.acquire(callbacks.size());
            store.commit(sends);
            store.accept(callbacks, Instant.now());
            sends.clear();
            callbacks.clear();
        }
    }

    private static Incoming send(Demo demo, SimulatedMessage message, long number, Instant at) {
        Registration registration = new Registration(
                List.of(new Recipient(message.to())),
                "send-" + number,
                "campaign-" + number / 50_000 % 200,
                List.of("tag-" + number / REGISTERED_ONE_IN % 20),
                List.of("link" + number / REGISTERED_ONE_IN % 7 + ".example.com"));
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(demo.adapter().provider(), message.id()),
                        Direction.OUTBOUND,
                        Progress.REGISTERED,
                        "registered")
                .to(message.to())
                .from(message.from())
                .sentAt(message.sentAt())
                .registration(registration)
                .build();
        return new Incoming(
                demo.account(),
                Source.REGISTRATION,
                at,
                new RawCallback("POST", null, null, NOTHING),
                List.of(event),
                null);
    }
}
