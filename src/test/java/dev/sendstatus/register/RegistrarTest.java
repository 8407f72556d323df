package dev.sendstatus.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.fake.FakeAdapter;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.sweep.StuckSettings;
import dev.sendstatus.sweep.Sweeper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registrations straight into a real database, as the import makes them. */
class RegistrarTest {
    private static final Provider BANDWIDTH = new Provider("bandwidth");
    private static final AccountName ACCOUNT = new AccountName(BANDWIDTH, "main");

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private Store store;
    private Reads reads;
    private SendReader reader;

    @BeforeEach
    void open() throws StoreException {
        store = database.store();
        reads = database.reads();
        reader = new SendReader(
                new SendAccounts(List.of(new ConfiguredProvider<>(
                        new FakeAdapter("bandwidth", null), List.of(new Account<>(ACCOUNT, true, "key")), ""))),
                () -> now);
    }

    /** Bandwidth says nothing of an SMS before its end: docs/providers/bandwidth.md. */
    @Test
    void aSendOfWhichNoCallbackEverComesIsFoundStuckFromItsSendingOn() throws StoreException {
        Sweeper sweeper = new Sweeper(
                store,
                reads,
                new StuckSettings(
                        new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7)), Duration.ofMinutes(5)),
                () -> now);
        // Registered two hours late: it has waited since it was sent.
        register(store::commit, send("sms-1", "\"sent_at\":\"2026-11-25T10:00:00Z\""));
        register(store::commit, send("refused", "\"error_code\":\"4720\""));
        now = Instant.parse("2026-11-25T15:59:59Z");
        assertThat(sweeper.sweep().flagged()).isZero();
        now = Instant.parse("2026-11-25T16:00:00Z");
        assertThat(sweeper.sweep().flagged()).isEqualTo(1);
        StuckFlag flag = Objects.requireNonNull(
                reads.message(new MessageKey(BANDWIDTH, "sms-1")).orElseThrow().flag());
        assertThat(flag.reason()).isEqualTo(StuckReason.NEVER_ANY_CALLBACK);
        assertThat(flag.waitingSince()).isEqualTo("2026-11-25T10:00:00Z");
    }

    @Test
    void whatCouldNotBeStoredIsNotClaimedAnyLonger() throws StoreException {
        RegistrationLocks claims = new RegistrationLocks();
        Registrar.Destination failing = batch -> {
            throw new StoreException.Unavailable("locked", null);
        };
        List<SendItem.Numbered> first = List.of(send("m1", "\"reference\":\"a\""));
        assertThatThrownBy(() -> new Registrar(reads, claims, failing, () -> now).register(first))
                .isInstanceOf(StoreException.Unavailable.class);
        List<RegistrationResult> results = new Registrar(reads, claims, store::commit, () -> now)
                .register(List.of(send("m1", "\"reference\":\"b\"")));
        assertThat(results).extracting(RegistrationResult::kind).containsExactly(RegistrationResult.Kind.REGISTERED);
    }

    /** Two processes that have both looked before either wrote: nothing in one process can tell. */
    @Test
    void whatTwoProcessesStoreAtTheSameMomentIsOneRegistrationForBoth() throws StoreException {
        Registrar.Destination atTheSameMoment = batch -> {
            register(store::commit, send("m1", "\"reference\":\"b\""));
            store.commit(batch);
        };
        register(atTheSameMoment, send("m1", "\"reference\":\"a\""));
        MessageState state =
                reads.message(new MessageKey(BANDWIDTH, "m1")).orElseThrow().state();
        assertThat(state.labels().reference()).isEqualTo("b");
        assertThat(register(store::commit, send("m1", "\"reference\":\"b\"")))
                .isEqualTo(RegistrationResult.Kind.UNCHANGED);
        assertThat(register(store::commit, send("m1", "\"reference\":\"a\"")))
                .isEqualTo(RegistrationResult.Kind.CONFLICT);
    }

    @Test
    void nothingRawIsKept() throws StoreException {
        register(store::commit, send("m1", "\"reference\":\"a\""));
        assertThat(reads.callbacks().newest()).isZero();
    }

    private RegistrationResult.Kind register(Registrar.Destination destination, SendItem.Numbered item)
            throws StoreException {
        return new Registrar(reads, new RegistrationLocks(), destination, () -> now)
                .register(List.of(item))
                .get(0)
                .kind();
    }

    private SendItem.Numbered send(String id, String more) {
        String line = "{\"provider\":\"bandwidth\",\"id\":\"" + id + "\",\"to\":[\"+12025550123\"]," + more + "}";
        return new SendItem.Numbered(0, reader.line(line.getBytes(StandardCharsets.UTF_8)));
    }
}
