package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.Housekeeping.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database must remove, and must leave. A subclass names one. */
public abstract class HousekeepingContract {
    protected static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    protected static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    protected static final Instant OLD = NOW.minus(Duration.ofDays(50));

    private static final int A_STEP = 50;

    protected abstract Store store();

    protected abstract Reads reads();

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
        for (boolean more = true; more; ) {
            Step step = housekeeping.removeMessages(before, A_STEP);
            assertThat(step.removed()).isLessThanOrEqualTo(A_STEP);
            removed += step.removed();
            more = step.more();
        }
        for (boolean more = true; more; ) {
            more = housekeeping.tidy(50).more();
        }
        return removed;
    }

    protected long removeRaw(Instant before) throws StoreException {
        Housekeeping housekeeping = store().housekeeping();
        long removed = 0;
        for (boolean more = true; more; ) {
            Step step = housekeeping.removeRaw(before, 1);
            removed += step.removed();
            more = step.more();
        }
        return removed;
    }

    @Test
    void rawCallbacksLeaveWithTheirQuarantineAndTheMessagesStay() throws StoreException {
        store().commit(List.of(at(OLD, event("m1", Progress.SENT), event("m2", Progress.SENT)), at(OLD)));
        store().commit(List.of(at(OLD, event("m1", Progress.DELIVERED))));
        store().commit(List.of(at(NOW, event("m2", Progress.DELIVERED)), at(NOW)));
        List<QuarantinedCallback> quarantine = reads().quarantine(Long.MAX_VALUE, 10);
        List<Long> first = sequences("m1");
        List<Long> second = sequences("m2");
        assertThat(removeRaw(NOW)).isEqualTo(4);
        for (long old : List.of(
                first.get(0), first.get(1), second.get(0), quarantine.get(1).sequence())) {
            assertThat(reads().raw(old)).isEmpty();
        }
        assertThat(reads().raw(second.get(1))).isPresent();
        assertThat(reads().quarantine(Long.MAX_VALUE, 10)).containsExactly(quarantine.get(0));
        assertThat(reads().message(key("m1")).orElseThrow().history().events()).hasSize(2);
        assertThat(removeRaw(NOW)).as("once more").isZero();
    }

    private List<Long> sequences(String id) throws StoreException {
        return reads().message(key(id)).orElseThrow().history().events().stream()
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
        StoredMessage anew = reads().message(key("m1")).orElseThrow();
        assertThat(anew.history().events()).singleElement().satisfies(event -> {
            assertThat(event.sequence()).isGreaterThan(former);
            assertThat(event.event().progress()).isEqualTo(Progress.DELIVERED);
        });
        assertThat(removeMessages(NOW)).isZero();
    }

    /** Among random histories, whatever is left is found by everything that it was found by before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsLeftIsFoundAsBefore(long seed) throws StoreException {
        Random random = new Random(seed);
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Instant time = OLD.plus(Duration.ofDays(50).multipliedBy(i).dividedBy(20_000));
            // Mostly of messages that are near, so that most of the old ones are not heard of later.
            int message = Math.max(0, i / 2 - random.nextInt(random.nextInt(50) == 0 ? 8_000 : 50));
            batch.add(at(time, Histories.event(random, key("m" + message), time)));
            if (batch.size() == 500) {
                store().commit(batch);
                batch.clear();
            }
        }
        for (boolean more = true; more; ) {
            more = store().indexNext();
        }
        Instant before = OLD.plus(Duration.ofDays(30));
        List<StoredMessage> all = scan(MessageFilter.ALL);
        long removed = removeMessages(before);
        List<StoredMessage> expected = all.stream()
                .filter(message -> message.history().events().stream()
                        .anyMatch(event -> !event.receivedAt().isBefore(before)))
                .toList();
        assertThat(removed).isEqualTo(all.size() - expected.size()).isGreaterThan(1_000);
        assertThat(expected).hasSizeGreaterThan(1_000);
        for (MessageFilter filter : List.of(
                MessageFilter.ALL,
                new MessageFilter.Builder().to("+12025550144").build(),
                new MessageFilter.Builder().from("+12025550143").build(),
                new MessageFilter.Builder().errorCode("30003").build(),
                new MessageFilter.Builder().conflict(true).build(),
                new MessageFilter.Builder()
                        .between(before, before.plus(Duration.ofDays(5)))
                        .build())) {
            assertThat(scan(filter))
                    .as("%s", filter)
                    .isEqualTo(expected.stream()
                            .filter(message -> filter.matches(MessageState.of(message.history()), message.flag()))
                            .toList());
        }
    }

    protected List<StoredMessage> scan(MessageFilter filter) throws StoreException {
        List<StoredMessage> found = new ArrayList<>();
        try (MessageScan scan = reads().scan(filter)) {
            for (StoredMessage next = scan.next(); next != null; next = scan.next()) {
                found.add(next);
            }
        }
        return found;
    }

    protected static List<Long> sequences(StoredMessage message) {
        return message.history().events().stream().map(RecordedEvent::sequence).toList();
    }
}
