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
    private FlatReader() {}

    static Parsed read(JsonNode message) {
        String id = JsonFields.text(message, "sms_id");
        if (id == null) {
            return new Parsed.NotUnderstood("sms_id is " + JsonFields.kind(message.get("sms_id")));
        }
        Direction direction = JsonFields.says(message, "direction") ? Directions.of(message) : implied(message);
        if (direction == null) {
            String word = JsonFields.text(message, "direction");
            return new Parsed.NotUnderstood(
                    "direction " + (word == null ? "is of an unexpected kind" : Words.quoted(word) + " is not known"));
        }
        RecipientEntry recipient = RecipientEntry.of(message.get("to")).get(0);
        if (recipient.doubt() != null) {
            return new Parsed.NotUnderstood(recipient.doubt());
        }
        return direction == Direction.INBOUND ? received(message, id, recipient) : outbound(message, id, recipient);
    }

    private static Direction implied(JsonNode message) {
        JsonNode body = message.get("body");
        boolean inbound = body != null && body.isTextual() && !JsonFields.says(message, "status");
        return inbound ? Direction.INBOUND : Direction.OUTBOUND;
    }

    private static Parsed received(JsonNode message, String id, RecipientEntry recipient) {
        String status = JsonFields.text(message, "status");
        Instant updated = ProviderTime.epochMillis(message, "updated");
        return one(describe(
                        message,
                        id,
                        Direction.INBOUND,
                        Progress.DELIVERED,
                        status == null ? "received" : status,
                        recipient)
                .occurredAt(updated != null ? updated : ProviderTime.epochMillis(message, "created")));
    }

    private static Parsed outbound(JsonNode message, String id, RecipientEntry recipient) {
        String status = JsonFields.text(message, "status");
        if (status == null) {
            return new Parsed.NotUnderstood("status is " + JsonFields.kind(message.get("status")));
        }
        Progress progress = TelnyxStatuses.progress(status);
        if (progress == null) {
            return new Parsed.NotUnderstood("status " + Words.quoted(status) + " is not known");
        }
        boolean ended = progress == Progress.FAILED || progress == Progress.UNCONFIRMED;
        // The zone-less date_created and date_updated are not read: which zone they mean is not documented.
        return one(describe(message, id, Direction.OUTBOUND, progress, status, recipient)
                .errorCode(ended ? code(message) : null)
                .sentAt(ProviderTime.epochMillis(message, "created"))
                .occurredAt(ProviderTime.epochMillis(message, "updated")));
    }

    private static @Nullable String code(JsonNode message) {
        return new MessageErrors(message, 1).code(0, null);
    }

    private static DeliveryEvent.Builder describe(
            JsonNode message,
            String id,
            Direction direction,
            Progress progress,
            String word,
            RecipientEntry recipient) {
        return DeliveryEvent.of(new MessageKey(TelnyxAdapter.TELNYX, id), direction, progress, word)
                .to(recipient.address())
                .from(RecipientEntry.sender(message.get("from")))
                .segments(JsonFields.segments(JsonFields.digits(message, "parts")));
    }

    private static Parsed one(DeliveryEvent.Builder event) {
        return new Parsed.Events(List.of(event.build()));
    }
}
