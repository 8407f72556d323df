package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of one callback, to be stored whole or not at all.
 *
 * @param account whose callback it is
 * @param source how it came
 * @param receivedAt when it came, to the millisecond
 * @param raw the callback itself
 * @param events may be empty
 * @param quarantine why it, or a part of it, was not understood; null if all was
 * @param unreadMessages the ids of the messages that a part which was not understood names, as far as they can be told
 */
public record Incoming(
        AccountName account,
        Source source,
        Instant receivedAt,
        RawCallback raw,
        List<DeliveryEvent> events,
        @Nullable String quarantine,
        List<String> unreadMessages) {

    /** A callback that names no message but in its events. */
    public Incoming(
            AccountName account,
            Source source,
            Instant receivedAt,
            RawCallback raw,
            List<DeliveryEvent> events,
            @Nullable String quarantine) {
        this(account, source, receivedAt, raw, events, quarantine, List.of());
    }

    /** Whether its bytes are kept: of what came by another way than a callback there are none. */
    public boolean keptRaw() {
        return !raw.isEmpty() || quarantine != null;
    }
}
