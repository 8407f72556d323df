package dev.sendstatus.provider.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams through a body of Event Streams: one object or an array of them, as the sink's {@code batch_events} was set. Only
 * fields that are wanted are kept, so that neither depth nor size of the rest costs memory; Jackson bounds both. Of a key
 * that is given twice the last counts.
 */
final class CloudEventReader {
    /** Names are a stranger's until the signature fits, and so are not interned for the life of the process. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final Set<String> ENVELOPE = Set.of("id", "type", "time");

    private static final Set<String> TEXTS = Set.of(
            "messageSid",
            "accountSid",
            "messageStatus",
            "from",
            "to",
            "timestamp",
            "rawDlrDoneDate",
            "mcc",
            "mnc",
            "test_id");

    /** Numbers by the schemas; text is taken as well. Inbound and outbound have different names for the segments. */
    private static final Set<String> NUMBERS = Set.of("errorCode", "numberOfSegments", "numSegments");

    private CloudEventReader() {}

    /**
     * Reads every event of the body; what is no object is handed on as {@link CloudEvent#NONE}.
     *
     * @throws IOException if the body is not JSON, or is more than one JSON value; what was handed on before is then void
     */
    static void read(byte[] body, Consumer<CloudEvent> events) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                throw new IOException("the body is empty");
            }
            if (first == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    events.accept(event(json));
                }
            } else {
                events.accept(event(json));
            }
            if (json.nextToken() != null) {
                throw new IOException("something follows the JSON value");
            }
        }
    }

    private static CloudEvent event(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return CloudEvent.NONE;
        }
        Map<String, String> envelope = new HashMap<>();
        Map<String, String> data = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("data")) {
                data = data(json, value);
            } else if (ENVELOPE.contains(field)) {
                keep(envelope, field, value == JsonToken.VALUE_STRING ? json.getText() : null);
            }
            json.skipChildren();
        }
        return new CloudEvent(envelope, data);
    }

    /** An old sample has the data as the text of a JSON object; text that is none makes one event unreadable, not the body. */
    private static @Nullable Map<String, String> data(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            return fields(json);
        }
        if (value != JsonToken.VALUE_STRING) {
            return null;
        }
        return ofText(json.getText());
    }

    private static @Nullable Map<String, String> ofText(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, String> data = fields(json);
            return json.nextToken() == null ? data : null;
        } catch (IOException e) {
            // Not JSON: told from the outside by the missing data, without the text that Jackson quotes.
            return null;
        }
    }

    private static Map<String, String> fields(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (TEXTS.contains(field)) {
                keep(fields, field, value == JsonToken.VALUE_STRING ? json.getText() : null);
            } else if (NUMBERS.contains(field)) {
                boolean number = value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING;
                keep(fields, field, number ? json.getText() : null);
            }
            json.skipChildren();
        }
        return fields;
    }

    private static void keep(Map<String, String> fields, String field, @Nullable String value) {
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
    }
}
