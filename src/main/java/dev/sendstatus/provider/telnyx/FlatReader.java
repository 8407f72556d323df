package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * API v1: a flat record without an envelope. {@code delivery_status} is never read: it tells how an earlier webhook went, not
 * how the message did. {@code body} is an object in status records and a string in inbound ones.
 */
final class FlatReader {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private FlatReader() {}

    static Parsed read(JsonNode message) {
        String id = JsonFields.text(message, "sms_id");
        if (id == null) {
            return new Parsed.NotUnderstood("sms_id is " + JsonFields.kind(message.get("sms_id")));
        }
        boolean written = JsonFields.says(message, "direction");
        Direction direction = written ? TelnyxStatuses.direction(message) : implied(message);
        if (direction == null) {
            String word = JsonFields.text(message, "direction");
            return new Parsed.NotUnderstood(
                    "direction " + TelnyxStatuses.shown(message) + (word == null ? "" : " is not known"));
        }
        RecipientEntry recipient = RecipientEntry.of(message.get("to")).get(0);
        if (recipient.doubt() != null) {
            return new Parsed.NotUnderstood(recipient.doubt());
        }
        boolean inbound = direction == Direction.INBOUND;
        String status = JsonFields.text(message, "status");
        String word = status == null && inbound ? "received" : status;
        Progress progress = inbound ? Progress.DELIVERED : status == null ? null : TelnyxStatuses.progress(status);
        if (word == null || progress == null) {
            return new Parsed.NotUnderstood(
                    word == null
                            ? "status is " + JsonFields.kind(message.get("status"))
                            : "status " + Words.quoted(word) + " is not known");
        }
        Instant created = time(message, "created");
        Instant updated = time(message, "updated");
        // The zone-less date_created and date_updated are not read: which zone they mean is not documented.
        return new Parsed.Events(List.of(DeliveryEvent.of(
                        new MessageKey(TelnyxAdapter.TELNYX, id), direction, progress, word)
                .to(recipient.address())
                .from(RecipientEntry.sender(message.get("from")))
                .errorCode(TelnyxStatuses.hasCode(progress) ? new RecipientErrors(message, 1).code(0, null) : null)
                .occurredAt(inbound && updated == null ? created : updated)
                .sentAt(inbound ? null : created)
                .segments(JsonFields.segments(JsonFields.digits(message, "parts")))
                .build()));
    }

    private static Direction implied(JsonNode message) {
        JsonNode body = message.get("body");
        boolean inbound = body != null && body.isTextual() && !JsonFields.says(message, "status");
        return inbound ? Direction.INBOUND : Direction.OUTBOUND;
    }

    /** Milliseconds since 1970; null for everything that is no whole number. */
    private static @Nullable Instant time(JsonNode message, String name) {
        JsonNode value = message.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            return null;
        }
        Instant time = Instant.ofEpochMilli(value.longValue());
        return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
    }
}
