package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That a callback that cannot become part of its message stops nothing behind it. A subclass names a database. */
public abstract class ApplyContract {
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String REASON = "what it says could not be stored; the log of the server says why";

    protected abstract TestDatabase database();

    /** Has the database refuse each event that says this as the provider's status. */
    protected abstract void refuseEvents(String providerStatus) throws SQLException;

    protected abstract void refuseNoMore() throws SQLException;

    /** Makes the bytes of a callback such as nobody wrote. */
    protected abstract void damage(long callback) throws SQLException;

    private static MessageKey key(String id) {
        return new MessageKey(Histories.PROVIDER, id);
    }

    /** Each body is the id of a message that was delivered. */
    private void accept(String... bodies) throws StoreException {
        database()
                .store()
                .accept(
                        Arrays.stream(bodies)
                                .map(body -> new AcceptedCallback(
                                        ACCOUNT,
                                        NOW,
                                        new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8))))
                                .toList(),
                        NOW);
    }

    private static Incoming read(StoredCallback callback, Source source) {
        String id = new String(callback.raw().body(), StandardCharsets.UTF_8);
        DeliveryEvent event = DeliveryEvent.of(key(id), Direction.OUTBOUND, Progress.DELIVERED, id)
                .to("+12025550143")
                .build();
        return new Incoming(ACCOUNT, source, NOW, callback.raw(), List.of(event), null);
    }

    private List<String> applied(Store.Interpreter interpreter) throws StoreException {
        return database().store().apply(100, interpreter).stream()
                .map(applied -> applied.callback().number() + ": "
                        + (applied.read().quarantine() == null
                                ? applied.added()
                                : applied.read().quarantine()))
                .toList();
    }

    private void requireOnlyTheSecondIsMissing() throws StoreException {
        assertThat(database().reads().callbacks().waitingSince()).isNull();
        assertThat(database().reads().message(key("one"))).isPresent();
        assertThat(database().reads().message(key("two"))).isEmpty();
        assertThat(database().reads().message(key("three"))).isPresent();
        assertThat(database().reads().callbacks().quarantine(Long.MAX_VALUE, 10))
                .containsExactly(new QuarantinedCallback(2, ACCOUNT, NOW, REASON));
    }

    static Stream<Named<Supplier<Throwable>>> mistakes() {
        return Stream.of(
                Named.of("an exception", () -> new IllegalStateException("a mistake")),
                Named.of("a recursion without an end", StackOverflowError::new));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeOfTheProgramAtOneCallbackStopsNothingBehindIt(Supplier<Throwable> mistake) throws StoreException {
        accept("one", "two", "three");
        Store.Interpreter mistaken = (callback, source) -> {
            if (callback.number() == 2) {
                Throwable thrown = mistake.get();
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
            return read(callback, source);
        };
        assertThat(applied(mistaken)).containsExactly("1: 1", "2: " + REASON, "3: 1");
        requireOnlyTheSecondIsMissing();
        assertThat(database().store().replay(List.of(2L), mistaken))
                .as("read again by the same program")
                .isEmpty();
        requireOnlyTheSecondIsMissing();
    }

    @Test
    void aRowThatCannotBeWrittenStopsNothingBehindItAndIsReadAgainLater() throws Exception {
        refuseEvents("two");
        accept("one", "two", "three");
        database().reopen();
        assertThat(applied(ApplyContract::read)).containsExactly("1: 1", "2: " + REASON, "3: 1");
        database().reopen();
        requireOnlyTheSecondIsMissing();
        refuseNoMore();
        assertThat(database().store().replay(List.of(2L), ApplyContract::read)).hasSize(1);
        assertThat(database().reads().message(key("two"))).isPresent();
        assertThat(database().reads().callbacks().quarantineSize()).isZero();
    }

    @Test
    void aCallbackThatIsDamagedOnDiskStopsNothingBehindIt() throws Exception {
        accept("one", "two", "three");
        damage(2);
        assertThat(applied(ApplyContract::read)).containsExactly("1: 1", "2: " + REASON, "3: 1");
        requireOnlyTheSecondIsMissing();
        assertThatThrownBy(() -> database().reads().callbacks().one(2)).isInstanceOf(StoreException.Broken.class);
    }

    @Test
    void whatIsWrongWithManyIsFoundOneByOne() throws Exception {
        refuseEvents("two");
        accept("two", "one", "two", "two", "three", "two");
        assertThat(applied(ApplyContract::read))
                .containsExactly("1: " + REASON, "2: 1", "3: " + REASON, "4: " + REASON, "5: 1", "6: " + REASON);
        assertThat(database().reads().callbacks().waitingSince()).isNull();
    }
}
