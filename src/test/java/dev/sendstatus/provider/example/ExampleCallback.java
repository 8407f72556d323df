package dev.sendstatus.provider.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.JsonTree;
import dev.sendstatus.provider.JsonTree.NotJson;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.Words;
import java.util.List;
import java.util.Map;

/** Reads one callback: an object with {@code message}, {@code status}, {@code to}, {@code from}, {@code at} and {@code code}. */
final class ExampleCallback {
    private static final JsonTree TREE = new JsonTree("event message status to from at sent_at code");

    /** What each of the provider's words becomes. */
    private static final Map<String, Progress> STATUSES = Map.of(
            "accepted", Progress.ACCEPTED,
            "sent", Progress.SENT,
            "delivered", Progress.DELIVERED,
            "failed", Progress.FAILED,
            // No receipt came: neither a failure nor a message that still waits.
            "expired", Progress.UNCONFIRMED,
            // From a person to us.
            "received", Progress.DELIVERED);

    private ExampleCallback() {}

    static Parsed read(byte[] body) {
        JsonNode root;
        try {
            root = TREE.read(body);
        } catch (NotJson e) {
            return e.parsed();
        }
        String message = JsonFields.text(root, "message");
        String status = JsonFields.text(root, "status");
        Progress progress = status == null ? null : STATUSES.get(status);
        if (message == null) {
            return new Parsed.NotUnderstood("message is " + JsonFields.kind(root.path("message")));
        }
        if (status == null || progress == null) {
            return new Parsed.NotUnderstood(
                    "the unknown status " + (status == null ? "" : Words.quoted(status)), List.of(message));
        }
        boolean inbound = status.equals("received");
        return new Parsed.Events(List.of(DeliveryEvent.of(
                        new MessageKey(ExampleAdapter.PROVIDER, message),
                        inbound ? Direction.INBOUND : Direction.OUTBOUND,
                        progress,
                        status)
                .to(JsonFields.text(root, "to"))
                .from(JsonFields.text(root, "from"))
                .errorCode(JsonFields.text(root, "code"))
                .occurredAt(Rfc3339.read(JsonFields.text(root, "at")))
                .sentAt(inbound ? null : Rfc3339.read(JsonFields.text(root, "sent_at")))
                .eventId(JsonFields.text(root, "event"))
                .build()));
    }
}
