package dev.sendstatus.store.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nodes on one database, with the same messages at the same time. */
@Tag("slow")
class PostgresNodesTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final int NODES = 6;
    private static final int ROUNDS = 12;
    private static final int MESSAGES = 40;

    private DatabaseSettings settings;
    private final List<Store> nodes = new ArrayList<>();
    private Reads reads;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() throws SQLException, StoreException {
        settings = PostgresServer.fresh();
        for (int i = 0; i < NODES; i++) {
            nodes.add(Store.open(TestDatabase.dialect(settings)));
        }
        reads = Reads.open(TestDatabase.dialect(settings));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        reads.close();
        nodes.forEach(Store::close);
    }

    /** One node's batches: every message that there is, each time in another order, with accounts of its own and shared ones. */
    private static List<List<Incoming>> batches(Random random, int node) {
        List<List<Incoming>> batches = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Incoming> batch = new ArrayList<>();
            for (int m = 0; m < MESSAGES; m++) {
                DeliveryEvent event = Histories.event(random, new MessageKey(Histories.PROVIDER, "m" + m));
                AccountName account = new AccountName(Histories.PROVIDER, random.nextBoolean() ? "main" : "a" + round);
                byte[] body = ("node " + node + ", round " + round + ", " + m).getBytes(StandardCharsets.UTF_8);
                batch.add(new Incoming(
                        account,
                        Source.WEBHOOK,
                        NOW.plusMillis(round),
                        new RawCallback("POST", null, null, body),
                        List.of(event),
                        null));
            }
            Collections.shuffle(batch, random);
            batches.add(batch);
        }
        return batches;
    }

    /** Half of the batches are stored at once; the others are accepted, and applied by whichever node comes first. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void overlappingBatchesInAnyOrderLoseNothingAndNeverBlockEachOtherForGood(long seed) throws Exception {
        long deadlocks = deadlocks();
        List<List<List<Incoming>>> all = new ArrayList<>();
        Map<String, Incoming> byBody = new HashMap<>();
        for (int node = 0; node < NODES; node++) {
            all.add(batches(new Random(seed * 100 + node), node));
            all.get(node).forEach(batch -> batch.forEach(one -> byBody.put(body(one.raw()), one)));
        }
        Store.Interpreter interpreter =
                (callback, source) -> requireNonNull(byBody.get(body(callback.raw())), "each body is of one");
        AtomicBoolean writing = new AtomicBoolean(true);
        Future<Integer> reader = threads.submit(() -> readAllEvents(writing));
        List<Future<?>> done = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            Store store = nodes.get(node);
            List<List<Incoming>> own = all.get(node);
            done.add(threads.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    write(store, own.get(round), round % 2 == 0, interpreter);
                }
                return null;
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        while (reads.callbacks().waitingSince() != null) {
            nodes.get(0).apply(100, interpreter);
        }
        writing.set(false);
        assertThat(reader.get()).as("events that a reader saw, each once").isEqualTo(events());
        assertThat(deadlocks()).as("deadlocks that the server had to end").isEqualTo(deadlocks);
        assertStatesAreTheMerge(all);
    }

    private static String body(RawCallback raw) {
        return new String(raw.body(), StandardCharsets.UTF_8);
    }

    private static void write(Store store, List<Incoming> batch, boolean atOnce, Store.Interpreter interpreter)
            throws StoreException {
        if (atOnce) {
            store.commit(batch);
            return;
        }
        store.accept(
                batch.stream()
                        .map(one -> new AcceptedCallback(one.account(), one.receivedAt(), one.raw()))
                        .toList(),
                NOW);
        store.apply(17, interpreter);
        store.apply(17, interpreter);
    }

    private int events() throws SQLException {
        try (Connection plain = PostgresServer.connection(settings)) {
            return (int) number(plain, "SELECT count(*) FROM event");
        }
    }

    private void assertStatesAreTheMerge(List<List<List<Incoming>>> all) throws StoreException {
        Map<MessageKey, List<RecordedEvent>> said = new HashMap<>();
        long sequence = 1;
        for (List<List<Incoming>> node : all) {
            for (List<Incoming> batch : node) {
                for (Incoming incoming : batch) {
                    DeliveryEvent event = incoming.events().get(0);
                    said.computeIfAbsent(event.message(), key -> new ArrayList<>())
                            .add(new RecordedEvent(
                                    sequence++,
                                    incoming.receivedAt(),
                                    true,
                                    incoming.source(),
                                    incoming.account(),
                                    event));
                }
            }
        }
        assertThat(said).hasSize(MESSAGES);
        for (Map.Entry<MessageKey, List<RecordedEvent>> message : said.entrySet()) {
            MessageHistory expected = Histories.history(message.getKey(), message.getValue());
            MessageHistory stored = reads.history(message.getKey());
            assertThat(stored.events())
                    .extracting(RecordedEvent::event)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.events().stream().map(RecordedEvent::event).toList());
            MessageState state = reads.message(message.getKey()).orElseThrow().state();
            assertThat(state).as("the rows").isEqualTo(MessageState.of(stored));
            assertThat(state.status()).isEqualTo(MessageState.of(expected).status());
            assertThat(open(state)).isEqualTo(state.open());
        }
    }

    private boolean open(MessageState state) throws StoreException {
        return reads.open(state.account(), NOW.plusSeconds(86_400), true).stream()
                .anyMatch(open -> open.state().message().equals(state.message()));
    }

    /** As a feed does, all the time while others write: it must step over nothing that is committed behind it. */
    private int readAllEvents(AtomicBoolean writing) throws Exception {
        int seen = 0;
        long from = 0;
        try (Connection plain = PostgresServer.connection(settings);
                PreparedStatement count =
                        plain.prepareStatement("SELECT count(*) FROM event WHERE id >= ? AND id < ?")) {
            boolean last;
            do {
                last = !writing.get();
                long complete = reads.nextSequence();
                count.setLong(1, from);
                count.setLong(2, complete);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    seen += row.getInt(1);
                }
                from = complete;
            } while (!last);
        }
        return seen;
    }

    @Test
    void twoNodesThatApplyOneInboxAtTheSameTimeApplyNothingTwice() throws Exception {
        int callbacks = 2_000;
        nodes.get(0).accept(PostgresFaults.accepted(0, callbacks), NOW);
        Map<Long, Integer> times = new ConcurrentHashMap<>();
        CountDownLatch both = new CountDownLatch(2);
        List<Future<Integer>> done = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            Store store = nodes.get(node);
            done.add(threads.submit(() -> {
                both.countDown();
                both.await();
                int applied = 0;
                while (reads.callbacks().waitingSince() != null) {
                    applied += store.apply(50, (callback, source) -> counted(callback, source, times))
                            .size();
                }
                return applied;
            }));
        }
        assertThat(done.get(0).get()).isPositive();
        assertThat(done.get(1).get()).isPositive();
        assertThat(done.get(0).get() + done.get(1).get()).isEqualTo(callbacks);
        assertThat(times)
                .hasSize(callbacks)
                .allSatisfy((number, count) -> assertThat(count).isEqualTo(1));
        assertThat(events()).isEqualTo(callbacks);
    }

    private static Incoming counted(StoredCallback callback, Source source, Map<Long, Integer> times) {
        times.merge(callback.number(), 1, Integer::sum);
        return PostgresFaults.read(callback, source);
    }

    @Test
    void whatANodeTookThatDiesBeforeItsCommitIsAppliedByAnother() throws Exception {
        nodes.get(0).accept(PostgresFaults.accepted(0, 20), NOW);
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        Future<? extends List<?>> dying = threads.submit(() -> nodes.get(0).apply(15, (callback, source) -> {
            taken.countDown();
            await().until(() -> dead.getCount() == 0);
            return PostgresFaults.read(callback, source);
        }));
        taken.await();
        assertThat(nodes.get(1).apply(100, PostgresFaults::read))
                .as("what the other has not taken")
                .hasSize(5);
        try (Connection plain = PostgresServer.connection(settings)) {
            assertThat(number(
                            plain,
                            "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND state = 'idle in transaction'"))
                    .isEqualTo(1);
        }
        assertThat(nodes.get(1).apply(100, PostgresFaults::read))
                .as("what it gave back")
                .hasSize(15);
        dead.countDown();
        assertThat(dying.get()).as("it tries again, and finds nothing").isEmpty();
        assertThat(events()).isEqualTo(20);
        assertThat(reads.callbacks().waitingSince()).isNull();
    }

    /** As a node does whose machine stands still in the middle of a commit. */
    @Test
    void aNodeThatStallsWithinATransactionHoldsTheOthersUpForSecondsOnly() throws Exception {
        nodes.get(0).commit(PostgresFaults.batch(0, 1));
        try (Connection stalled = PostgresDatabase.of(settings).writer()) {
            stalled.setAutoCommit(false);
            try (Statement statement = stalled.createStatement()) {
                statement.execute("SET LOCAL idle_in_transaction_session_timeout = '3s'");
                statement.execute("SELECT 1 FROM message FOR UPDATE");
            }
            nodes.get(2).accept(PostgresFaults.accepted(0, 5), NOW);
            assertThat(PostgresFaults.stored(nodes.get(1), PostgresFaults.batch(1, 5)))
                    .as("other messages")
                    .isTrue();
            assertThat(PostgresFaults.stored(nodes.get(1), PostgresFaults.batch(0, 5)))
                    .as("the one that is held")
                    .isFalse();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> PostgresFaults.stored(nodes.get(1), PostgresFaults.batch(0, 5)));
        }
        assertThat(nodes.get(2).apply(10, PostgresFaults::read))
                .as("what was accepted meanwhile")
                .hasSize(5);
    }

    private long deadlocks() throws SQLException {
        try (Connection plain = PostgresServer.connection(settings)) {
            return number(plain, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
        }
    }

    private static long number(Connection plain, String sql) throws SQLException {
        try (Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Backends are killed again and again; whoever is told so tries again, as a provider does. */
    @Test
    void connectionsKilledUnderLoadLoseNothingThatWasAcknowledged() throws Exception {
        int messages = 1_500;
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Future<?>> done = new ArrayList<>();
        for (Store store : nodes) {
            done.add(threads.submit(() -> {
                for (int from = next.getAndAdd(20); from < messages; from = next.getAndAdd(20)) {
                    while (!PostgresFaults.acknowledged(store, PostgresFaults.accepted(from, 20))) {
                        Thread.onSpinWait();
                    }
                    PostgresFaults.applied(store, 15);
                }
                return null;
            }));
        }
        Future<Integer> killer = threads.submit(() -> PostgresFaults.killAll(settings, writing));
        for (Future<?> one : done) {
            one.get();
        }
        writing.set(false);
        assertThat(killer.get()).as("connections that were killed").isPositive();
        try (Reads after = Reads.open(TestDatabase.dialect(settings))) {
            while (after.callbacks().waitingSince() != null) {
                PostgresFaults.applied(nodes.get(0), 100);
            }
            List<String> ids =
                    IntStream.range(0, messages).mapToObj(PostgresFaults::id).toList();
            assertThat(after.messages(ids)).hasSize(messages);
        }
        assertThat(events()).as("one each, however often it was sent").isEqualTo(messages);
    }
}
