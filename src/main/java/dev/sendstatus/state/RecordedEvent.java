package dev.sendstatus.state;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Source;
import java.time.Instant;

/**
 * An event as it was recorded. The first three parts say how it reached us and never decide a state.
 *
 * @param sequence its place in the order of arrival, unique in the database
 * @param receivedAt when it came, to the millisecond
 * @param changed whether it changed the message's state when it came
 * @param source how it came
 * @param account the account whose callback said it
 * @param event what was said
 */
public record RecordedEvent(
        long sequence, Instant receivedAt, boolean changed, Source source, AccountName account, DeliveryEvent event) {

    /** The same, as one that changed nothing. */
    public RecordedEvent unchanging() {
        return new RecordedEvent(sequence, receivedAt, false, source, account, event);
    }
}
