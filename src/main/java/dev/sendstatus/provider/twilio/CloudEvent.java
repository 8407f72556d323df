package dev.sendstatus.provider.twilio;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One CloudEvent of Event Streams, with the fields that are read; a field that is missing, null or of another JSON type than
 * it should be is in neither map.
 *
 * @param envelope its own fields
 * @param data the fields of {@code data}; null if that is missing or neither an object nor the text of one
 */
record CloudEvent(Map<String, String> envelope, @Nullable Map<String, String> data) {

    /** An element of an array that is no event. */
    static final CloudEvent NONE = new CloudEvent(Map.of(), null);

    @Nullable
    String id() {
        return envelope.get("id");
    }

    @Nullable
    String type() {
        return envelope.get("type");
    }

    @Nullable
    String time() {
        return envelope.get("time");
    }

    /** A field of the data; null if it is missing or empty. */
    @Nullable
    String data(String name) {
        String value = data == null ? null : data.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
