package dev.sendstatus.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.jobs.JobTable.Kind;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs with their real threads and the real clock, quicker than in earnest, on both databases. */
@Tag("slow")
class JobsTest {
    private static final JobTiming QUICK =
            new JobTiming(Duration.ofMillis(50), Duration.ofMillis(100), 4, Duration.ofSeconds(10));
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : toClose) {
            one.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void threeNodesRunAJobOneAtATime(Kind kind) throws Exception {
        JobTable table = table(kind);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger mostAtOnce = new AtomicInteger();
        AtomicInteger turns = new AtomicInteger();
        Job job = Job.every(Duration.ofMillis(20), "job", () -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            turns.incrementAndGet();
            Thread.onSpinWait();
            atOnce.decrementAndGet();
        });
        for (int node = 0; node < 3; node++) {
            start(job, table, table.connections(), new SimpleMeterRegistry());
        }
        await().atMost(SOON).until(() -> turns.get() >= 30);
        assertThat(mostAtOnce).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadNodesJobIsTakenOver(Kind kind) throws Exception {
        JobTable table = table(kind);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        NodeConnections dying = table.connections();
        Job hangs = Job.every(Duration.ofHours(1), "job", () -> {
            running.countDown();
            never.await();
        });
        Jobs first = start(hangs, table, dying, new SimpleMeterRegistry());
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        AtomicInteger turnsOfTheOther = new AtomicInteger();
        Job other = Job.every(Duration.ofHours(1), "job", turnsOfTheOther::incrementAndGet);
        start(other, table, table.connections(), new SimpleMeterRegistry());

        // As long as it lives its heartbeats keep the job its own, ten times as long as a dead node would.
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> turnsOfTheOther.get() == 0);
        try (LogLines log = new LogLines()) {
            dying.cut();
            await().atMost(SOON).until(() -> turnsOfTheOther.get() == 1);
            assertThat(log.ofTheJobs()).anyMatch(line -> line.contains("the job job was left unfinished by node/"));
        }
        never.countDown();
        first.close();
        assertThat(turnsOfTheOther).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailingJobIsCountedToldOnceAndTriedAgain(Kind kind) throws Exception {
        JobTable table = table(kind);
        MeterRegistry meters = new SimpleMeterRegistry();
        AtomicInteger turns = new AtomicInteger();
        Job job = Job.every(Duration.ofMillis(50), "job", () -> {
            switch (turns.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("the first time");
                case 2 -> throw new StoreException.Unavailable("the second time", null);
                default -> {}
            }
        });
        Instant before = Instant.now();
        try (LogLines log = new LogLines()) {
            start(job, table, table.connections(), meters);
            await().atMost(SOON).until(() -> turns.get() >= 4);
            assertThat(log.ofTheJobs())
                    .containsExactly(
                            "the job job failed and is tried again",
                            "the job job waits for the database: the second time");
        }
        assertThat(meters.get("sendstatus.job.failures")
                        .tag("job", "job")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("sendstatus.job.last.success.timestamp.seconds")
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(before.getEpochSecond());
    }

    @ParameterizedTest
    @EnumSource
    void anOutageIsToldOnceAndTheJobsGoOnAfterIt(Kind kind) throws Exception {
        JobTable table = table(kind);
        NodeConnections connections = table.connections();
        AtomicInteger turns = new AtomicInteger();
        start(
                Job.every(Duration.ofMillis(20), "job", turns::incrementAndGet),
                table,
                connections,
                new SimpleMeterRegistry());
        await().atMost(SOON).until(() -> turns.get() >= 2);
        try (LogLines log = new LogLines()) {
            connections.cut();
            int then = turns.get();
            await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> turns.get() <= then + 1);
            // Reading and writing, once each, though it was tried some twenty times; at most the turn just under way.
            assertThat(log.ofTheJobs()).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            assertThat(log.withAStackTrace()).isZero();
            connections.mend();
            await().atMost(SOON).until(() -> turns.get() >= then + 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsAwayAtTheStartIsWaitedFor(Kind kind) throws Exception {
        JobTable table = table(kind);
        NodeConnections connections = table.connections();
        connections.cut();
        AtomicInteger turns = new AtomicInteger();
        try (LogLines log = new LogLines()) {
            start(
                    Job.every(Duration.ofHours(1), "job", turns::incrementAndGet),
                    table,
                    connections,
                    new SimpleMeterRegistry());
            await().atMost(SOON).until(() -> !log.ofTheJobs().isEmpty());
            connections.mend();
            await().atMost(SOON).until(() -> turns.get() == 1);
            assertThat(log.ofTheJobs())
                    .singleElement()
                    .asString()
                    .contains("planning the first turns", "the way to the database is cut");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStopLetsTheRunningTurnEnd(Kind kind) throws Exception {
        JobTable table = table(kind);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Job job = Job.every(Duration.ofHours(1), "job", () -> {
            running.countDown();
            goOn.await();
            ended.set(true);
        });
        Jobs jobs = start(job, table, table.connections(), new SimpleMeterRegistry());
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(jobs::close);
        goOn.countDown();
        stop.get(20, TimeUnit.SECONDS);
        assertThat(ended).isTrue();
    }

    /** The quickest of some: the machine may have other work. */
    @Test
    void aStopDoesNotWaitForTheNextLook() throws Exception {
        JobTable table = table(Kind.SQLITE);
        JobTiming seldom = new JobTiming(Duration.ofHours(1), QUICK.heartbeat(), 4, QUICK.grace());
        List<Duration> stops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CountDownLatch turn = new CountDownLatch(1);
            Job job = Job.every(Duration.ofHours(1), "job" + i, turn::countDown).seldom(Duration.ZERO);
            Jobs jobs = jobs(job, table, table.connections(), new SimpleMeterRegistry(), seldom)
                    .start();
            assertThat(turn.await(20, TimeUnit.SECONDS)).isTrue();
            long began = System.nanoTime();
            jobs.close();
            stops.add(Duration.ofNanos(System.nanoTime() - began));
        }
        assertThat(stops).anyMatch(stop -> stop.toMillis() < 900);
    }

    @ParameterizedTest
    @EnumSource
    void whatAStopCutsShortGoesOnAtOnceOnAnotherNode(Kind kind) throws Exception {
        JobTable table = table(kind);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Job endless = Job.every(Duration.ofHours(1), "job", () -> {
            running.countDown();
            never.await();
        });
        JobTiming impatient = new JobTiming(QUICK.polling(), Duration.ofMinutes(5), 4, Duration.ofMillis(200));
        Jobs first = jobs(endless, table, table.connections(), new SimpleMeterRegistry(), impatient)
                .start();
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        first.close();

        AtomicInteger turns = new AtomicInteger();
        start(
                Job.every(Duration.ofHours(1), "job", turns::incrementAndGet).seldom(Duration.ZERO),
                table,
                table.connections(),
                new SimpleMeterRegistry());
        await().atMost(SOON).until(() -> turns.get() == 1);
    }

    @ParameterizedTest
    @EnumSource
    void aShortenedIntervalCountsFromTheNextStart(Kind kind) throws Exception {
        JobTable table = table(kind);
        AtomicInteger turns = new AtomicInteger();
        Job slow = Job.every(Duration.ofHours(1), "job", turns::incrementAndGet).seldom(Duration.ZERO);
        Jobs before = start(slow, table, table.connections(), new SimpleMeterRegistry());
        await().atMost(SOON).until(() -> turns.get() == 1);
        before.close();

        Job quick =
                Job.every(Duration.ofMillis(50), "job", turns::incrementAndGet).seldom(Duration.ZERO);
        MeterRegistry meters = new SimpleMeterRegistry();
        start(quick, table, table.connections(), meters);
        await().atMost(SOON).until(() -> turns.get() >= 3);
    }

    @ParameterizedTest
    @EnumSource
    void aNodeKnowsFromTheTableWhenAnotherSucceeded(Kind kind) throws Exception {
        JobTable table = table(kind);
        AtomicInteger turns = new AtomicInteger();
        Job job = Job.every(Duration.ofHours(1), "job", turns::incrementAndGet).seldom(Duration.ofSeconds(1));
        Jobs first = start(job, table, table.connections(), new SimpleMeterRegistry());
        await().atMost(SOON).until(() -> turns.get() == 1);
        first.close();

        MeterRegistry meters = new SimpleMeterRegistry();
        start(job, table, table.connections(), meters);
        await().atMost(SOON)
                .until(() -> meters.get("sendstatus.job.last.success.timestamp.seconds")
                                .gauge()
                                .value()
                        > 0);
        assertThat(turns).hasValue(1);
    }

    private JobTable table(Kind kind) throws Exception {
        JobTable table = JobTable.make(kind, folder);
        toClose.addLast(table);
        return table;
    }

    private Jobs start(Job job, JobTable table, NodeConnections connections, MeterRegistry meters) {
        return jobs(job, table, connections, meters, QUICK).start();
    }

    private Jobs jobs(Job job, JobTable table, NodeConnections connections, MeterRegistry meters, JobTiming timing) {
        Jobs jobs = new Jobs(
                List.of(job), table.through(connections), timing, () -> "node/1", meters, InstantSource.system());
        // Before the table, which was opened first.
        toClose.addFirst(jobs);
        return jobs;
    }
}
