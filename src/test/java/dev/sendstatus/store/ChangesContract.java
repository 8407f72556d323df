package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Erasure;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The changes of all messages in their order, on every database. A subclass names one. */
public abstract class ChangesContract {
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final int MESSAGES = 25;
    private static final int BATCHES = 40;

    protected abstract TestDatabase database();

    /** How many processes write at the same time. */
    protected abstract int writers();

    private Store store() {
        return database().store();
    }

    private Reads reads() {
        return database().reads();
    }

    private static MessageKey key(int message) {
        return new MessageKey(Histories.PROVIDER, "m" + message);
    }

    private static List<Incoming> batch(Random random, int count) {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(new Incoming(
                    ACCOUNT,
                    Source.WEBHOOK,
                    NOW,
                    new RawCallback("POST", null, null, new byte[] {'{', '}'}),
                    List.of(Histories.event(random, key(random.nextInt(MESSAGES)))),
                    null));
        }
        return batch;
    }

    /** What the histories say, as they are now. */
    private List<Change> expected() throws StoreException {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            var history = reads().history(key(i));
            history.events().stream()
                    .filter(RecordedEvent::changed)
                    .forEach(event -> changes.add(Change.of(history, event.sequence())));
        }
        changes.sort((one, two) -> Long.compare(one.sequence(), two.sequence()));
        return changes;
    }

    private static List<Long> sequences(List<Change> changes) {
        return changes.stream().map(Change::sequence).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 1_000})
    void everyChangeIsReadOnceInOrderHoweverLongAPageIs(int limit) throws StoreException {
        Random random = new Random(limit);
        for (int i = 0; i < 10; i++) {
            store().commit(batch(random, 12));
        }
        List<Change> read = new ArrayList<>();
        ChangePage page = reads().changes(0, limit);
        while (page.next() < page.newest()) {
            assertThat(page.changes()).hasSizeLessThanOrEqualTo(limit);
            read.addAll(page.changes());
            page = reads().changes(page.next(), limit);
        }
        read.addAll(page.changes());
        assertThat(read).hasSizeBetween(MESSAGES, 119).isEqualTo(expected());
    }

    /** Each is read as soon as it can be, while processes commit that take their time with it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aReaderBesideManyWritersStepsOverNothing(long seed) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Store> stores = new ArrayList<>();
        try (Reads another = Reads.open(database().dialect())) {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < writers(); i++) {
                Random random = new Random(seed * 100 + i);
                Store store = Store.open(slow(database().dialect(), new Random(seed * 1_000 + i)));
                stores.add(store);
                writing.add(threads.submit(() -> {
                    for (int batch = 0; batch < BATCHES; batch++) {
                        commit(store, batch(random, 1 + random.nextInt(5)));
                    }
                    return null;
                }));
            }
            Random random = new Random(seed);
            List<Change> read = new ArrayList<>();
            long position = 0;
            boolean last;
            do {
                last = writing.stream().allMatch(Future::isDone);
                ChangePage page;
                do {
                    page = reads().changes(position, 1 + random.nextInt(20));
                    assertThat(page.next()).isBetween(position, page.newest());
                    read.addAll(page.changes());
                    position = page.next();
                    assertThat(another.changes(position, 0).reachesBackTo(position))
                            .as("%d is not beyond the end for another process", position)
                            .isTrue();
                } while (position < page.newest());
            } while (!last);
            for (Future<?> one : writing) {
                one.get();
            }
            assertThat(sequences(read)).isSorted().doesNotHaveDuplicates();
            assertThat(read).as("as of each change, whatever came later").isEqualTo(expected());
        } finally {
            threads.shutdownNow();
            stores.forEach(Store::close);
        }
    }

    private static void commit(Store store, List<Incoming> batch) throws StoreException {
        while (true) {
            try {
                store.commit(batch);
                return;
            } catch (StoreException.Unavailable e) {
                // Another one had the file for too long.
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Transactions of which some stay open for a while when all is written. */
    private static Dialect slow(Dialect real, Random random) {
        return (Dialect) Proxy.newProxyInstance(
                Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && random.nextInt(3) == 0) {
                        LockSupport.parkNanos(
                                Duration.ofMillis(random.nextInt(20)).toNanos());
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void itIsToldFromWhereOnAllIsKept() throws StoreException {
        TextMessage.in(store(), ACCOUNT, "old").sentAt(NOW).deliveredAt(NOW.plusSeconds(1));
        TextMessage.in(store(), ACCOUNT, "new").sentAt(NOW.plusSeconds(5));
        ChangePage all = reads().changes(0, 10);
        assertThat(all.changes()).hasSize(3);
        assertThat(all.reachesBackTo(0)).isTrue();
        assertThat(all.reachesBackTo(all.newest())).isTrue();
        assertThat(all.reachesBackTo(all.newest() + 1)).isFalse();
        assertThat(store().housekeeping().removeMessages(NOW.plusSeconds(2), 10))
                .isEqualTo(1);
        long removed = all.changes().get(1).sequence();
        ChangePage left = reads().changes(removed, 10);
        assertThat(left.oldestAfter()).isEqualTo(removed);
        assertThat(sequences(left.changes()))
                .containsExactly(all.changes().get(2).sequence());
        assertThat(left.reachesBackTo(removed)).isTrue();
        assertThat(left.reachesBackTo(removed - 1)).isFalse();
        assertThat(reads().changes(0, 0).with(List.of(), 0))
                .as("only what there is")
                .isEqualTo(left.with(List.of(), 0));
    }

    /** Nothing that retention did not remove is missed by anybody. */
    @Test
    void retentionThatRemovesNothingLeavesAllReadable() throws StoreException {
        TextMessage.in(store(), ACCOUNT, "m1").sentAt(NOW);
        assertThat(store().housekeeping().removeMessages(NOW, 10)).isZero();
        assertThat(reads().changes(0, 10).oldestAfter()).isZero();
    }

    @Test
    void anErasedNumberIsInNoChangeAndTheChangesStay() throws StoreException {
        TextMessage.in(store(), ACCOUNT, "m1").sentAt(NOW).deliveredAt(NOW.plusSeconds(1));
        List<Long> before = sequences(reads().changes(0, 10).changes());
        try (Erasure erasure =
                store().housekeeping().erasure(PhoneNumber.of("+12025550123").orElseThrow())) {
            while (erasure.step(10).more()) {
                // The next step.
            }
        }
        List<Change> changes = reads().changes(0, 10).changes();
        assertThat(sequences(changes)).isEqualTo(before);
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.recipient().to()).isEqualTo(new Recipient("erased")));
        assertThat(changes.get(1).recipient().status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void theFeedKeepsItsName() throws StoreException {
        String feed = reads().changes(0, 0).feed();
        assertThat(feed).matches("[0-9a-f]{16}");
        database().reopen();
        assertThat(reads().changes(0, 0).feed()).isEqualTo(feed);
    }
}
