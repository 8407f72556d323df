package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.JsonTree;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.Words;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a callback's body: an array of events, or one event by itself, as the two-factor product and the OpenAPI examples have
 * it. A body that is no JSON to its last byte is not understood as a whole; within JSON each element is judged by itself.
 */
final class BandwidthCallback {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private BandwidthCallback() {}

    static Parsed parse(byte[] body) {
        return JsonTree.parse(body, BandwidthCallback::read);
    }

    private static Parsed read(JsonNode root) {
        Statements statements = new Statements();
        if (root.isObject()) {
            add(root, "the event", statements);
        } else if (!root.isArray()) {
            statements.doubt("the body: neither an array nor an object");
        } else if (root.isEmpty()) {
            return new Parsed.Ignored("an empty array");
        }
        for (int i = 0; root.isArray() && i < root.size(); i++) {
            add(root.get(i), "event " + (i + 1), statements);
        }
        return statements.parsed();
    }

    /** Adds the event that one element states, or the reason why there is none in it. @param place its name in a reason */
    private static void add(JsonNode event, String place, Statements into) {
        JsonNode message = event.path("message");
        String type = JsonFields.asSent(event, "type");
        Progress progress = type == null ? null : BandwidthStatuses.TYPES.progress(type);
        String id = JsonFields.textOrNumber(message.get("id"));
        String to = soleAddress(event.get("to"));
        String code = code(event);
        if (!event.isObject()) {
            into.doubt(place + ": not an object");
        } else if (type == null || progress == null) {
            into.doubt(place + ": " + unknownType(event, type), id);
        } else if (id == null || id.isEmpty()) {
            into.doubt(place + ": " + type + " without a message.id");
        } else if (!Words.isPlain(id)) {
            into.doubt(place + ": " + type + " with control characters in its message.id", id);
        } else if (to != null && !Words.isPlain(to)) {
            into.doubt(place + ": " + type + " with control characters in its recipient", id);
        } else if (progress == Progress.FAILED && code != null && code.isEmpty()) {
            // It might be the 9902 that makes it no failure.
            into.doubt(place + ": " + type + " with an errorCode that is none", id);
        } else {
            // The top-level one: each member of a group has its own callback, and message.to names them all in each.
            String recipient = to == null || to.isEmpty() ? plain(soleAddress(message.get("to"))) : to;
            into.add(event(event, message, type, progress, id, code)
                    .to(recipient)
                    .build());
        }
    }

    private static DeliveryEvent.Builder event(
            JsonNode event, JsonNode message, String type, Progress progress, String id, @Nullable String code) {
        // "owner" is not read: in Bandwidth's own examples it holds now the sender, now the recipient.
        // One URL may get both directions; the type tells them apart, and for a type of either the message itself does.
        boolean inbound =
                BandwidthStatuses.TYPES.isInbound(type) || "in".equals(JsonFields.asSent(message, "direction"));
        String readAt = type.equals("message-read") ? JsonFields.asSent(event, "eventTime") : null;
        return DeliveryEvent.of(
                        new MessageKey(BandwidthAdapter.PROVIDER, id),
                        inbound ? Direction.INBOUND : Direction.OUTBOUND,
                        inbound ? Progress.DELIVERED : BandwidthStatuses.withCode(progress, code),
                        type)
                .errorCode(code)
                .occurredAt(Rfc3339.read(readAt == null ? JsonFields.asSent(event, "time") : readAt))
                .from(plain(JsonFields.textOrNumber(message.get("from"))))
                .carrier(plain(JsonFields.asSent(event, "carrierName")))
                .sentAt(inbound ? null : Rfc3339.read(JsonFields.asSent(message, "time")))
                .segments(JsonFields.segments(JsonFields.textOrNumber(message.get("segmentCount"))));
    }

    /** The address of a plain string, or of an array in which there is one only. */
    private static @Nullable String soleAddress(@Nullable JsonNode to) {
        if (to == null || !to.isArray()) {
            return JsonFields.textOrNumber(to);
        }
        String sole = JsonFields.textOrNumber(to.get(0));
        for (JsonNode other : to) {
            if (sole == null || !sole.equals(JsonFields.textOrNumber(other))) {
                return null;
            }
        }
        return sole;
    }

    /**
     * The errorCode of an event or of a row of a look-up: an integer by the documentation, and a string is taken too. Null if there is
     * none, as which look-ups give 0; empty for a value that can be no code.
     */
    static @Nullable String code(JsonNode event) {
        JsonNode code = event.get("errorCode");
        if (code == null || code.isNull()) {
            return null;
        }
        String text = JsonFields.textOrNumber(code);
        String word = text == null ? "not a code" : text.strip();
        if (word.chars().allMatch(c -> c == '0')) {
            return null;
        }
        return CODE.matcher(word).matches() ? word : "";
    }

    private static @Nullable String plain(@Nullable String word) {
        return word == null || !Words.isPlain(word) ? null : word;
    }

    /** By the words by which Bandwidth's other products name their events: "event" of the international one, "eventType" of voice. */
    private static String unknownType(JsonNode event, @Nullable String type) {
        if (type != null) {
            return "the unknown type " + Words.shown(type);
        }
        String international = JsonFields.asSent(event, "event");
        String word = international == null ? JsonFields.asSent(event, "eventType") : international;
        return word == null ? "no type" : "no type, but " + Words.shown(word) + ", of another product than messaging";
    }
}
