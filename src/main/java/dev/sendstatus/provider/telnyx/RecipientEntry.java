package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.JsonFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code to}.
 *
 * @param address null if it names nobody
 * @param entry the entry as it came; null if there was none
 * @param doubt why no recipient can be read in it; null if it could be
 */
record RecipientEntry(
        @Nullable String address,
        @Nullable JsonNode entry,
        @Nullable String doubt) {
    /** A group message has 8 at most; a longer list is not one that Telnyx makes. */
    private static final int MOST = 100;

    /**
     * {@code to} is an array of objects; one string in the callbacks of 2019 and in the newest WhatsApp model; absent in
     * minimal bodies, which then speak of nobody in particular.
     */
    static List<RecipientEntry> of(@Nullable JsonNode to) {
        if (to == null || to.isNull() || (to.isArray() && to.isEmpty())) {
            return List.of(new RecipientEntry(null, null, null));
        }
        if (!to.isArray()) {
            return List.of(one(to, "to"));
        }
        if (to.size() > MOST) {
            return List.of(doubtful("to has " + to.size() + " entries, more than " + MOST));
        }
        List<RecipientEntry> entries = new ArrayList<>(to.size());
        for (int i = 0; i < to.size(); i++) {
            entries.add(one(to.get(i), "to/" + i));
        }
        return entries;
    }

    /** {@code from} in the same shapes; null if it names nobody. */
    static @Nullable String sender(@Nullable JsonNode from) {
        return from == null ? null : one(from, "from").address();
    }

    /** A number (called {@code address} by the API of 2019), or the agent of an RCS message. */
    private static RecipientEntry one(JsonNode value, String where) {
        if (value.isTextual() && (value.textValue().isEmpty() || JsonFields.usable(value.textValue()))) {
            return new RecipientEntry(value.textValue(), value, null);
        }
        if (!value.isObject()) {
            return doubtful(where + " is " + JsonFields.kind(value));
        }
        for (String name : List.of("phone_number", "address", "agent_id")) {
            if (JsonFields.says(value, name)) {
                String address = JsonFields.text(value, name);
                return address != null
                        ? new RecipientEntry(address, value, null)
                        : doubtful(where + "/" + name + " is " + JsonFields.kind(value.get(name)));
            }
        }
        return new RecipientEntry(null, value, null);
    }

    private static RecipientEntry doubtful(String doubt) {
        return new RecipientEntry(null, null, doubt);
    }
}
