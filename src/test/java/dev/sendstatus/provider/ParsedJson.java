package dev.sendstatus.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.DeliveryEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request was read as, in the form of the files {@code <case>.expected.json}: absent parts are left out. */
public final class ParsedJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ParsedJson() {}

    /** @param twiml whether an empty TwiML document answers it */
    public static ObjectNode of(Parsed parsed, boolean twiml) {
        ObjectNode root = JSON.createObjectNode();
        if (parsed instanceof Parsed.Events events) {
            ArrayNode list = root.putArray("events");
            for (DeliveryEvent event : events.events()) {
                list.add(of(event));
            }
            if (!events.notUnderstood().isEmpty()) {
                ArrayNode reasons = root.putArray("not_understood");
                events.notUnderstood().forEach(reasons::add);
            }
        } else if (parsed instanceof Parsed.Ignored ignored) {
            root.put("ignored", ignored.why());
        } else if (parsed instanceof Parsed.NotUnderstood not) {
            root.putArray("not_understood").add(not.why());
        }
        if (twiml) {
            root.put("reply", "empty_twiml");
        }
        return root;
    }

    private static ObjectNode of(DeliveryEvent event) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", event.message().id());
        put(node, "to", event.recipient());
        if (event.soleRecipient()) {
            node.put("sole_recipient", true);
        }
        node.put("direction", event.direction().name().toLowerCase(Locale.ROOT));
        node.put("progress", event.progress().name().toLowerCase(Locale.ROOT));
        node.put("provider_status", event.providerStatus());
        put(node, "error_code", event.errorCode());
        put(node, "occurred_at", event.occurredAt());
        put(node, "event_id", event.eventId());
        put(node, "detail", event.detail());
        put(node, "from", event.from());
        put(node, "carrier", event.carrier());
        put(node, "sent_at", event.sentAt());
        if (event.segments() > 0) {
            node.put("segments", event.segments());
        }
        if (event.cost() != null) {
            node.put(
                    "cost",
                    event.cost().amount().toPlainString() + " " + event.cost().currency());
        }
        return node;
    }

    private static void put(ObjectNode node, String key, @Nullable Object value) {
        if (value != null) {
            node.put(key, value.toString());
        }
    }
}
