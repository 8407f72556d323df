package dev.sendstatus.provider.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.JsonTree;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.StatusTable;
import dev.sendstatus.provider.Words;

/** Reads a callback: an object with {@code message}, {@code status}, {@code to} and more. The API gives the same objects. */
final class ExampleCallback {
    private static final StatusTable STATUSES = new StatusTable(ExampleCallback.class, "statuses.csv");

    private ExampleCallback() {}

    static Parsed read(byte[] body) {
        return JsonTree.parse(body, root -> {
            if (JsonFields.says(root, "event") && "ping".equals(JsonFields.text(root, "status"))) {
                return new Parsed.Ignored("a ping of the console");
            }
            Statements statements = new Statements();
            add(root, statements);
            return statements.parsed();
        });
    }

    /** Adds what one object states, or why it states nothing. */
    static void add(JsonNode object, Statements into) {
        String message = JsonFields.text(object, "message");
        String status = JsonFields.text(object, "status");
        Progress progress = status == null ? null : STATUSES.progress(status);
        if (message == null) {
            into.doubt("message is " + JsonFields.kind(object.path("message")));
        } else if (status == null || progress == null) {
            into.doubt("the unknown status " + (status == null ? "" : Words.quoted(status)), message);
        } else {
            boolean inbound = STATUSES.isInbound(status);
            into.add(DeliveryEvent.of(
                            new MessageKey(ExampleAdapter.PROVIDER, message),
                            inbound ? Direction.INBOUND : Direction.OUTBOUND,
                            progress,
                            status)
                    .to(JsonFields.text(object, "to"))
                    .from(JsonFields.text(object, "from"))
                    .errorCode(JsonFields.text(object, "code"))
                    .occurredAt(JsonFields.time(object, "at"))
                    .sentAt(inbound ? null : JsonFields.time(object, "sent_at"))
                    .segments(JsonFields.segments(JsonFields.digits(object, "parts")))
                    .eventId(JsonFields.text(object, "event"))
                    .build());
        }
    }
}
