package dev.sendstatus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.jobs.LogLines;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.fake.FakeAdapter;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplierTest {
    private static final FakeAdapter ADAPTER = new FakeAdapter("fake", null);
    private static final AccountName ACCOUNT = new AccountName(ADAPTER.provider(), "main");

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final InstantSource clock = InstantSource.system();

    private Applier applier(ProviderAdapter<?> adapter) {
        Catalogue catalogue = Catalogue.of(List.of());
        ApplyMeters counts = new ApplyMeters(
                List.of(adapter.provider()),
                database.reads(),
                new ErrorCodeCounts(catalogue, meters),
                meters,
                new MinuteLog(clock),
                clock);
        IngestQueue queue = new IngestQueue(new IngestSettings(10, Duration.ofSeconds(1)));
        return new Applier(database.store(), queue, new CallbackReader(List.of(adapter)), counts);
    }

    private void accept(String... bodies) throws StoreException {
        List<AcceptedCallback> batch = new ArrayList<>();
        for (String body : bodies) {
            RawCallback raw = new RawCallback("POST", null, "text/fake", body.getBytes(StandardCharsets.UTF_8));
            batch.add(new AcceptedCallback(ACCOUNT, clock.instant(), raw));
        }
        database.store().accept(batch, clock.instant());
    }

    private static String delivered(String id) {
        return id + " +12025550143 DELIVERED";
    }

    @Test
    void whatOthersLeftIsAppliedAndCountedThoughTheAdapterFailsAtSome() throws Exception {
        accept(delivered("one"), "!", "?", delivered("two"));
        try (Applier applier = applier(ADAPTER).start()) {
            await().until(() -> database.reads().callbacks().waitingSince() == null);
            assertThat(database.reads().messages(List.of("one", "two"))).hasSize(2);
            assertThat(database.reads().callbacks().quarantine(Long.MAX_VALUE, 10))
                    .extracting(QuarantinedCallback::reason)
                    .containsExactly("a line of another form", "the adapter failed: IllegalStateException");
        }
        assertThat(meters.get("sendstatus.callbacks.quarantined").counter().count())
                .isEqualTo(2);
        assertThat(meters.get("sendstatus.events").counter().count()).isEqualTo(2);
    }

    @Test
    void whatCannotBeWrittenIsCountedAsQuarantined() throws Exception {
        database.update("CREATE TRIGGER refusing BEFORE INSERT ON message WHEN new.provider_id = 'two'"
                + " BEGIN SELECT raise(ABORT, 'refused'); END");
        accept(delivered("one"), delivered("two"), delivered("three"));
        applier(ADAPTER).start().close();
        assertThat(database.reads().messages(List.of("one", "two", "three"))).hasSize(2);
        assertThat(meters.get("sendstatus.callbacks.quarantined").counter().count())
                .isEqualTo(1);
    }

    /** However soon it comes: what was accepted before the stop is applied by it. */
    @Test
    void aStopAppliesAllThatWaits() throws Exception {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 10; i++) {
                accept(delivered("m" + round + "-" + i));
            }
            applier(ADAPTER).start().close();
            assertThat(database.reads().callbacks().waitingSince())
                    .as("round %d", round)
                    .isNull();
        }
    }

    @Test
    void aStopThatCannotApplySaysSoAndTheNextStartGoesOn() throws Exception {
        accept(delivered("one"));
        try (LogLines log = new LogLines();
                Connection other =
                        DriverManager.getConnection(database.settings().url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            applier(ADAPTER).start().close();
            assertThat(log.of(Applier.class))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("another process holds the database locked"))
                    .contains(
                            "some callbacks are stored and not yet part of their messages: the next start goes on with them");
            statement.execute("ROLLBACK");
        }
        database.reopen();
        try (Applier next = applier(ADAPTER).start()) {
            await().until(() -> database.reads().callbacks().waitingSince() == null);
        }
        assertThat(database.reads().messages("one")).hasSize(1);
    }

    /** No memory, say: its thread must not end, since nobody else applies. */
    @Test
    void anErrorOfTheMachineIsToldOnceAndItGoesOn() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        ProviderAdapter<?> failing = (ProviderAdapter<?>) Proxy.newProxyInstance(
                ProviderAdapter.class.getClassLoader(),
                new Class<?>[] {ProviderAdapter.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("parse") && failures.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("none left");
                    }
                    return method.invoke(ADAPTER, arguments);
                });
        accept(delivered("one"));
        try (LogLines log = new LogLines();
                Applier applier = applier(failing).start()) {
            await().until(() -> !database.reads().messages("one").isEmpty());
            assertThat(log.of(Applier.class))
                    .containsExactly("callbacks are stored and wait to become part of their messages: none left");
        }
    }
}
