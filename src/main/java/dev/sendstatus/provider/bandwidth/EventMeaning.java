package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.bandwidth.BandwidthStatuses.Meaning;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of one element the event that it states, or the reason why there is none in it. */
final class EventMeaning {
    /** Look-ups give 0 for "none". */
    private static final Pattern NONE = Pattern.compile("\\s*0*\\s*");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private EventMeaning() {}

    /**
     * Adds to one of the two lists.
     *
     * @param place what the element is called in a reason
     */
    static void add(JsonNode event, String place, List<DeliveryEvent> events, Reasons reasons) {
        String type = JsonFields.asSent(event, "type");
        Meaning meaning = type == null ? null : BandwidthStatuses.ofCallback(type);
        String id = JsonFields.textOrNumber(event.path("message").get("id"));
        String to = soleAddress(event.get("to"));
        String code = code(event);
        if (!event.isObject()) {
            reasons.add(place + ": not an object");
        } else if (type == null || meaning == null) {
            reasons.add(place + ": " + unknownType(event, type));
        } else if (id == null || id.isEmpty()) {
            reasons.add(place + ": " + type + " without a message.id");
        } else if (!Words.isPlain(id)) {
            reasons.add(place + ": " + type + " with control characters in its message.id");
        } else if (to != null && !Words.isPlain(to)) {
            reasons.add(place + ": " + type + " with control characters in its recipient");
        } else if (meaning.progress() == Progress.FAILED && code == null && hasCode(event)) {
            // It might be the 9902 that makes it no failure.
            reasons.add(place + ": " + type + " with an errorCode that is none");
        } else {
            JsonNode message = event.path("message");
            events.add(event(event, message, type, meaning, id, code)
                    // The top-level one: each member of a group has its own callback, and message.to names them all in
                    // each.
                    .to(to == null || to.isEmpty() ? plain(soleAddress(message.get("to"))) : to)
                    .build());
        }
    }

    private static DeliveryEvent.Builder event(
            JsonNode event, JsonNode message, String type, Meaning meaning, String id, @Nullable String code) {
        // One URL may get both directions; the type tells them apart, and for a type of either the message itself does.
        boolean inbound = meaning.inbound() || "in".equals(JsonFields.asSent(message, "direction"));
        Progress progress = inbound ? Progress.DELIVERED : BandwidthStatuses.withCode(meaning.progress(), code);
        String readAt = type.equals("message-read") ? JsonFields.asSent(event, "eventTime") : null;
        return DeliveryEvent.of(
                        new MessageKey(BandwidthAdapter.PROVIDER, id),
                        inbound ? Direction.INBOUND : Direction.OUTBOUND,
                        progress,
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

    /** An integer by the documentation; a string is taken too. Null if there is none, or none that can be one. */
    static @Nullable String code(JsonNode event) {
        String code = JsonFields.textOrNumber(event.get("errorCode"));
        return code != null && hasCode(event) && CODE.matcher(code.strip()).matches() ? code.strip() : null;
    }

    /** Whether there is any, be it unreadable. */
    private static boolean hasCode(JsonNode event) {
        JsonNode code = event.get("errorCode");
        String text = JsonFields.textOrNumber(code);
        return code != null
                && !code.isNull()
                && (text == null || !NONE.matcher(text).matches());
    }

    static @Nullable String plain(@Nullable String word) {
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
