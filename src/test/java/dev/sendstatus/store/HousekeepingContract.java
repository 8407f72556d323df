package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.jdbc.Consistency;
import dev.sendstatus.store.jdbc.Housekeeping;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database must remove, and must leave. A subclass names one. */
public abstract class HousekeepingContract {
    protected static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    protected static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    protected static final Instant OLD = NOW.minus(Duration.ofDays(50));

    private static final int A_STEP = 50;
    private static final int EVENTS = 6_000;
    private static final int MESSAGES = 2_000;

    protected abstract TestDatabase database();

    protected Store store() {
        return database().store();
    }

    protected Reads reads() {
        return database().reads();
    }

    protected static DeliveryEvent event(String id, Progress progress) {
        return DeliveryEvent.of(key(id), Direction.OUTBOUND, progress, progress.name())
                .to("+12025550143")
                .from("+12025550199")
                .build();
    }

    protected static MessageKey key(String id) {
        return new MessageKey(Histories.PROVIDER, id);
    }

    protected static Incoming at(Instant time, DeliveryEvent... events) {
        return at(time, "body", events);
    }

    protected static Incoming at(Instant time, String body, DeliveryEvent... events) {
        RawCallback raw = new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8));
        return new Incoming(
                ACCOUNT, Source.WEBHOOK, time, raw, List.of(events), events.length == 0 ? "not understood" : null);
    }

    /** Small steps, so that a run has many of them. */
    protected long removeMessages(Instant before) throws StoreException {
        Housekeeping housekeeping = store().housekeeping();
        long removed = 0;
        for (int step = housekeeping.removeMessages(before, A_STEP); step > 0; ) {
            assertThat(step).isLessThanOrEqualTo(A_STEP);
            removed += step;
            step = housekeeping.removeMessages(before, A_STEP);
        }
        return removed;
    }

    protected long removeRaw(Instant before) throws StoreException {
        Housekeeping housekeeping = store().housekeeping();
        long removed = 0;
        for (int step = housekeeping.removeRaw(before, 2); step > 0; ) {
            assertThat(step).isLessThanOrEqualTo(2);
            removed += step;
            step = housekeeping.removeRaw(before, 2);
        }
        return removed;
    }

    @Test
    void rawCallbacksLeaveWithTheirQuarantineAndTheMessagesStay() throws StoreException {
        store().commit(List.of(at(OLD, event("m1", Progress.SENT), event("m2", Progress.SENT)), at(OLD)));
        store().commit(List.of(at(OLD, event("m1", Progress.DELIVERED))));
        store().commit(List.of(at(NOW, event("m2", Progress.DELIVERED)), at(NOW)));
        List<QuarantinedCallback> quarantine = reads().callbacks().quarantine(Long.MAX_VALUE, 10);
        assertThat(removeRaw(NOW)).isEqualTo(3);
        assertThat(reads().callbacks().of(key("m1"))).isEmpty();
        assertThat(reads().callbacks().one(quarantine.get(1).number())).isEmpty();
        assertThat(reads().callbacks().of(key("m2")))
                .singleElement()
                .satisfies(left -> assertThat(left.receivedAt()).isEqualTo(NOW));
        assertThat(reads().callbacks().quarantine(Long.MAX_VALUE, 10)).containsExactly(quarantine.get(0));
        assertThat(reads().history(key("m1")).events()).hasSize(2);
        assertThat(removeRaw(NOW)).as("once more").isZero();
    }

    @Test
    void aCallbackThatWaitsToBeAppliedStaysHoweverOldItIs() throws StoreException {
        Incoming waiting = at(OLD, event("m1", Progress.DELIVERED));
        store().accept(List.of(new AcceptedCallback(ACCOUNT, OLD, waiting.raw())), NOW);
        store().commit(List.of(at(OLD, event("m2", Progress.SENT))));
        assertThat(removeRaw(NOW)).isEqualTo(1);
        store().apply(10, (callback, source) -> waiting);
        assertThat(reads().message(key("m1"))).isPresent();
        assertThat(removeRaw(NOW)).isEqualTo(1);
    }

    private List<Long> sequences(String id) throws StoreException {
        return reads().history(key(id)).events().stream()
                .map(RecordedEvent::sequence)
                .toList();
    }

    @Test
    void aMessageLeavesByWhenItWasLastHeardOf() throws StoreException {
        store().commit(List.of(
                at(OLD, event("done", Progress.DELIVERED)),
                at(OLD, event("open", Progress.SENT)),
                at(OLD, event("late", Progress.SENT)),
                at(OLD, event("alsoDone", Progress.FAILED))));
        store().flag(List.of(flag("open"), flag("late")));
        store().commit(List.of(at(NOW, event("late", Progress.DELIVERED)), at(NOW, event("new", Progress.SENT))));
        assertThat(removeMessages(NOW)).isEqualTo(3);
        assertThat(reads().messages(List.of("done", "open", "alsoDone"))).isEmpty();
        assertThat(reads().messages(List.of("late", "new"))).hasSize(2);
        assertThat(reads().open(ACCOUNT, NOW.plusSeconds(1), true))
                .singleElement()
                .satisfies(left -> assertThat(left.state().message()).isEqualTo(key("new")));
        assertThat(reads().flagsActiveAfter(Instant.EPOCH))
                .extracting(StuckFlag::message)
                .containsExactly(key("late"));
        assertThat(removeMessages(NOW)).as("once more").isZero();
    }

    private static StuckFlag flag(String id) {
        return new StuckFlag(key(id), ACCOUNT, "+12025550199", OLD, OLD, OLD, StuckReason.values()[0], null, null);
    }

    @Test
    void aFlagThatCameAfterItsMessageHadLeftLeavesToo() throws StoreException {
        store().commit(List.of(at(OLD, event("open", Progress.SENT)), at(OLD, event("other", Progress.SENT))));
        removeMessages(OLD.plusSeconds(1));
        store().commit(List.of(at(NOW, event("other", Progress.SENT))));
        store().flag(List.of(flag("open"), flag("other")));
        removeMessages(OLD.plusSeconds(1));
        assertThat(reads().flagsActiveAfter(Instant.EPOCH))
                .extracting(StuckFlag::message)
                .containsExactly(key("other"));
    }

    @Test
    void aCallbackForARemovedMessageBeginsItAnew() throws StoreException {
        store().commit(List.of(at(OLD, event("m1", Progress.FAILED))));
        long former = sequences("m1").get(0);
        removeMessages(NOW);
        store().commit(List.of(at(NOW, event("m1", Progress.DELIVERED))));
        assertThat(reads().history(key("m1")).events()).singleElement().satisfies(event -> {
            assertThat(event.sequence()).isGreaterThan(former);
            assertThat(event.event().progress()).isEqualTo(Progress.DELIVERED);
        });
        assertThat(removeMessages(NOW)).isZero();
    }

    @Test
    void nothingIsLeftOfAMessageThatLeft() throws Exception {
        DeliveryEvent registered = DeliveryEvent.of(key("m1"), Direction.OUTBOUND, Progress.REGISTERED, "registered")
                .to("+12025550143")
                .registration(new Registration(
                        List.of(new Recipient("+12025550143")), "r", "c", List.of("tag"), List.of("example.com")))
                .build();
        store().commit(List.of(at(OLD, registered)));
        store().flag(List.of(flag("m1")));
        store().noteAsked(List.of(new PastLookup(key("m1"), NOW, true)));
        assertThat(removeMessages(NOW)).isEqualTo(1);
        for (String table :
                List.of("message", "event", "recipient", "message_tag", "message_link_domain", "stuck", "lookup")) {
            assertThat(database().texts("SELECT count(*) FROM " + table))
                    .as(table)
                    .containsExactly("0");
        }
    }

    /** Half of what is written belongs to messages that the retention is at. */
    @Test
    void ingestThatRunsMeanwhileLosesNothing() throws Exception {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            batch.add(at(OLD, event("m" + i, Progress.SENT)));
        }
        store().commit(batch);
        batch.clear();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Store other = nodeOfTheRetention();
            Future<Long> removed = thread.submit(() -> {
                long all = 0;
                for (int step = 1; step > 0; all += step) {
                    step = other.housekeeping().removeMessages(NOW, 20);
                }
                return all;
            });
            Random random = new Random(1);
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, MESSAGES).boxed().toList());
            Collections.shuffle(order, random);
            for (int i : order) {
                if (i % 2 == 0) {
                    batch.add(at(NOW, event("m" + i, Progress.DELIVERED)));
                    batch.add(at(NOW, event("new" + i, Progress.DELIVERED)));
                }
                if (batch.size() >= 20) {
                    store().commit(batch);
                    batch.clear();
                }
            }
            store().commit(batch);
            assertThat(removed.get(60, TimeUnit.SECONDS)).isBetween(MESSAGES / 2L, (long) MESSAGES);
        } finally {
            thread.shutdownNow();
        }
        removeMessages(NOW);
        assertThat(everything())
                .hasSize(MESSAGES)
                .allSatisfy(message ->
                        assertThat(message.state().status().terminal()).isTrue());
        assertThat(differences()).isEmpty();
    }

    /** Among random histories, whatever is left is found by everything that it was found by before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsLeftIsFoundAsBefore(long seed) throws Exception {
        Random random = new Random(seed);
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Instant time = OLD.plus(Duration.ofDays(50).multipliedBy(i).dividedBy(EVENTS));
            // Mostly of messages that are near, so that most of the old ones are not heard of later.
            int message = Math.max(0, i / 2 - random.nextInt(random.nextInt(50) == 0 ? EVENTS * 2 / 5 : 50));
            batch.add(at(time, Histories.event(random, key("m" + message), time)));
            if (batch.size() == 500) {
                store().commit(batch);
                batch.clear();
            }
        }
        Instant before = OLD.plus(Duration.ofDays(30));
        List<StoredMessage> all = everything();
        List<StoredMessage> expected = new ArrayList<>();
        for (StoredMessage message : all) {
            if (!reads().history(message.state().message()).lastReceivedAt().isBefore(before)) {
                expected.add(message);
            }
        }
        assertThat(removeMessages(before))
                .isEqualTo(all.size() - expected.size())
                .isGreaterThan(EVENTS / 20);
        assertThat(expected).hasSizeGreaterThan(EVENTS / 20);
        assertThat(everything()).isEqualTo(expected);
        requireFound(
                "SELECT m.provider_id FROM message m JOIN recipient r ON r.message_id = m.id WHERE r.address = '+12025550144'",
                expected,
                state -> state.recipients().stream()
                        .anyMatch(recipient -> new Recipient("+12025550144").equals(recipient.to())));
        requireFound(
                "SELECT provider_id FROM message WHERE sender = '+12025550199'",
                expected,
                state -> "+12025550199".equals(state.from()));
        requireFound(
                "SELECT m.provider_id FROM message m JOIN message_tag t ON t.message_id = m.id WHERE t.tag = 'vote'",
                expected,
                state -> state.labels().tags().contains("vote"));
        requireFound(
                "SELECT provider_id FROM message WHERE first_event_at >= " + before.toEpochMilli(),
                expected,
                state -> !state.firstEventAt().isBefore(before));
        assertThat(removeMessages(before)).as("once more").isZero();
    }

    private void requireFound(String sql, List<StoredMessage> expected, Predicate<MessageState> matches)
            throws SQLException {
        assertThat(database().texts(sql))
                .as(sql)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(StoredMessage::state)
                        .filter(matches)
                        .map(state -> state.message().id())
                        .toList());
    }

    /** All messages, in the order in which they were begun. */
    protected List<StoredMessage> everything() throws StoreException, SQLException {
        return reads().messages(database().texts("SELECT provider_id FROM message ORDER BY id"));
    }

    /** The store that the retention has beside ingest: on SQLite the same one. */
    protected Store nodeOfTheRetention() throws StoreException {
        return store();
    }

    private List<Consistency.Difference> differences() throws StoreException {
        return ConsistencyContract.differences(reads());
    }

    @Test
    void aRegistrationThatIsTakenBackGoesWithItsRowsAndTheProvidersWordStays() throws StoreException {
        List<Incoming> registered =
                List.of(registered("named", "wrong"), registered("unnamed", "wrong"), registered("other", "right"));
        store().commit(registered);
        store().commit(List.of(at(NOW, event("named", Progress.SENT)), at(NOW, event("only-named", Progress.SENT))));
        store().flag(List.of(flag("named"), flag("unnamed")));
        List<MessageKey> taken = List.of(key("named"), key("unnamed"), key("only-named"), key("nobody"));
        assertThat(store().withdraw(taken, NOW))
                .containsOnly(
                        Map.entry(key("named"), Store.Withdrawn.WITHDRAWN),
                        Map.entry(key("unnamed"), Store.Withdrawn.REMOVED),
                        Map.entry(key("only-named"), Store.Withdrawn.NOT_REGISTERED));
        assertThat(reads().message(key("unnamed"))).isEmpty();
        MessageState state = reads().message(key("named")).orElseThrow().state();
        assertThat(state.labels().reference()).isNull();
        assertThat(state.labels().tags()).isEmpty();
        assertThat(state.registeredAt()).isNull();
        assertThat(reads().history(key("named")).events()).hasSize(3);
        // What is on its way twice changes nothing any more.
        store().commit(registered);
        assertThat(reads().message(key("named")).orElseThrow().state().labels().reference())
                .isNull();
        assertThat(reads().message(key("unnamed"))
                        .orElseThrow()
                        .state()
                        .labels()
                        .reference())
                .isEqualTo("wrong");
        assertThat(store().withdraw(taken, NOW).get(key("named"))).isEqualTo(Store.Withdrawn.NOT_REGISTERED);
        assertThat(reads().message(key("other")).orElseThrow().state().labels().reference())
                .isEqualTo("right");
        Consistency consistency = reads().consistency();
        while (consistency.more()) {
            assertThat(consistency.next()).isEmpty();
        }
    }

    private static Incoming registered(String id, String reference) {
        Registration said = new Registration(
                List.of(new Recipient("+12025550143")), reference, null, List.of("tag"), List.of("example.com"));
        return new Incoming(
                ACCOUNT,
                Source.REGISTRATION,
                NOW,
                RawCallback.NONE,
                List.of(DeliveryEvent.of(key(id), Direction.OUTBOUND, Progress.REGISTERED, "registered")
                        .to("+12025550143")
                        .registration(said)
                        .build()),
                null);
    }
}
