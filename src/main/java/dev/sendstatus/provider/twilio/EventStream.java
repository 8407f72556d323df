package dev.sendstatus.provider.twilio;

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
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.Words;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body of Event Streams: one CloudEvent or an array of them, as the sink's {@code batch_events} was set.
 * {@code docs/providers/twilio.md}, Event Streams.
 */
final class EventStream {
    private static final String INBOUND = "com.twilio.messaging.inbound-message.received";

    /** Twilio sends it to validate a sink. */
    private static final String TEST = "com.twilio.eventstreams.test-event";

    private static final String PREFIX = "com.twilio.messaging.message.";

    /**
     * The ends of the event types of messages that were sent, each the status that it reports, as a form would call it. {@code queued} is
     * offered for subscription, and was never seen for messages that were sent by API.
     */
    private static final Set<String> WORDS = Set.of("queued", "sent", "delivered", "undelivered", "failed", "read");

    private EventStream() {}

    static Parsed read(byte[] body) {
        return JsonTree.parse(body, root -> {
            Statements statements = new Statements();
            Statements tests = new Statements();
            events(root).forEach(event -> add(event, statements, tests));
            if (!statements.events().isEmpty() || !statements.doubts().isEmpty()) {
                return statements.parsed();
            }
            return tests.doubts().isEmpty()
                    ? new Parsed.NotUnderstood("an array without an event")
                    : new Parsed.Ignored(String.join(", ", tests.doubts()));
        });
    }

    /** Every account that an event claims; none of a body that is not JSON, of which nothing will be read. */
    static Set<String> accountSids(byte[] body) {
        Set<String> sids = new LinkedHashSet<>(2);
        try {
            for (JsonNode event : events(JsonTree.read(body))) {
                String sid = text(data(event), "accountSid");
                if (sid != null) {
                    sids.add(sid);
                }
            }
        } catch (NotJson e) {
            return Set.of();
        }
        return sids;
    }

    private static Iterable<JsonNode> events(JsonNode root) {
        return root.isArray() ? root : List.of(root);
    }

    /** An old sample has the data as the text of a JSON object; text that is none makes one event unreadable, not the body. */
    private static @Nullable JsonNode data(JsonNode event) {
        JsonNode data = event.get("data");
        try {
            data = data != null && data.isTextual()
                    ? JsonTree.read(data.textValue().getBytes(StandardCharsets.UTF_8))
                    : data;
        } catch (NotJson e) {
            return null;
        }
        return data != null && data.isObject() ? data : null;
    }

    /** Null if it is missing, empty, or of another JSON type than it should be. */
    private static @Nullable String text(@Nullable JsonNode object, String name) {
        String text = JsonFields.asSent(object, name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** @param tests where a test is noted, which states nothing and is understood */
    private static void add(JsonNode event, Statements into, Statements tests) {
        String type = JsonFields.asSent(event, "type");
        String word = type == null ? null : word(type);
        Progress progress = word == null ? null : TwilioStatuses.progress(word);
        JsonNode data = data(event);
        String id = text(data, "messageSid");
        if (type == null) {
            into.doubt("an event without a type", id);
        } else if (type.equals(TEST)) {
            // Its CloudEvents id is the account's SID, the same each time; the test's own id tells it.
            String test = text(data, "test_id");
            tests.doubt("test event " + Words.shown(test != null ? test : JsonFields.value(event, "id")));
        } else if (word == null || progress == null) {
            into.doubt("unknown type " + Words.shown(type), id);
        } else if (data == null) {
            into.doubt("no data in " + type);
        } else if (id == null) {
            into.doubt("no messageSid in " + type);
        } else if (!Words.isStorable(id)) {
            into.doubt("a messageSid with characters that no store keeps in " + type, id);
        } else {
            into.add(stated(event, data, new MessageKey(TwilioAdapter.TWILIO, id), type, progress, word));
        }
    }

    /** The status that a type reports; null if the type is not known. */
    private static @Nullable String word(String type) {
        if (type.equals(INBOUND)) {
            return "received";
        }
        String end = type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "";
        return WORDS.contains(end) ? end : null;
    }

    private static DeliveryEvent stated(
            JsonNode event, JsonNode data, MessageKey message, String type, Progress progress, String word) {
        boolean inbound = type.equals(INBOUND);
        // The envelope's time, which even Twilio's own examples lack at times; null leaves it to the arrival.
        Instant time = Rfc3339.read(JsonFields.asSent(event, "time"));
        // The type decides: Twilio's sample of a delivered event says QUEUED inside. A status that it contradicts is
        // kept.
        String status = text(data, "messageStatus");
        String other = status == null || TwilioStatuses.same(status, word) ? null : status;
        // The network's codes are text, since both have zeros in front: 310-004.
        String country = text(data, "mcc");
        String network = text(data, "mnc");
        return DeliveryEvent.of(message, inbound ? Direction.INBOUND : Direction.OUTBOUND, progress, word)
                .to(text(data, "to"))
                .soleRecipient()
                .errorCode(TwilioStatuses.errorCode(JsonFields.textOrNumber(data.get("errorCode"))))
                .occurredAt(time != null ? time : Rfc3339.read(JsonFields.asSent(data, "timestamp")))
                .eventId(JsonFields.asSent(event, "id"))
                .detail(TwilioStatuses.detail("RawDlrDoneDate", text(data, "rawDlrDoneDate"), "messageStatus", other))
                .from(text(data, "from"))
                .carrier(country == null || network == null ? null : Words.shown(country + '-' + network))
                .segments(JsonFields.segments(
                        JsonFields.textOrNumber(data.get(inbound ? "numSegments" : "numberOfSegments"))))
                .build();
    }
}
