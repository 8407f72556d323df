package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.JsonTree;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells the formats apart: the envelope of API v2, which it opens, and the flat record of API v1, which it reads.
 */
final class TelnyxCallback {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private TelnyxCallback() {}

    static Parsed read(byte[] body) {
        return JsonTree.parse(body, TelnyxCallback::read);
    }

    private static Parsed read(JsonNode root) {
        Statements statements = new Statements();
        JsonNode data = root.get("data");
        // The message that it names, and its group, whatever else it says.
        statements.unread(JsonFields.text(root.path("data").path("payload"), "id"));
        statements.unread(JsonFields.text(root.path("data").path("payload"), "group_message_id"));
        statements.unread(JsonFields.text(root, "sms_id"));
        if (data != null && data.isObject()) {
            String ignored = envelope(data, statements);
            if (ignored != null) {
                return new Parsed.Ignored(ignored);
            }
        } else if (data == null && root.has("sms_id")) {
            flat(root, statements);
        } else if (!root.isObject()) {
            statements.doubt("the body is " + JsonFields.kind(root));
        } else {
            statements.doubt(
                    data != null
                            ? "data is " + JsonFields.kind(data)
                            : "the body has neither data (v2) nor sms_id (v1)");
        }
        return statements.parsed();
    }

    /** Reads a v2 event; gives the reason why it says nothing of a message, null if it does. */
    private static @Nullable String envelope(JsonNode data, Statements into) {
        String type = JsonFields.text(data, "event_type");
        MessageEvent event = type == null ? null : MessageEvent.of(type);
        JsonNode payload = data.get("payload");
        if (type == null) {
            // Clicks on shortened links come flat and without a type, if the profile asks for them.
            if (!JsonFields.says(data, "event_type") && "link_clicked".equals(JsonFields.text(data, "record_type"))) {
                return "link_clicked speaks of no delivery";
            }
            into.doubt("event_type is " + JsonFields.kind(data.get("event_type")));
        } else if (event == null) {
            if (!type.regionMatches(true, 0, MessageEvent.PREFIX, 0, MessageEvent.PREFIX.length())) {
                return "event_type " + Words.quoted(type) + " speaks of no message";
            }
            into.doubt("event_type " + Words.quoted(type) + " is not known");
        } else if (payload == null || !payload.isObject()) {
            into.doubt("payload is " + JsonFields.kind(payload));
        } else {
            Instant occurredAt = JsonFields.time(data, "occurred_at");
            new PayloadReader(event, JsonFields.text(data, "id"), occurredAt, payload, into).read();
        }
        return null;
    }

    /**
     * API v1: a flat record without an envelope. {@code delivery_status} is never read: it tells how an earlier webhook went, not how the
     * message did. {@code body} is an object in status records and a string in inbound ones.
     */
    private static void flat(JsonNode message, Statements into) {
        String id = JsonFields.text(message, "sms_id");
        boolean text = message.path("body").isTextual() && !JsonFields.says(message, "status");
        Direction direction = JsonFields.says(message, "direction")
                ? TelnyxStatuses.direction(message)
                : text ? Direction.INBOUND : Direction.OUTBOUND;
        boolean inbound = direction == Direction.INBOUND;
        RecipientEntry recipient = RecipientEntry.of(message.get("to")).get(0);
        String status = JsonFields.text(message, "status");
        String word = status == null && inbound ? "received" : status;
        Progress progress = TelnyxStatuses.progress(status, inbound);
        if (id == null) {
            into.doubt("sms_id is " + JsonFields.kind(message.get("sms_id")));
        } else if (direction == null) {
            boolean named = JsonFields.text(message, "direction") != null;
            into.doubt("direction " + TelnyxStatuses.shown(message) + (named ? " is not known" : ""));
        } else if (recipient.doubt() != null) {
            into.doubt(recipient.doubt());
        } else if (word == null || progress == null) {
            into.doubt(
                    word == null
                            ? "status is " + JsonFields.kind(message.get("status"))
                            : "status " + Words.quoted(word) + " is not known");
        } else {
            Instant created = time(message, "created");
            Instant updated = time(message, "updated");
            // The zone-less date_created and date_updated are not read: which zone they mean is not documented.
            into.add(DeliveryEvent.of(new MessageKey(TelnyxAdapter.TELNYX, id), direction, progress, word)
                    .to(recipient.address())
                    .from(RecipientEntry.sender(message.get("from")))
                    .errorCode(new RecipientErrors(message, 1).code(progress, 0, null))
                    .occurredAt(inbound && updated == null ? created : updated)
                    .sentAt(inbound ? null : created)
                    .segments(JsonFields.segments(JsonFields.digits(message, "parts")))
                    .build());
        }
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
