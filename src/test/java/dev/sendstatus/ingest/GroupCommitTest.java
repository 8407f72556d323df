package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
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

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final GatedLog log = new GatedLog();
    private final IngestQueue queue = new IngestQueue(SETTINGS);
    private final GroupCommit commit = new GroupCommit(
                    queue,
                    log,
                    SETTINGS,
                    () -> Instant.EPOCH,
                    nanos::get,
                    new SimpleMeterRegistry(),
                    accepted::incrementAndGet)
            .start();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Queue<String> answeredOn = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        log.fault = null;
        log.gate.release(1_000);
        commit.close();
    }

    @Test
    void nobodyIsToldBeforeTheCommitIsDone() {
        offer("a");
        await().until(() -> log.entered.get() == 1);
        assertThat(outcomes).isEmpty();
        log.gate.release();
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
    }

    @Test
    void atRestTheWriterAnswersItself() {
        log.gate.release();
        offer("a");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        assertThat(answeredOn).containsExactly("group-commit");
    }

    @Test
    void underLoadAnotherThreadAnswers() {
        offer("a");
        await().until(() -> log.entered.get() == 1);
        offer("b");
        log.gate.release();
        await().until(() -> log.entered.get() == 2);
        await().until(() -> outcomes.size() == 1);
        assertThat(answeredOn).containsExactly("answerer");
        log.gate.release();
    }

    @Test
    void whatWasCommittedIsToldToWhoAppliesIt() {
        log.gate.release();
        offer("a");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        assertThat(accepted.get()).isEqualTo(1);
    }

    @Test
    void whatGathersDuringACommitIsOneBatch() {
        offer("a");
        await().until(() -> log.entered.get() == 1);
        offer("b");
        offer("c");
        offer("d");
        log.gate.release(2);
        await().until(() -> outcomes.size() == 4);
        assertThat(log.batches).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    void whatTheQueueDoesNotHoldIsRefusedAtOnce() {
        offer("a");
        await().until(() -> log.entered.get() == 1);
        for (int i = 0; i < 5; i++) {
            offer("b" + i);
        }
        assertThat(outcomes).containsExactly(Outcome.FULL);
        log.gate.release(100);
        await().until(() -> outcomes.size() == 6);
        assertThat(outcomes.stream().filter(outcome -> outcome == Outcome.COMMITTED))
                .hasSize(5);
    }

    @Test
    void aCommitThatHangsIsToldAsUnavailableInTime() {
        offer("a");
        await().until(() -> log.entered.get() == 1);
        offer("b");
        nanos.addAndGet(Duration.ofMillis(1_801).toNanos());
        await().until(() -> outcomes.size() == 2);
        assertThat(outcomes).containsOnly(Outcome.UNAVAILABLE);
    }

    @Test
    void aFaultThatEndsInTimeIsNotNoticedByTheSender() {
        log.fault = new StoreException.Unavailable("locked", null);
        log.gate.release(1_000);
        offer("a");
        await().until(() -> log.entered.get() >= 2);
        assertThat(commit.available()).isFalse();
        log.fault = null;
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
        assertThat(commit.available()).isTrue();
    }

    @Test
    void aFaultThatLastsIsUnavailableAndRecoversByItself() {
        log.fault = new StoreException.Unavailable("full", null);
        log.gate.release(1_000_000);
        offer("a");
        await().until(() -> log.entered.get() >= 1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        await().until(() -> outcomes.contains(Outcome.UNAVAILABLE));
        log.fault = null;
        offer("b");
        await().until(() -> outcomes.contains(Outcome.COMMITTED));
    }

    @Test
    void oneThatCannotBeStoredDoesNotHarmTheOthers() {
        log.broken = "bad";
        offer("a");
        await().until(() -> log.entered.get() == 1);
        offer("b");
        offer("bad");
        offer("c");
        log.gate.release(100);
        await().until(() -> outcomes.size() == 4);
        assertThat(outcomes.stream().filter(outcome -> outcome == Outcome.BROKEN))
                .hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome == Outcome.COMMITTED))
                .hasSize(3);
    }

    @Test
    void aStopWritesWhatWasTakenAndRefusesTheRest() {
        offer("a");
        await().until(() -> log.entered.get() == 1);
        offer("b");
        log.gate.release(100);
        commit.close();
        offer("c");
        assertThat(outcomes).containsExactly(Outcome.COMMITTED, Outcome.COMMITTED, Outcome.FULL);
    }

    private void offer(String body) {
        RawCallback raw = new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8));
        queue.offer(new AcceptedCallback(ACCOUNT, Instant.EPOCH, raw), nanos.get(), outcome -> {
            answeredOn.add(Thread.currentThread().getName());
            outcomes.add(outcome);
        });
    }

    /** A log whose commits wait to be let through, as a slow disk would make them. */
    private static final class GatedLog implements GroupCommit.Log {
        final Semaphore gate = new Semaphore(0);
        final AtomicLong entered = new AtomicLong();
        final List<List<String>> batches = new CopyOnWriteArrayList<>();
        volatile StoreException.@Nullable Unavailable fault;
        volatile String broken = "";

        @Override
        public void append(List<AcceptedCallback> batch, Instant now) throws StoreException {
            entered.incrementAndGet();
            gate.acquireUninterruptibly();
            StoreException.Unavailable current = fault;
            if (current != null) {
                throw current;
            }
            List<String> bodies = batch.stream()
                    .map(callback -> new String(callback.raw().body(), StandardCharsets.UTF_8))
                    .toList();
            if (bodies.contains(broken)) {
                throw new StoreException.Broken("cannot be stored", null);
            }
            batches.add(bodies);
        }
    }
}
