package dev.sendstatus.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NumberErasureTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final PhoneNumber PERSON = PhoneNumber.of("+12025550143").orElseThrow();

    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    private static Incoming incoming() {
        return new Incoming(
                new AccountName(Histories.PROVIDER, "main"),
                Source.WEBHOOK,
                NOW,
                new RawCallback("POST", null, null, "to +12025550143".getBytes(StandardCharsets.UTF_8)),
                List.of(DeliveryEvent.of(
                                new MessageKey(Histories.PROVIDER, "m1"), Direction.OUTBOUND, Progress.SENT, "sent")
                        .to("+12025550143")
                        .build()),
                null);
    }

    private void accept() throws StoreException {
        Incoming one = incoming();
        database.store().accept(List.of(new AcceptedCallback(one.account(), NOW, one.raw())), NOW);
    }

    private Erased erase(Pace pace) throws Exception {
        return new NumberErasure(database.store(), pace)
                .run(PERSON, share -> assertThat(share).isBetween(0.0, 1.0));
    }

    @Test
    void itWaitsForCallbacksThatAreNotAppliedYet() throws Exception {
        accept();
        AtomicInteger rests = new AtomicInteger();
        Erased erased = erase(nanos -> {
            if (rests.incrementAndGet() == 3) {
                try {
                    database.store().apply(10, (callback, source) -> incoming());
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        assertThat(erased).isEqualTo(new Erased(1, 1, 1, 0, 0, false));
    }

    @Test
    void itEndsWhereNobodyAppliesThem() throws Exception {
        accept();
        assertThat(erase(Pace.NONE)).isEqualTo(new Erased(0, 0, 0, 0, 1, false));
        database.store().apply(10, (callback, source) -> incoming());
        assertThat(erase(Pace.NONE)).isEqualTo(new Erased(1, 1, 1, 0, 0, false));
    }

    @Test
    void whereNothingIsNothingIsChanged() throws Exception {
        assertThat(erase(Pace.NONE)).isEqualTo(new Erased(0, 0, 0, 0, 0, false));
    }
}
