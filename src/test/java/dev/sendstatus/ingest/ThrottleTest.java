package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.RawCallback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final List<Long> rests = new ArrayList<>();
    private final IngestQueue queue = new IngestQueue(new IngestSettings(4, Duration.ofSeconds(1)));
    private final Throttle courtesy = new Throttle(queue, nanos::get, rest -> {
        rests.add(rest);
        nanos.addAndGet(rest);
    });

    private void aCallbackComes() {
        queue.offer(
                new AcceptedCallback(
                        new AccountName(new Provider("testtel"), "main"),
                        Instant.EPOCH,
                        new RawCallback("POST", null, null, new byte[0])),
                0,
                outcome -> {});
    }

    private void work(long millis) {
        nanos.addAndGet(millis * MILLI);
        courtesy.standBack();
    }

    @Test
    void whileNoneComesThereIsNoRest() {
        for (int i = 0; i < 100; i++) {
            work(1);
        }
        assertThat(rests).isEmpty();
    }

    @Test
    void whileSomeComeItRestsFourTimesAsLongAsItWorks() {
        for (int i = 0; i < 100; i++) {
            aCallbackComes();
            work(1);
        }
        assertThat(rests).hasSize(50).containsOnly(8 * MILLI);
    }

    @Test
    void eachStretchIsLookedAtForItself() {
        aCallbackComes();
        work(2);
        aCallbackComes();
        work(1);
        work(1);
        assertThat(rests).hasSize(2);
        work(2);
        assertThat(rests).hasSize(2);
    }

    @Test
    void whatWasWaitedForIsNoWork() {
        aCallbackComes();
        work(60_000);
        assertThat(rests).containsExactly(80 * MILLI);
    }
}
