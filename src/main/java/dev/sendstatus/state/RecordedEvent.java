package dev.sendstatus.state;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Source;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was recorded. The first three parts say how it reached us and never decide a state, but for one thing: a time of
 * the provider's that cannot be, seen from the arrival, is no time. The event itself is kept as it was said.
 *
 * @param sequence its place in the order of arrival, unique in the database
 * @param receivedAt when it came, to the millisecond
 * @param changed whether it changed the message's state when it came
 * @param source how it came
 * @param account the account whose callback said it
 * @param event the statement
 */
public record RecordedEvent(
        long sequence, Instant receivedAt, boolean changed, Source source, AccountName account, DeliveryEvent event) {

    /** No provider is older: an earlier time is a clock that was never set, or an empty field read as zero. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** Clocks differ, and times without an offset are off by up to 14 hours. */
    private static final Duration FARTHEST_AHEAD = Duration.ofDays(1);

    /** The provider's own time of the event; null if it sent none that can be. */
    public @Nullable Instant occurredAt() {
        return possible(event.occurredAt());
    }

    /**
     * When it was sent; null if nobody said it, or said a time that cannot be. A sending program may name a time ahead, of a
     * scheduled send: its times are judged when they are handed in.
     */
    public @Nullable Instant sentAt() {
        return event.registration() != null ? event.sentAt() : possible(event.sentAt());
    }

    /** The same, as one that changed nothing. */
    public RecordedEvent unchanging() {
        return new RecordedEvent(sequence, receivedAt, false, source, account, event);
    }

    private @Nullable Instant possible(@Nullable Instant time) {
        return time == null || time.isBefore(EARLIEST) || time.isAfter(receivedAt.plus(FARTHEST_AHEAD)) ? null : time;
    }
}
