package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.provider.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a callback's body: an array of events, or one event by itself, as the two-factor product and the OpenAPI examples have
 * it. What is no JSON to its last byte is not understood as a whole; within JSON each element is judged by itself.
 */
final class CallbackParser {
    // Names in a body are the sender's: they do not belong among the JVM's interned strings. The limits on depth,
    // lengths and
    // collisions are Jackson's own, and end in an IOException.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private CallbackParser() {}

    static Parsed parse(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            try {
                return parse(json);
            } catch (IOException notJson) {
                // Its message may quote the body; the place is all that is told.
                long at = json.currentLocation().getByteOffset();
                return new Parsed.NotUnderstood(at < 0 ? "not JSON" : "not JSON at byte " + at);
            }
        } catch (IOException notEvenText) {
            return new Parsed.NotUnderstood("not JSON");
        }
    }

    /** The messages that those of its events name which are not understood; none of a body that is not JSON. */
    static List<String> unread(byte[] body) {
        List<String> ids = new ArrayList<>();
        try (JsonParser json = JSON.createParser(body)) {
            JsonToken token;
            while ((token = json.nextToken()) != null) {
                // Within the array, or the only one; what is neither is passed over.
                if (token == JsonToken.START_OBJECT) {
                    EventFields fields = EventReader.read(json);
                    if (fields.message != null && fields.message.id != null && !EventMeaning.understood(fields)) {
                        ids.add(fields.message.id);
                    }
                }
            }
        } catch (IOException notJson) {
            return List.of();
        }
        return ids;
    }

    private static Parsed parse(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            return new Parsed.NotUnderstood("an empty body");
        }
        List<DeliveryEvent> events = new ArrayList<>(1);
        Reasons reasons = new Reasons();
        boolean emptyArray = false;
        if (first == JsonToken.START_OBJECT) {
            EventMeaning.add(EventReader.read(json), "the event", events, reasons);
        } else if (first == JsonToken.START_ARRAY) {
            emptyArray = elements(json, events, reasons) == 0;
        } else {
            reasons.add("the body", "neither an array nor an object");
        }
        if (json.nextToken() != null) {
            return new Parsed.NotUnderstood("something after the end of the JSON");
        }
        if (emptyArray) {
            return new Parsed.Ignored("an empty array");
        }
        return events.isEmpty()
                ? new Parsed.NotUnderstood(String.join("; ", reasons.all()))
                : new Parsed.Events(events, reasons.all());
    }

    private static int elements(JsonParser json, List<DeliveryEvent> events, Reasons reasons) throws IOException {
        int count = 0;
        JsonToken token;
        while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
            count++;
            String place = "event " + count;
            if (token == JsonToken.START_OBJECT) {
                EventMeaning.add(EventReader.read(json), place, events, reasons);
            } else {
                reasons.add(place, "not an object");
                json.skipChildren();
            }
        }
        return count;
    }
}
