package dev.sendstatus.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.FixtureRequest;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.fake.FakeAdapter;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.ProgressListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplayerTest {
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final Provider FAKE = new Provider("fake");
    private static final AccountName MAIN = new AccountName(FAKE, "main");
    private static final AccountName SECOND = new AccountName(FAKE, "second");

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Store store;
    private Reads reads;
    private int stored;

    @BeforeEach
    void open() throws StoreException {
        store = database.store();
        reads = database.reads();
    }

    @Test
    void whatIsUnderstoodByNowLeavesTheQuarantineWithTheTimeAtWhichItCame() throws Exception {
        came(MAIN, AT, "m1 +12025550123 DELIVERED", List.of(), "an event type that is not known");
        ReplayResult result = fake(MAIN).quarantined(Instant.EPOCH, ProgressListener.NOBODY);
        assertThat(result).isEqualTo(new ReplayResult(List.of(new AccountTally(MAIN, 1, 0, 1, 1, 0, 1)), 0));
        assertThat(reads.callbacks().quarantine(Long.MAX_VALUE, 10)).isEmpty();
        RecordedEvent event = history("m1").events().get(0);
        assertThat(event.source()).isEqualTo(Source.REPLAY);
        assertThat(event.receivedAt()).isEqualTo(AT);
        assertThat(event.changed()).isTrue();
    }

    @Test
    void whatIsStillNotUnderstoodStays() throws Exception {
        came(MAIN, AT, "?", List.of(), "a line of another form");
        came(MAIN, AT, "!", List.of(), "the adapter failed");
        came(MAIN, AT, "m1 +1 SENT\n?", List.of(), "a line of another form");
        ReplayResult result = fake(MAIN).quarantined(Instant.EPOCH, ProgressListener.NOBODY);
        assertThat(result.accounts()).containsExactly(new AccountTally(MAIN, 3, 0, 1, 1, 3, 0));
        assertThat(reads.callbacks().quarantine(Long.MAX_VALUE, 10))
                .extracting(QuarantinedCallback::number)
                .containsExactly(3L, 2L, 1L);
        assertThat(history("m1").events()).hasSize(1);
    }

    @Test
    void oneOfTheQuarantineIsReadAgainByItself() throws Exception {
        came(MAIN, AT, "m1 +1 SENT", List.of(), "not known");
        came(MAIN, AT, "m2 +1 SENT", List.of(), "not known");
        Replayer replayer = fake(MAIN);
        assertThat(replayer.one(2)).hasValueSatisfying(applied -> {
            assertThat(applied.callback().number()).isEqualTo(2);
            assertThat(applied.added()).isEqualTo(1);
            assertThat(applied.read().quarantine()).isNull();
        });
        assertThat(replayer.one(2)).isEmpty();
        assertThat(reads.callbacks().quarantineSize()).isEqualTo(1);
        assertThat(meters.counter("sendstatus.replayed", "provider", "fake", "result", "changed")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatAnAdapterReadsOfACallbackSinceIsAddedToItsAccountAndRepeatsAddNothing() throws Exception {
        // Yesterday's adapter knew the message's first line only; two accounts, so that the callback must say whose it
        // is.
        String body = "m1 +1 SENT\nm2 +1 DELIVERED";
        came(SECOND, AT, body, List.of(event("m1", Progress.SENT)), null);
        came(SECOND, AT.plusSeconds(9), body, List.of(event("m1", Progress.SENT)), null);
        ReplayResult result = fake(MAIN, SECOND).all(Instant.EPOCH, ProgressListener.NOBODY);
        assertThat(result.accounts()).containsExactly(new AccountTally(SECOND, 2, 1, 1, 1, 0, 0));
        RecordedEvent added = history("m2").events().get(0);
        assertThat(added.account()).isEqualTo(SECOND);
        assertThat(added.receivedAt()).isEqualTo(AT);
        assertThat(history("m1").events()).hasSize(1);
        assertThat(fake(MAIN, SECOND)
                        .all(Instant.EPOCH, ProgressListener.NOBODY)
                        .accounts())
                .containsExactly(new AccountTally(SECOND, 2, 2, 0, 0, 0, 0));
    }

    @Test
    void registrationsAndLookUpsAreNoCallbacksAndSinceLeavesOutWhatIsOlder() throws Exception {
        store.commit(List.of(new Incoming(
                MAIN,
                Source.RECONCILIATION,
                AT,
                new RawCallback("GET", null, null, new byte[0]),
                List.of(event("m1", Progress.SENT)),
                null)));
        came(MAIN, AT, "m1 +1 DELIVERED", List.of(), "not known");
        came(MAIN, AT.plusSeconds(60), "m1 +1 FAILED", List.of(), "not known");
        assertThat(fake(MAIN).all(AT.plusSeconds(1), ProgressListener.NOBODY).accounts())
                .containsExactly(new AccountTally(MAIN, 1, 0, 1, 1, 0, 1));
        assertThat(fake(MAIN)
                        .quarantined(AT.plusSeconds(1), ProgressListener.NOBODY)
                        .accounts())
                .isEmpty();
        assertThat(fake(MAIN).all(AT, ProgressListener.NOBODY).accounts())
                .containsExactly(new AccountTally(MAIN, 2, 1, 1, 1, 0, 1));
    }

    @Test
    void aDamagedCallbackIsCountedAndTheOthersAreRead() throws Exception {
        came(MAIN, AT, "m1 +1 SENT", List.of(), "not known");
        came(MAIN, AT, "m2 +1 SENT", List.of(), "not known");
        try (Connection connection =
                        DriverManager.getConnection(database.settings().url());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE callback SET body = substr(body, 1, length(body) - 5) WHERE id = 1");
        }
        ReplayResult result = fake(MAIN).all(Instant.EPOCH, ProgressListener.NOBODY);
        assertThat(result).isEqualTo(new ReplayResult(List.of(new AccountTally(MAIN, 1, 0, 1, 1, 0, 1)), 1));
    }

    @Test
    void theCallbacksOfAllProvidersSayTheSameTwice() throws Exception {
        List<ConfiguredProvider<?>> providers = new ArrayList<>();
        for (ProviderAdapter<?> adapter : Adapters.all()) {
            AccountName account = new AccountName(adapter.provider(), "main");
            providers.add(configured(adapter, account));
            for (Path file : FixtureRequest.all(adapter.provider().word())) {
                came(account, adapter, FixtureRequest.read(file));
            }
        }
        long quarantined = reads.callbacks().quarantineSize();
        assertThat(quarantined).isGreaterThan(50);
        Replayer replayer = new Replayer(reads, store, interpreter(providers), meters);
        ReplayResult result = replayer.all(Instant.EPOCH, ProgressListener.NOBODY);
        assertThat(result.accounts()).extracting(AccountTally::events).containsOnly(0L);
        assertThat(result.accounts()).extracting(AccountTally::released).containsOnly(0L);
        assertThat(result.accounts().stream().mapToLong(AccountTally::read).sum())
                .isGreaterThan(stored * 9L / 10);
        assertThat(replayer.quarantined(Instant.EPOCH, ProgressListener.NOBODY).accounts())
                .extracting(AccountTally::events)
                .containsOnly(0L);
        assertThat(reads.callbacks().quarantineSize()).isEqualTo(quarantined);
    }

    private void came(AccountName account, ProviderAdapter<?> adapter, CallbackRequest request) throws StoreException {
        Parsed parsed = adapter.parse(request);
        List<DeliveryEvent> events = List.of();
        String quarantine = null;
        if (parsed instanceof Parsed.Events understood) {
            events = understood.events();
            quarantine = understood.notUnderstood().isEmpty() ? null : String.join("; ", understood.notUnderstood());
        } else if (parsed instanceof Parsed.NotUnderstood not) {
            quarantine = not.why();
        }
        stored++;
        store.commit(List.of(new Incoming(
                account,
                Source.WEBHOOK,
                FixtureRequest.RECEIVED_AT,
                new RawCallback(request.method(), request.query(), request.mediaType(), request.body()),
                events,
                quarantine)));
    }

    private void came(
            AccountName account, Instant at, String body, List<DeliveryEvent> events, @Nullable String quarantine)
            throws StoreException {
        store.commit(List.of(new Incoming(
                account,
                Source.WEBHOOK,
                at,
                new RawCallback("POST", null, "text/fake", body.getBytes(StandardCharsets.UTF_8)),
                events,
                quarantine)));
    }

    private static DeliveryEvent event(String id, Progress progress) {
        return DeliveryEvent.of(
                        new MessageKey(FAKE, id),
                        Direction.OUTBOUND,
                        progress,
                        progress.name().toLowerCase(java.util.Locale.ROOT))
                .to("+1")
                .build();
    }

    private MessageHistory history(String id) throws StoreException {
        return reads.history(reads.messages(id).get(0).state().message());
    }

    private Replayer fake(AccountName... accounts) throws InvalidAccount {
        List<ConfiguredProvider<?>> providers = List.of(configured(new FakeAdapter("fake", null), accounts));
        return new Replayer(reads, store, interpreter(providers), meters);
    }

    private static CallbackReader interpreter(List<ConfiguredProvider<?>> providers) {
        return new CallbackReader(providers.stream()
                .<ProviderAdapter<?>>map(ConfiguredProvider::adapter)
                .toList());
    }

    private static <K> ConfiguredProvider<K> configured(ProviderAdapter<K> adapter, AccountName... accounts)
            throws InvalidAccount {
        List<Account<K>> configured = new ArrayList<>();
        for (AccountName account : accounts) {
            configured.add(new Account<>(account, false, keys(adapter)));
        }
        return new ConfiguredProvider<>(adapter, configured, "Set it.");
    }

    private static <K> K keys(ProviderAdapter<K> adapter) throws InvalidAccount {
        Map<String, String> values =
                switch (adapter.provider().word()) {
                    case "twilio" ->
                        Map.of("account-sid", "AC00000000000000000000000000000001", "auth-token", "0123456789abcdef");
                    case "bandwidth" -> Map.of("callback-username", "user", "callback-password", "password");
                    case "telnyx" -> Map.of("v1-secret", "0123456789abcdef");
                    default -> Map.of();
                };
        return adapter.keys(values);
    }
}
