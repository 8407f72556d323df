package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.JsonFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codes in {@code errors[]}. Only the code counts: titles vary, and Telnyx's own pages disagree about them. Entries are
 * objects in callbacks and bare code strings in detail records.
 */
final class MessageErrors {
    private static final String POINTS_AT_RECIPIENT = "/to/";
    private static final int NO_RECIPIENT = -1;

    /** Telnyx lists one or two; the rest of an absurd list is not looked at, which keeps the work for it bounded. */
    private static final int MOST = 100;

    private final List<JsonNode> errors;
    private final int recipients;

    /** @param recipients how many entries {@code to[]} has */
    MessageErrors(JsonNode payload, int recipients) {
        this.errors = listed(payload.get("errors"));
        this.recipients = recipients;
    }

    /**
     * The code that concerns one recipient: its own {@code to[].errors}, else the error whose {@code source.pointer} names it,
     * else the first that names nobody. A lone recipient takes every error, whatever position it had in the request.
     */
    @Nullable
    String code(int recipient, @Nullable JsonNode entry) {
        String code = firstCode(listed(entry == null ? null : entry.get("errors")));
        if (code != null) {
            return code;
        }
        if (recipients <= 1) {
            return firstCode(errors);
        }
        String general = null;
        for (JsonNode error : errors) {
            String candidate = codeOf(error);
            int target = target(error);
            if (candidate != null && target == recipient) {
                return candidate;
            }
            if (general == null && target == NO_RECIPIENT) {
                general = candidate;
            }
        }
        return general;
    }

    /** Whether any error concerns that recipient, with or without a code. */
    boolean concern(int recipient, @Nullable JsonNode entry) {
        if (entry != null && entry.isObject() && JsonFields.says(entry, "errors")) {
            return true;
        }
        for (JsonNode error : errors) {
            int target = target(error);
            if (recipients <= 1 || target == recipient || target == NO_RECIPIENT) {
                return true;
            }
        }
        return false;
    }

    private static List<JsonNode> listed(@Nullable JsonNode value) {
        if (value == null || !value.isArray() || value.isEmpty()) {
            return List.of();
        }
        List<JsonNode> list = new ArrayList<>(Math.min(value.size(), MOST));
        for (int i = 0; i < value.size() && i < MOST; i++) {
            list.add(value.get(i));
        }
        return list;
    }

    private static @Nullable String firstCode(List<JsonNode> list) {
        for (JsonNode error : list) {
            String code = codeOf(error);
            if (code != null) {
                return code;
            }
        }
        return null;
    }

    private static @Nullable String codeOf(JsonNode error) {
        if (error.isTextual()) {
            return JsonFields.usable(error.textValue()) ? error.textValue() : null;
        }
        JsonNode code = error.get("code");
        if (code != null && code.isIntegralNumber() && code.canConvertToLong()) {
            return Long.toString(code.longValue());
        }
        return JsonFields.text(error, "code");
    }

    /** The N of {@code /to/N/phone_number}; none as well where N is no entry of this callback. */
    private int target(JsonNode error) {
        String pointer = JsonFields.text(error.get("source"), "pointer");
        if (pointer == null || !pointer.startsWith(POINTS_AT_RECIPIENT)) {
            return NO_RECIPIENT;
        }
        int index = 0;
        int at = POINTS_AT_RECIPIENT.length();
        int start = at;
        while (at < pointer.length() && pointer.charAt(at) != '/') {
            char c = pointer.charAt(at++);
            if (c < '0' || c > '9' || index >= recipients) {
                return NO_RECIPIENT;
            }
            index = index * 10 + (c - '0');
        }
        return at > start && index < recipients ? index : NO_RECIPIENT;
    }
}
