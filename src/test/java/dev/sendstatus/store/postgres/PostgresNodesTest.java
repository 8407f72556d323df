package dev.sendstatus.store.postgres;

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
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final List<PostgresStore> nodes = new ArrayList<>();
    private PostgresReads reads;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() throws SQLException, StoreException {
        settings = PostgresServer.fresh();
        PostgresDatabase database = PostgresDatabase.of(settings);
        for (int i = 0; i < NODES; i++) {
            nodes.add(PostgresStore.open(database));
        }
        reads = PostgresReads.open(database);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        reads.close();
        nodes.forEach(PostgresStore::close);
    }

    /** One node's batches: every message that there is, each time in another order, with words of its own and shared ones. */
    private List<List<Incoming>> batches(Random random, int node) {
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void overlappingBatchesInAnyOrderLoseNothingAndNeverBlockEachOtherForGood(long seed) throws Exception {
        long deadlocks = deadlocks();
        List<List<List<Incoming>>> all = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            all.add(batches(new Random(seed * 100 + node), node));
        }
        AtomicBoolean writing = new AtomicBoolean(true);
        Future<Integer> reader = threads.submit(() -> readAllSegments(writing));
        List<Future<?>> done = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            PostgresStore store = nodes.get(node);
            List<List<Incoming>> own = all.get(node);
            done.add(threads.submit(() -> {
                for (List<Incoming> batch : own) {
                    store.commit(batch);
                }
                return null;
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        writing.set(false);
        assertThat(reader.get()).as("callbacks that a reader saw, each once").isEqualTo(NODES * ROUNDS * MESSAGES);
        assertThat(deadlocks()).as("deadlocks that the server had to end").isEqualTo(deadlocks);
        assertStatesAreTheMerge(all);
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
            MessageHistory stored =
                    reads.message(message.getKey()).orElseThrow().history();
            assertThat(stored.events())
                    .extracting(event -> List.<Object>of(event.account(), event.event()))
                    .containsExactlyInAnyOrderElementsOf(expected.events().stream()
                            .map(event -> List.<Object>of(event.account(), event.event()))
                            .toList());
            assertThat(MessageState.of(stored).status())
                    .isEqualTo(MessageState.of(expected).status());
            assertThat(open(message.getKey())).isEqualTo(MessageState.of(stored).open());
        }
    }

    private boolean open(MessageKey key) throws StoreException {
        AccountName account =
                MessageState.of(reads.message(key).orElseThrow().history()).account();
        return reads.open(account, NOW.plusSeconds(86_400), true).stream()
                .anyMatch(open -> open.state().message().equals(key));
    }

    /** As a replay does, all the time while others write: it must step over nothing that is committed behind it. */
    private int readAllSegments(AtomicBoolean writing) throws StoreException {
        int seen = 0;
        long from = 0;
        boolean last = false;
        while (true) {
            Optional<RawSegment> segment = reads.segment(from, Instant.EPOCH);
            if (segment.isPresent()) {
                seen += segment.get().callbacks().size();
                from = segment.get().nextSequence();
                last = false;
            } else if (last) {
                return seen;
            } else {
                last = !writing.get();
                Thread.onSpinWait();
            }
        }
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
            assertThat(PostgresFaults.stored(nodes.get(1), PostgresFaults.batch(1, 5)))
                    .as("other messages")
                    .isTrue();
            assertThat(PostgresFaults.stored(nodes.get(1), PostgresFaults.batch(0, 5)))
                    .as("the one that is held")
                    .isFalse();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> PostgresFaults.stored(nodes.get(1), PostgresFaults.batch(0, 5)));
        }
    }

    private long deadlocks() throws SQLException {
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Backends are killed again and again; whoever is told so tries again, as a provider does. */
    @Test
    void connectionsKilledUnderLoadLoseNothingThatWasAcknowledged() throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger refused = new AtomicInteger();
        List<Future<?>> done = new ArrayList<>();
        for (PostgresStore store : nodes) {
            done.add(threads.submit(() -> {
                while (next.get() < 1_500) {
                    List<Incoming> batch = PostgresFaults.batch(next.getAndAdd(20), 20);
                    while (!PostgresFaults.stored(store, batch)) {
                        refused.incrementAndGet();
                    }
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
        int found = 0;
        try (PostgresReads after = PostgresReads.open(PostgresDatabase.of(settings));
                MessageScan scan = after.scan(MessageFilter.ALL)) {
            for (StoredMessage message = scan.next(); message != null; message = scan.next()) {
                assertThat(message.history().events()).hasSize(1);
                found++;
            }
        }
        assertThat(found).isEqualTo(next.get());
    }
}
