package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.dashboard.Recent.Counted;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Recent<String, Integer> recent = new Recent<>(threads, count -> 1, 2);
    private final AtomicInteger counts = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private @Nullable Counted<Integer> look(String key, int seconds) throws StoreException, WrongParameter {
        return recent.get(key, START.plusSeconds(seconds), counts::incrementAndGet);
    }

    /** The count once it is there. */
    private int fresh(String key, int seconds) {
        return await().until(() -> look(key, seconds), count -> count != null && !count.again())
                .value();
    }

    @Test
    void aCountIsGoodForTenSeconds() {
        assertThat(fresh("a", 0)).isEqualTo(1);
        assertThat(fresh("a", 9)).isEqualTo(1);
        assertThat(fresh("a", 10)).isEqualTo(2);
        // A clock that was set back must not make a count that is good for ever.
        assertThat(fresh("a", -100)).isEqualTo(3);
    }

    @Test
    void nobodyWaitsForACountThatTakesLong() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Recent.Source<Integer> slow = () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return counts.incrementAndGet();
        };
        assertThat(recent.get("a", START, slow)).as("the first").isNull();
        assertThat(recent.get("a", START, slow)).as("the same, once more").isNull();
        assertThat(fresh("b", 0)).as("another beside it").isEqualTo(1);
        assertThat(fresh("b", 20)).as("and anew").isEqualTo(2);
        go.countDown();
        assertThat(fresh("a", 0)).isEqualTo(3);
        assertThat(counts).as("each was counted once").hasValue(3);
    }

    @Test
    void theLastCountIsShownWithItsAgeWhileItIsMadeAnew() throws Exception {
        fresh("a", 0);
        CountDownLatch go = new CountDownLatch(1);
        Counted<Integer> old = Objects.requireNonNull(recent.get("a", START.plusSeconds(20), () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return counts.incrementAndGet();
        }));
        assertThat(old.value()).isEqualTo(1);
        assertThat(old.at()).isEqualTo(START);
        assertThat(old.again()).isTrue();
        go.countDown();
        assertThat(fresh("a", 20)).isEqualTo(2);
    }

    @Test
    void aCountOfTenMinutesAgoIsNotShown() throws Exception {
        fresh("a", 0);
        CountDownLatch never = new CountDownLatch(1);
        assertThat(recent.get("a", START.plusSeconds(601), () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return 0;
                }))
                .isNull();
    }

    @Test
    void theOldestCountsLeaveWhereTheRoomIsFull() {
        assertThat(fresh("a", 0)).isEqualTo(1);
        assertThat(fresh("b", 0)).isEqualTo(2);
        assertThat(fresh("c", 0)).isEqualTo(3);
        assertThat(fresh("c", 1)).isEqualTo(3);
        assertThat(fresh("a", 1)).as("counted anew").isEqualTo(4);
    }

    @Test
    void aFailureIsToldAlsoWhereThereIsAnOlderCount() {
        fresh("a", 0);
        assertThatThrownBy(() -> await().until(() -> {
                    recent.get("a", START.plusSeconds(20), () -> {
                        throw new StoreException.Unavailable("locked", null);
                    });
                    return false;
                }))
                .isInstanceOf(StoreException.Unavailable.class);
        assertThat(fresh("a", 20)).isEqualTo(2);
    }

    @Test
    void afterAFailureItIsTriedAgain() {
        assertThatThrownBy(() -> await().until(() -> {
                    recent.get("a", START, () -> {
                        throw new StoreException.Unavailable("locked", null);
                    });
                    return false;
                }))
                .isInstanceOf(StoreException.Unavailable.class);
        assertThat(fresh("a", 0)).isEqualTo(1);
    }
}
