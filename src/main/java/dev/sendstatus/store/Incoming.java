package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be stored of one callback, all or nothing.
 *
 * @param account whose callback it is
 * @param source how it came
 * @param receivedAt when it came, to the millisecond
 * @param raw the callback itself
 * @param events what it says; may be empty
 * @param quarantine why it, or a part of it, was not understood; null if all was
 */
public record Incoming(
        AccountName account,
        Source source,
        Instant receivedAt,
        RawCallback raw,
        List<DeliveryEvent> events,
        @Nullable String quarantine) {

    /** How many sequence numbers it takes: one for each event, and at least one, by which its raw bytes are found. */
    public int sequences() {
        return Math.max(1, events.size());
    }

    /** Its events as they are recorded. @param first the first of its sequence numbers */
    public List<RecordedEvent> recorded(long first) {
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (DeliveryEvent event : events) {
            recorded.add(new RecordedEvent(first + recorded.size(), receivedAt, true, source, account, event));
        }
        return recorded;
    }
}
