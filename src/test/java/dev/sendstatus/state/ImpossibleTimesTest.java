package dev.sendstatus.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider's time that cannot be, seen from the arrival, is passed over as if it had sent none. */
class ImpossibleTimesTest {
    private static final MessageKey KEY = new MessageKey(Histories.PROVIDER, "m1");
    private static final Instant ARRIVAL = Instant.parse("2026-11-25T12:00:00Z");
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "1999-12-31T23:59:59.999Z",
                "2026-11-26T12:00:00.002Z",
                "2038-01-19T03:14:07Z",
                "9999-12-31T23:59:59Z",
                "+56896-01-01T00:00:00Z" // seconds read as milliseconds
            })
    void whatCannotBeIsNoTime(Instant time) {
        MessageState without = state(said(Progress.SENT));
        MessageState state = state(said(Progress.SENT).occurredAt(time).sentAt(time));
        assertThat(state).isEqualTo(without);
        assertThat(state.waitingSince()).isEqualTo(ARRIVAL.plusMillis(1));
        assertThat(LIMITS.dueAt(state)).isEqualTo(ARRIVAL.plusMillis(1).plus(LIMITS.threshold()));
        assertThat(state(said(Progress.DELIVERED).occurredAt(time)).finalizedAt())
                .isEqualTo(ARRIVAL.plusMillis(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000-01-01T00:00:00Z",
                "2026-11-25T12:00:00Z",
                "2026-11-26T02:00:00Z", // a local time read as UTC, on the other side of the world
                "2026-11-26T12:00:00Z"
            })
    void whatCanBeIs(Instant time) {
        MessageState state = state(said(Progress.SENT).occurredAt(time).sentAt(time));
        assertThat(state.sentAt()).isEqualTo(time);
        assertThat(state.firstEventAt()).isEqualTo(time);
    }

    @Test
    void anErrorWithATimeThatCannotBeIsNotTheLaterOne() {
        DeliveryEvent.Builder good = said(Progress.FAILED).errorCode("30003").occurredAt(ARRIVAL);
        DeliveryEvent.Builder bad =
                said(Progress.FAILED).errorCode("30007").occurredAt(Instant.parse("2099-01-01T00:00:00Z"));
        assertThat(state(good, bad).errorCode()).isEqualTo("30003");
        assertThat(state(bad, good).errorCode()).isEqualTo("30003");
    }

    @Test
    void theSameEventOnceMoreWhenItsTimeCanBeChangesNothing() {
        DeliveryEvent ahead =
                said(Progress.SENT).sentAt(ARRIVAL.plus(Duration.ofDays(2))).build();
        MessageHistory history = MessageHistory.none(KEY).with(recorded(1, ARRIVAL, ahead));
        RecordedEvent again = recorded(2, ARRIVAL.plus(Duration.ofDays(3)), ahead);
        assertThat(history.says(again)).isTrue();
        assertThat(MessageState.of(history.with(again))).isEqualTo(MessageState.of(history));
        assertThat(MessageState.of(history).sentAt()).isNull();
    }

    @Test
    void aSendingProgramMayNameATimeAheadOfAScheduledSend() {
        Instant scheduled = ARRIVAL.plus(Duration.ofDays(20));
        Registration registration =
                new Registration(List.of(new Recipient("+12025550143")), null, null, List.of(), List.of());
        MessageState state =
                state(said(Progress.REGISTERED).registration(registration).sentAt(scheduled));
        assertThat(state.waitingSince()).isEqualTo(scheduled);
    }

    private static DeliveryEvent.Builder said(Progress progress) {
        return DeliveryEvent.of(KEY, Direction.OUTBOUND, progress, progress.name())
                .to("+12025550143");
    }

    private static MessageState state(DeliveryEvent.Builder... events) {
        MessageHistory history = MessageHistory.none(KEY);
        for (DeliveryEvent.Builder event : events) {
            long sequence = history.events().size() + 1L;
            history = history.with(recorded(sequence, ARRIVAL.plusMillis(sequence), event.build()));
        }
        return MessageState.of(history);
    }

    private static RecordedEvent recorded(long sequence, Instant at, DeliveryEvent event) {
        return new RecordedEvent(
                sequence, at, true, Source.WEBHOOK, new AccountName(Histories.PROVIDER, "main"), event);
    }
}
