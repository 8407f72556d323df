package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.JsonTree;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Words;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the formats apart and opens the envelope. A tree, not a stream: {@code to}, {@code from} and {@code errors} come in
 * several shapes, and which of them an event needs is known only after its type, which may stand behind them.
 */
final class CallbackReader {
    /** Every name that any reader in this package asks for. */
    private static final JsonTree TREE = new JsonTree(Set.of(
            // The envelope.
            "data",
            "event_type",
            "id",
            "occurred_at",
            "payload",
            "record_type",
            "to",
            "from",
            "direction",
            "status",
            "errors",
            "parts",
            "cost",
            "sent_at",
            "received_at",
            "group_message_id",
            // Of to and from.
            "phone_number",
            "address",
            "agent_id",
            "carrier",
            // Of errors.
            "code",
            "source",
            "pointer",
            // Of cost.
            "amount",
            "currency",
            // API v1.
            "sms_id",
            "body",
            "created",
            "updated"));

    private CallbackReader() {}

    static Parsed read(byte[] body) {
        if (body.length == 0) {
            return new Parsed.NotUnderstood("the body is empty");
        }
        JsonNode root;
        try {
            root = TREE.read(body);
        } catch (IOException e) {
            return new Parsed.NotUnderstood(notJson(e.getCause()));
        }
        if (!root.isObject()) {
            return new Parsed.NotUnderstood("the body is " + JsonFields.kind(root));
        }
        JsonNode data = root.get("data");
        if (data != null) {
            return data.isObject() ? envelope(data) : new Parsed.NotUnderstood("data is " + JsonFields.kind(data));
        }
        return root.has("sms_id")
                ? FlatReader.read(root)
                : new Parsed.NotUnderstood("the body has neither data (v2) nor sms_id (v1)");
    }

    /** The message that it names, and its group, whatever else it says. */
    static List<String> ids(byte[] body) {
        JsonNode root;
        try {
            root = TREE.read(body);
        } catch (IOException notJson) {
            return List.of();
        }
        JsonNode payload = root.path("data").path("payload");
        return Stream.of(
                        JsonFields.text(payload, "id"),
                        JsonFields.text(payload, "group_message_id"),
                        JsonFields.text(root, "sms_id"))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static Parsed envelope(JsonNode data) {
        String type = JsonFields.text(data, "event_type");
        if (type == null) {
            return withoutType(data);
        }
        MessageEvent event = MessageEvent.of(type);
        if (event == null) {
            return type.regionMatches(true, 0, MessageEvent.PREFIX, 0, MessageEvent.PREFIX.length())
                    ? new Parsed.NotUnderstood("event_type " + Words.quoted(type) + " is not known")
                    : new Parsed.Ignored("event_type " + Words.quoted(type) + " speaks of no message");
        }
        JsonNode payload = data.get("payload");
        if (payload == null || !payload.isObject()) {
            return new Parsed.NotUnderstood("payload is " + JsonFields.kind(payload));
        }
        return new PayloadReader(event, JsonFields.text(data, "id"), ProviderTime.iso(data, "occurred_at"), payload)
                .read();
    }

    /** Clicks on shortened links come flat and without a type, if the profile asks for them. */
    private static Parsed withoutType(JsonNode data) {
        return !JsonFields.says(data, "event_type") && "link_clicked".equals(JsonFields.text(data, "record_type"))
                ? new Parsed.Ignored("link_clicked speaks of no delivery")
                : new Parsed.NotUnderstood("event_type is " + JsonFields.kind(data.get("event_type")));
    }

    /** Not the exception's message: that can quote the text of the message. */
    private static String notJson(@Nullable Throwable cause) {
        if (cause instanceof StreamConstraintsException) {
            return "the body is nested too deep or has an overlong number or name";
        }
        if (cause instanceof JsonProcessingException malformed && malformed.getLocation() != null) {
            JsonLocation at = malformed.getLocation();
            return "the body is not JSON (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        }
        return "the body is not JSON in a known encoding";
    }
}
