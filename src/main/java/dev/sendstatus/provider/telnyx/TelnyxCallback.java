package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.JsonTree;
import dev.sendstatus.provider.JsonTree.NotJson;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Words;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the formats apart and opens the envelope. A tree, not a stream: {@code to}, {@code from} and {@code errors} come in
 * several shapes, and which of them an event needs is known only after its type, which may stand behind them.
 */
final class TelnyxCallback {
    /** Every name that any reader in this package asks for. */
    private static final JsonTree TREE = new JsonTree("""
            data event_type id occurred_at payload record_type to from direction status errors parts cost
            sent_at received_at group_message_id phone_number address agent_id carrier code source pointer
            amount currency sms_id body created updated""");

    private TelnyxCallback() {}

    static Parsed read(byte[] body) {
        try {
            JsonNode root = TREE.read(body);
            Parsed parsed = read(root);
            if (parsed instanceof Parsed.NotUnderstood not) {
                return new Parsed.NotUnderstood(not.why(), ids(root));
            }
            return parsed instanceof Parsed.Events events
                            && !events.notUnderstood().isEmpty()
                    ? new Parsed.Events(events.events(), events.notUnderstood(), ids(root))
                    : parsed;
        } catch (NotJson e) {
            return e.parsed();
        }
    }

    private static Parsed read(JsonNode root) {
        JsonNode data = root.get("data");
        if (data != null && data.isObject()) {
            return envelope(data);
        }
        if (data == null && root.has("sms_id")) {
            return FlatReader.read(root);
        }
        return new Parsed.NotUnderstood(
                !root.isObject()
                        ? "the body is " + JsonFields.kind(root)
                        : data != null
                                ? "data is " + JsonFields.kind(data)
                                : "the body has neither data (v2) nor sms_id (v1)");
    }

    /** The message that it names, and its group, whatever else it says. */
    private static List<String> ids(JsonNode root) {
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
            // Clicks on shortened links come flat and without a type, if the profile asks for them.
            return !JsonFields.says(data, "event_type") && "link_clicked".equals(JsonFields.text(data, "record_type"))
                    ? new Parsed.Ignored("link_clicked speaks of no delivery")
                    : new Parsed.NotUnderstood("event_type is " + JsonFields.kind(data.get("event_type")));
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
        return new PayloadReader(event, JsonFields.text(data, "id"), JsonFields.time(data, "occurred_at"), payload)
                .read();
    }
}
