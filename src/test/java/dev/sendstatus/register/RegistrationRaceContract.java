package dev.sendstatus.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.fake.FakeAdapter;
import dev.sendstatus.state.Registrations;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import dev.sendstatus.store.jdbc.Consistency;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes that register and take back the same message at once. A subclass names the database. */
abstract class RegistrationRaceContract {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final SendReader reader = new SendReader(
            new SendAccounts(List.of(new ConfiguredProvider<>(
                    new FakeAdapter("twilio", null), List.of(new Account<>(TextMessage.TWILIO, true, "key")), ""))),
            () -> NOW);
    private Process one;
    private Process other;

    abstract TestDatabase database();

    /** A process has a store and claims of its own. */
    private record Process(Store store, Reads reads, RegistrationLocks claims) implements AutoCloseable {
        static Process of(TestDatabase database) throws StoreException {
            return new Process(Store.open(database.dialect()), Reads.open(database.dialect()), new RegistrationLocks());
        }

        RegistrationResult.Kind register(Registrar.Destination destination, SendItem.Numbered item)
                throws StoreException {
            return new Registrar(reads, claims, destination, () -> NOW)
                    .register(List.of(item))
                    .get(0)
                    .kind();
        }

        /** Waits while another process holds the database. */
        DirectCommit commits() {
            return new DirectCommit(store, Duration.ofSeconds(60), System::nanoTime, stored -> {});
        }

        @Override
        public void close() {
            reads.close();
            store.close();
        }
    }

    @BeforeEach
    void open() throws StoreException {
        one = Process.of(database());
        other = Process.of(database());
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCalledRegisteredIsRegisteredAlthoughAnotherProcessTookTheSameBackMeanwhile(boolean namedByProvider)
            throws StoreException {
        if (namedByProvider) {
            message("m1").sentAt(NOW);
        }
        AtomicInteger stored = new AtomicInteger();
        Registrar.Destination whileAnotherTakesItBack = batch -> {
            if (stored.incrementAndGet() == 1) {
                assertThat(other.register(other.store()::commit, send("m1")))
                        .isEqualTo(RegistrationResult.Kind.REGISTERED);
                assertThat(other.store().withdraw(List.of(key("m1")), NOW))
                        .containsEntry(
                                key("m1"), namedByProvider ? Store.Withdrawn.WITHDRAWN : Store.Withdrawn.REMOVED);
            }
            one.store().commit(batch);
        };
        assertThat(one.register(whileAnotherTakesItBack, send("m1"))).isEqualTo(RegistrationResult.Kind.REGISTERED);
        assertThat(isRegistered("m1")).isTrue();
        assertThat(differences()).isEmpty();
    }

    /** Removed between the write and the answer: the answer would be wrong. */
    @Test
    void whatWasTakenBackBeforeItsAnswerIsRegisteredAgain() throws StoreException {
        AtomicInteger stored = new AtomicInteger();
        Registrar.Destination takenBackAtOnce = batch -> {
            one.store().commit(batch);
            if (stored.incrementAndGet() <= 3) {
                other.store().withdraw(List.of(key("m1")), NOW);
            }
        };
        assertThat(one.register(takenBackAtOnce, send("m1"))).isEqualTo(RegistrationResult.Kind.REGISTERED);
        assertThat(stored.get()).isEqualTo(4);
        assertThat(isRegistered("m1")).isTrue();
    }

    @Test
    void twoThatRegisterAndOneThatTakesBackLeaveTheLastRegistration() throws Exception {
        for (int i = 0; i < 10; i += 2) {
            message("m" + i).sentAt(NOW);
        }
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> registering = new ArrayList<>();
            for (Process process : List.of(one, other)) {
                registering.add(threads.submit(() -> {
                    while (!over.get()) {
                        registerAll(process);
                    }
                    // This one began after the last one was taken back.
                    registerAll(process);
                    return null;
                }));
            }
            try (Process third = Process.of(database())) {
                for (int round = 0; round < 60; round++) {
                    third.commits().withdraw(List.of(key("m" + round % 10), key("m" + (round + 1) % 10)), NOW);
                }
            }
            over.set(true);
            for (Future<?> future : registering) {
                future.get(60, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        for (int i = 0; i < 10; i++) {
            assertThat(isRegistered("m" + i)).as("m" + i).isTrue();
        }
        assertThat(differences()).isEmpty();
    }

    private void registerAll(Process process) throws StoreException {
        for (int i = 0; i < 10; i++) {
            assertThat(process.register(process.commits()::store, send("m" + i)))
                    .isIn(RegistrationResult.Kind.REGISTERED, RegistrationResult.Kind.UNCHANGED);
        }
    }

    private boolean isRegistered(String id) throws StoreException {
        return !Registrations.counting(database().reads().history(key(id))).isEmpty();
    }

    private List<Consistency.Difference> differences() throws StoreException {
        Consistency consistency = database().reads().consistency();
        List<Consistency.Difference> differences = new ArrayList<>();
        while (consistency.more()) {
            differences.addAll(consistency.next());
        }
        return differences;
    }

    private TextMessage message(String id) {
        return TextMessage.in(database().store(), TextMessage.TWILIO, id);
    }

    private static MessageKey key(String id) {
        return new MessageKey(TextMessage.TWILIO.provider(), id);
    }

    private SendItem.Numbered send(String id) {
        String line = "{\"provider\":\"twilio\",\"id\":\"" + id + "\",\"to\":[\"+12025550123\"]}";
        return new SendItem.Numbered(0, reader.line(line.getBytes(StandardCharsets.UTF_8)));
    }
}
