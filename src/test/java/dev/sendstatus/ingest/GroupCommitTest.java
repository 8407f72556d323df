package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.LookupMemory;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.Traffic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("testtel"), "main");
    private static final IngestSettings SETTINGS = new IngestSettings(4, Duration.ofMillis(1_800));

    private final AtomicLong nanos = new AtomicLong();
    private final GatedStore store = new GatedStore();
    private final IngestQueue queue = new IngestQueue(SETTINGS);
    private final GroupCommit commit =
            new GroupCommit(queue, store, SETTINGS, nanos::get, new SimpleMeterRegistry()).start();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<String> answeredOn = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        store.fault = null;
        store.syncFault = null;
        store.gate.release(1_000);
        store.syncGate.release(1_000);
        commit.close();
    }

    @Test
    void nobodyIsToldBeforeTheCommitIsDone() {
        offer("a");
        await().until(() -> store.entered.get() == 1);
        assertThat(outcomes).isEmpty();
        store.gate.release();
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
    }

    @Test
    void atRestTheWriterAnswersItself() {
        store.gate.release();
        offer("a");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        assertThat(answeredOn).containsExactly("group-commit");
    }

    @Test
    void whatGathersDuringASyncIsOneBatchAndNobodyIsToldBeforeItsEnd() {
        syncOfTheFirstHangsAndTwoMoreCome();
        assertThat(outcomes).isEmpty();
        assertThat(store.entered.get()).isEqualTo(1);
        store.syncGate.release(2);
        await().until(() -> outcomes.size() == 3);
        assertThat(store.batches).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(outcomes).containsOnly(Outcome.COMMITTED);
    }

    @Test
    void answersDoNotWaitForTheNextSync() {
        syncOfTheFirstHangsAndTwoMoreCome();
        store.syncGate.release();
        await().until(() -> store.syncs.get() == 2);
        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes).containsExactly(Outcome.COMMITTED);
        assertThat(answeredOn).containsExactly("answerer");
    }

    @Test
    void aSyncThatHangsIsToldInTime() {
        store.syncGate.drainPermits();
        store.gate.release(1_000);
        offer("a");
        await().until(() -> store.syncs.get() == 1);
        offer("b");
        nanos.addAndGet(Duration.ofMillis(1_801).toNanos());
        await().until(() -> outcomes.size() == 2);
        assertThat(outcomes).containsOnly(Outcome.UNAVAILABLE);
    }

    @Test
    void aSyncThatHangsUnderLoadIsToldInTimeToAllThatWait() {
        syncOfTheFirstHangsAndTwoMoreCome();
        offer("d");
        offer("e");
        nanos.addAndGet(Duration.ofMillis(1_801).toNanos());
        await().until(() -> outcomes.size() == 5);
        assertThat(outcomes).containsOnly(Outcome.UNAVAILABLE);
    }

    /** One is being synced; the next two wait until the disk is free. */
    private void syncOfTheFirstHangsAndTwoMoreCome() {
        store.syncGate.drainPermits();
        offer("a");
        await().until(() -> store.entered.get() == 1);
        offer("b");
        offer("c");
        store.gate.release(2);
        await().until(() -> store.syncs.get() == 1);
    }

    @Test
    void whatCannotBeSyncedIsNotAcknowledged() {
        store.gate.release(1_000);
        store.syncFault = new StoreException.Unavailable("the disk fails", null);
        offer("a");
        await().until(() -> outcomes.contains(Outcome.UNAVAILABLE));
        assertThat(commit.available()).isFalse();
        store.syncFault = null;
        offer("b");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        assertThat(commit.available()).isTrue();
        assertThat(outcomes).hasSize(2);
    }

    @Test
    void whatGathersDuringACommitIsOneBatch() {
        offer("a");
        await().until(() -> store.entered.get() == 1);
        offer("b");
        offer("c");
        offer("d");
        store.gate.release(2);
        await().until(() -> outcomes.size() == 4);
        assertThat(store.batches).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void whatTheQueueDoesNotHoldIsRefusedAtOnce() {
        offer("a");
        await().until(() -> store.entered.get() == 1);
        for (int i = 0; i < 5; i++) {
            offer("b" + i);
        }
        assertThat(outcomes).containsExactly(Outcome.FULL);
        store.gate.release(100);
        await().until(() -> outcomes.size() == 6);
        assertThat(outcomes.stream().filter(outcome -> outcome == Outcome.COMMITTED))
                .hasSize(5);
    }

    @Test
    void aCommitThatHangsIsToldAsUnavailableInTime() {
        offer("a");
        await().until(() -> store.entered.get() == 1);
        offer("b");
        nanos.addAndGet(Duration.ofMillis(1_801).toNanos());
        await().until(() -> outcomes.size() == 2);
        assertThat(outcomes).containsOnly(Outcome.UNAVAILABLE);
    }

    @Test
    void aFaultThatEndsInTimeIsNotNoticedByTheSender() {
        store.fault = new StoreException.Unavailable("locked", null);
        store.gate.release(1_000);
        offer("a");
        await().until(() -> store.entered.get() >= 2);
        assertThat(commit.available()).isFalse();
        store.fault = null;
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        assertThat(commit.available()).isTrue();
    }

    @Test
    void aFaultThatLastsIsUnavailableAndRecoversByItself() {
        store.fault = new StoreException.Unavailable("full", null);
        store.gate.release(1_000_000);
        offer("a");
        await().until(() -> store.entered.get() >= 1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        await().until(() -> outcomes.contains(Outcome.UNAVAILABLE));
        store.fault = null;
        offer("b");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
    }

    @Test
    void oneThatCannotBeStoredDoesNotHarmTheOthers() {
        store.broken = "bad";
        offer("a");
        await().until(() -> store.entered.get() == 1);
        offer("b");
        offer("bad");
        offer("c");
        store.gate.release(100);
        await().until(() -> outcomes.size() == 4);
        assertThat(outcomes.stream().filter(outcome -> outcome == Outcome.BROKEN))
                .hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome == Outcome.COMMITTED))
                .hasSize(3);
    }

    @Test
    void aStopWritesWhatWasTakenAndRefusesTheRest() {
        offer("a");
        await().until(() -> store.entered.get() == 1);
        offer("b");
        store.gate.release(100);
        commit.close();
        offer("c");
        assertThat(outcomes).containsExactly(Outcome.COMMITTED, Outcome.COMMITTED, Outcome.FULL);
    }

    @Test
    void whatIsCommittedBecomesPartOfItsMessageOnceNothingElseIsToBeDone() {
        store.gate.release(100);
        offer("a");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        await().until(() -> store.settled.equals(List.of(1)));
    }

    @Test
    void underLoadSomeHundredBecomePartOfTheirMessagesAtOnce() {
        store.unsettled.set(600);
        store.gate.release(100);
        offer("a");
        await().until(() -> store.settled.equals(List.of(601)));
        assertThat(outcomes).containsExactly(Outcome.COMMITTED);
    }

    @Test
    void aWhileCallbacksAreTakenInThatCannotBecomePartOfTheirMessages() {
        offerWhileNothingCanBeSettled(4_000);
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        store.settleFault = null;
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        await().until(() -> store.settled.equals(List.of(4_001)));
    }

    @Test
    void beyondThatTheyAreRefusedUntilItWorksAgain() {
        offerWhileNothingCanBeSettled(4_096);
        await().until(() -> !commit.available());
        nanos.addAndGet(Duration.ofMillis(1_801).toNanos());
        await().until(() -> outcomes.contains(Outcome.UNAVAILABLE));
        assertThat(store.batches).isEmpty();
        store.settleFault = null;
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        offer("b");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        assertThat(outcomes).containsExactly(Outcome.UNAVAILABLE, Outcome.COMMITTED);
        assertThat(commit.available()).isTrue();
    }

    /** @param behind so many callbacks wait for it already */
    private void offerWhileNothingCanBeSettled(int behind) {
        store.settleFault = new StoreException.Unavailable("full", null);
        store.gate.release(100);
        store.unsettled.set(behind);
        offer("a");
    }

    private void offer(String body) {
        RawCallback raw = new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8));
        queue.offer(
                new Incoming(ACCOUNT, Source.WEBHOOK, Instant.EPOCH, raw, List.of(), null), nanos.get(), outcome -> {
                    answeredOn.add(Thread.currentThread().getName());
                    outcomes.add(outcome);
                });
    }

    /** A store whose commits wait to be let through, as a slow disk would make them. */
    private static final class GatedStore implements Store {
        final Semaphore gate = new Semaphore(0);
        final AtomicLong entered = new AtomicLong();
        final List<List<String>> batches = new CopyOnWriteArrayList<>();
        final Semaphore syncGate = new Semaphore(1_000);
        final AtomicInteger syncs = new AtomicInteger();
        final AtomicInteger unsettled = new AtomicInteger();
        final List<Integer> settled = new CopyOnWriteArrayList<>();
        volatile StoreException.@Nullable Unavailable settleFault;
        volatile StoreException.@Nullable Unavailable fault;
        volatile StoreException.@Nullable Unavailable syncFault;
        volatile String broken = "";

        @Override
        public void append(List<Incoming> batch) throws StoreException {
            entered.incrementAndGet();
            gate.acquireUninterruptibly();
            StoreException.Unavailable now = fault;
            if (now != null) {
                throw now;
            }
            List<String> bodies = batch.stream()
                    .map(incoming -> new String(incoming.raw().body(), StandardCharsets.UTF_8))
                    .toList();
            if (bodies.contains(broken)) {
                throw new StoreException.Broken("cannot be stored", null);
            }
            batches.add(bodies);
            unsettled.addAndGet(batch.size());
        }

        @Override
        public int unsettled() {
            return unsettled.get();
        }

        @Override
        public void settle() throws StoreException {
            StoreException.Unavailable now = settleFault;
            if (now != null) {
                throw now;
            }
            int all = unsettled.getAndSet(0);
            if (all > 0) {
                settled.add(all);
            }
        }

        @Override
        public void sync() throws StoreException {
            StoreException.Unavailable now = syncFault;
            if (now != null) {
                throw now;
            }
            syncs.incrementAndGet();
            syncGate.acquireUninterruptibly();
        }

        @Override
        public void flag(List<StuckFlag> flags) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean keep(KeptReport report) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(List<Long> sequences) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addTraffic(List<Traffic> traffic) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addRefused(List<Refused> refused) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addErrorCodes(List<SeenErrorCode> seen) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Housekeeping housekeeping() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LookupMemory lookups() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean indexNext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean addToken(StoredToken token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean removeToken(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void usedTokens(List<StoredToken> tokens) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void probe() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
