package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.Parsed;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the formats apart and opens the envelope. A tree, not a stream: {@code to}, {@code from} and {@code errors} come in
 * several shapes, and which of them an event needs is known only after its type, which may stand behind them.
 */
final class CallbackReader {
    private CallbackReader() {}

    static Parsed read(byte[] body) {
        if (body.length == 0) {
            return new Parsed.NotUnderstood("the body is empty");
        }
        JsonNode root;
        try {
            root = BodyTree.read(body);
        } catch (StreamConstraintsException extreme) {
            return new Parsed.NotUnderstood("the body is nested too deep or has an overlong number or name");
        } catch (JsonProcessingException malformed) {
            // Not its message: that can quote the text of the message.
            return new Parsed.NotUnderstood("the body is not JSON" + at(malformed.getLocation()));
        } catch (IOException malformed) {
            return new Parsed.NotUnderstood("the body is not JSON in a known encoding");
        }
        if (!root.isObject()) {
            return new Parsed.NotUnderstood("the body is " + Fields.kind(root));
        }
        JsonNode data = root.get("data");
        if (data != null) {
            return data.isObject() ? envelope(data) : new Parsed.NotUnderstood("data is " + Fields.kind(data));
        }
        return root.has("sms_id")
                ? FlatReader.read(root)
                : new Parsed.NotUnderstood("the body has neither data (v2) nor sms_id (v1)");
    }

    /** The message that it names, and its group, whatever else it says. */
    static List<String> ids(byte[] body) {
        JsonNode root;
        try {
            root = BodyTree.read(body);
        } catch (IOException notJson) {
            return List.of();
        }
        JsonNode payload = root.path("data").path("payload");
        return Stream.of(
                        Fields.text(payload, "id"),
                        Fields.text(payload, "group_message_id"),
                        Fields.text(root, "sms_id"))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static Parsed envelope(JsonNode data) {
        String type = Fields.text(data, "event_type");
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
            return new Parsed.NotUnderstood("payload is " + Fields.kind(payload));
        }
        return new PayloadReader(event, Fields.text(data, "id"), ProviderTime.iso(data, "occurred_at"), payload).read();
    }

    /** Clicks on shortened links come flat and without a type, if the profile asks for them. */
    private static Parsed withoutType(JsonNode data) {
        return !Fields.says(data, "event_type") && "link_clicked".equals(Fields.text(data, "record_type"))
                ? new Parsed.Ignored("link_clicked speaks of no delivery")
                : new Parsed.NotUnderstood("event_type is " + Fields.kind(data.get("event_type")));
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
