package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a body in which anything may be absent, null, or of another type than yesterday: what does not fit is
 * null, never an exception.
 */
final class Fields {
    /** Telnyx's ids have 36 characters and its addresses fewer; beyond this a database's index would refuse the row. */
    static final int LONGEST = 255;

    private Fields() {}

    /** The string of that name; null if it is absent, empty, no string, or {@linkplain #usable not usable}. */
    static @Nullable String text(@Nullable JsonNode object, String name) {
        JsonNode value = object == null ? null : object.get(name);
        return value != null && value.isTextual() && usable(value.textValue()) ? value.textValue() : null;
    }

    /** Whether a store can keep it as it is: not empty, not overlong, no NUL (PostgreSQL has none), no half a character. */
    static boolean usable(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether there is something other than null, {@code ""}, {@code []} and {@code {}} under that name. */
    static boolean says(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return false;
        }
        if (value.isTextual()) {
            return !value.textValue().isEmpty();
        }
        return !value.isContainerNode() || !value.isEmpty();
    }

    /** What a value is, for a reason: {@code a number}, never the value itself. */
    static String kind(@Nullable JsonNode value) {
        if (value == null || value.isMissingNode()) {
            return "missing";
        }
        if (value.isTextual()) {
            String text = value.textValue();
            return text.isEmpty() ? "empty" : usable(text) ? "a string" : "too long or not plain text";
        }
        return switch (value.getNodeType()) {
            case NULL -> "null";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case BINARY, MISSING, POJO, STRING -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
