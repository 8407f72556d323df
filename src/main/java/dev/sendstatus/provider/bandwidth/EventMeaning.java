package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.bandwidth.BandwidthStatuses.Meaning;
import dev.sendstatus.provider.bandwidth.EventFields.MessageFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of one element's fields the event that it states, or the reason why there is none in it. */
final class EventMeaning {

    private EventMeaning() {}

    /**
     * Adds to one of the two lists.
     *
     * @param place what the element is called in a reason
     */
    static void add(EventFields fields, String place, List<DeliveryEvent> events, Reasons reasons) {
        String type = fields.type;
        Meaning meaning = type == null ? null : BandwidthStatuses.ofCallback(type);
        MessageFields message = fields.message;
        String id = message == null ? null : message.id;
        if (type == null || meaning == null) {
            reasons.add(place, unknownType(fields));
        } else if (message == null || id == null || id.isEmpty()) {
            reasons.add(place, type + " without a message.id");
        } else if (!Words.isStorable(id)) {
            reasons.add(place, type + " with control characters in its message.id");
        } else if (fields.to != null && !Words.isStorable(fields.to)) {
            reasons.add(place, type + " with control characters in its recipient");
        } else if (meaning.progress() == Progress.FAILED && fields.errorCodeUnreadable) {
            // It might be the 9902 that makes it no failure.
            reasons.add(place, type + " with an errorCode that is none");
        } else {
            events.add(event(fields, type, meaning, message, id));
        }
    }

    static boolean understood(EventFields fields) {
        List<DeliveryEvent> events = new ArrayList<>();
        add(fields, "", events, new Reasons());
        return !events.isEmpty();
    }

    private static DeliveryEvent event(
            EventFields fields, String type, Meaning meaning, MessageFields message, String id) {
        // One URL may get both directions; the type tells them apart, and for a type of either the message itself does.
        boolean inbound = meaning.inbound() || "in".equals(message.direction);
        Progress progress =
                inbound ? Progress.DELIVERED : BandwidthStatuses.withCode(meaning.progress(), fields.errorCode);
        String eventTime = "message-read".equals(type) && fields.eventTime != null ? fields.eventTime : fields.time;
        return DeliveryEvent.of(
                        new MessageKey(BandwidthAdapter.PROVIDER, id),
                        inbound ? Direction.INBOUND : Direction.OUTBOUND,
                        progress,
                        type)
                .to(recipient(fields, message))
                .errorCode(fields.errorCode)
                .occurredAt(Rfc3339.read(eventTime))
                .from(storable(message.from))
                .carrier(storable(fields.carrierName))
                .sentAt(inbound ? null : Rfc3339.read(message.time))
                .segments(message.segmentCount)
                .build();
    }

    /** The top-level one: each member of a group has its own callback, and message.to names the whole group in all of them. */
    private static @Nullable String recipient(EventFields fields, MessageFields message) {
        return fields.to == null || fields.to.isEmpty() ? storable(message.soleTo) : fields.to;
    }

    private static @Nullable String storable(@Nullable String word) {
        return word == null || !Words.isStorable(word) ? null : word;
    }

    private static String unknownType(EventFields fields) {
        String type = fields.type;
        if (type != null) {
            return "the unknown type " + Words.shown(type);
        }
        String word = fields.otherProductsWord;
        return word == null ? "no type" : "no type, but " + Words.shown(word) + ", of another product than messaging";
    }
}
