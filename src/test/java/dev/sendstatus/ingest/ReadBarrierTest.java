package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadBarrierTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("test"), "main");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        reader.shutdownNow();
    }

    private void accept(Instant at) throws StoreException {
        RawCallback raw = new RawCallback("POST", null, null, new byte[] {1});
        database.store().accept(List.of(new AcceptedCallback(ACCOUNT, at, raw)), at);
    }

    private void applyOne() throws StoreException {
        database.store()
                .apply(
                        1,
                        (callback, source) ->
                                new Incoming(ACCOUNT, source, callback.receivedAt(), callback.raw(), List.of(), null));
    }

    private ReadBarrier barrier(Instant now) {
        return new ReadBarrier(database.reads(), () -> now);
    }

    @Test
    void whereNothingWaitsNobodyDoes() throws Exception {
        assertThat(barrier(NOON).await()).isZero();
    }

    @Test
    void aReadWaitsForWhatWasThereAndForNothingThatCameLater() throws Exception {
        accept(NOON);
        accept(NOON);
        Future<Duration> behind = reader.submit(() -> barrier(NOON).await());
        assertThatThrownBy(() -> behind.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        accept(NOON);
        applyOne();
        assertThatThrownBy(() -> behind.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        applyOne();
        assertThat(behind.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(database.reads().callbacks().waitingSince()).as("the third").isNotNull();
    }

    @Test
    void moreThanASecondBehindItSaysSoAtOnce() throws Exception {
        accept(NOON);
        accept(NOON.plusSeconds(4));
        long began = System.nanoTime();
        assertThat(barrier(NOON.plusSeconds(5)).await()).isEqualTo(Duration.ofSeconds(5));
        assertThat(System.nanoTime() - began).isLessThan(Duration.ofMillis(900).toNanos());
    }

    /** Another node's clock may be ahead: what it took in is then of the future. */
    @Test
    void whateverTheClocksSayItNeverClaimsToHaveSeenWhatStillWaits() throws Exception {
        accept(NOON.plusSeconds(60));
        assertThat(barrier(NOON).await()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }
}
