package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

    private final Recent<Integer> recent = new Recent<>();
    private final AtomicInteger found = new AtomicInteger();

    private int at(int seconds) throws StoreException {
        return recent.get(START.plusSeconds(seconds), found::incrementAndGet);
    }

    @Test
    void aValueIsGoodForTenSeconds() throws Exception {
        assertThat(at(0)).isEqualTo(1);
        assertThat(at(9)).isEqualTo(1);
        assertThat(at(10)).isEqualTo(2);
        assertThat(at(19)).isEqualTo(2);
        // A clock that was set back must not make a value that is good for ever.
        assertThat(at(-100)).isEqualTo(3);
    }

    @Test
    void whileOneFindsItOutAnewTheOthersHaveTheOldOne() throws Exception {
        at(0);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() -> {
            try {
                return recent.get(START.plusSeconds(20), () -> {
                    begun.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return found.incrementAndGet();
                });
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        assertThat(at(21)).isEqualTo(1);
        go.countDown();
        assertThat(slow.get()).isEqualTo(2);
        assertThat(at(21)).isEqualTo(2);
    }

    @Test
    void afterAFailureItIsTriedAgain() throws Exception {
        assertThatThrownBy(() -> recent.get(START, () -> {
                    throw new StoreException.Unavailable("locked", null);
                }))
                .isInstanceOf(StoreException.class);
        assertThat(at(0)).isEqualTo(1);
    }
}
