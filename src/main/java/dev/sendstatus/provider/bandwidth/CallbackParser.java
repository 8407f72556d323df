package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.JsonTree;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Reasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a callback's body: an array of events, or one event by itself, as the two-factor product and the OpenAPI examples have
 * it. A body that is no JSON to its last byte is not understood as a whole; within JSON each element is judged by itself.
 */
final class CallbackParser {
    /** Not "owner": in Bandwidth's own examples it holds now the sender, now the recipient. */
    private static final JsonTree TREE = new JsonTree(Set.of(
            "type",
            "time",
            "eventTime",
            "to",
            "errorCode",
            "carrierName",
            "event",
            "eventType",
            "message",
            // Of the message, beside time and to.
            "id",
            "direction",
            "from",
            "segmentCount"));

    private CallbackParser() {}

    static Parsed parse(byte[] body) {
        JsonNode root;
        try {
            root = TREE.read(body);
        } catch (JsonTree.NotJson e) {
            return new Parsed.NotUnderstood(
                    e.getCause() instanceof JsonTree.TwoValues
                            ? "something after the end of the JSON"
                            : e.at() < 0 ? "not JSON" : "not JSON at byte " + e.at());
        } catch (IOException notEvenText) {
            return new Parsed.NotUnderstood("not JSON");
        }
        if (root.isMissingNode()) {
            return new Parsed.NotUnderstood("an empty body");
        }
        if (root.isArray() && root.isEmpty()) {
            return new Parsed.Ignored("an empty array");
        }
        List<DeliveryEvent> events = new ArrayList<>(1);
        Reasons reasons = new Reasons("more like these");
        if (root.isObject()) {
            EventMeaning.add(root, "the event", events, reasons);
        } else if (root.isArray()) {
            for (int i = 0; i < root.size(); i++) {
                EventMeaning.add(root.get(i), "event " + (i + 1), events, reasons);
            }
        } else {
            reasons.add("the body: neither an array nor an object");
        }
        return events.isEmpty() ? new Parsed.NotUnderstood(reasons.joined()) : new Parsed.Events(events, reasons.all());
    }

    /** The messages that those of its events name which are not understood; none of a body that is not JSON. */
    static List<String> unread(byte[] body) {
        List<String> ids = new ArrayList<>();
        try {
            JsonNode root = TREE.read(body);
            for (JsonNode event : root.isArray() ? root : List.of(root)) {
                String id = JsonFields.textOrNumber(event.path("message").get("id"));
                List<DeliveryEvent> events = new ArrayList<>(1);
                EventMeaning.add(event, "", events, new Reasons());
                if (id != null && events.isEmpty()) {
                    ids.add(id);
                }
            }
        } catch (IOException notJson) {
            return List.of();
        }
        return ids;
    }
}
