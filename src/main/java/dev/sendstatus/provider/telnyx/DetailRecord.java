package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.Words;
import java.util.List;

/**
 * A message's detail record: other names for the same facts ({@code uuid}, {@code cld} for the recipient, {@code cli} for the
 * sender), and the second vocabulary of statuses. {@code delivery_status} is never read: it tells how the webhook went.
 */
final class DetailRecord {
    private DetailRecord() {}

    /** Adds what it states, or why it states nothing. */
    static void read(JsonNode entry, List<DeliveryEvent> events, Reasons doubts) {
        String id = JsonFields.text(entry, "uuid");
        String status = JsonFields.text(entry, "status");
        Direction direction = Directions.of(entry);
        Progress progress = status == null ? null : TelnyxStatuses.progress(status);
        if (id == null || direction == null) {
            doubts.add(id == null ? "a record without a uuid" : "a record without a direction");
        } else if (direction == Direction.INBOUND) {
            events.add(event(entry, id, direction, Progress.DELIVERED, status == null ? "received" : status));
        } else if (status == null || progress == null) {
            doubts.add(
                    status == null ? "a record without a status" : "status " + Words.quoted(status) + " is not known");
        } else {
            events.add(event(entry, id, direction, progress, status));
        }
    }

    private static DeliveryEvent event(
            JsonNode entry, String id, Direction direction, Progress progress, String status) {
        boolean ended = progress == Progress.FAILED || progress == Progress.UNCONFIRMED;
        return DeliveryEvent.of(new MessageKey(TelnyxAdapter.TELNYX, id), direction, progress, status)
                .to(JsonFields.text(entry, "cld"))
                .from(JsonFields.text(entry, "cli"))
                .errorCode(ended ? new MessageErrors(entry, 1).code(0, null) : null)
                .occurredAt(ProviderTime.iso(entry, "completed_at"))
                .sentAt(ProviderTime.iso(entry, "sent_at"))
                .carrier(JsonFields.text(entry, "carrier"))
                .segments(JsonFields.segments(JsonFields.digits(entry, "parts")))
                .cost(MessageCost.ofRecord(entry))
                .build();
    }
}
