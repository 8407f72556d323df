package dev.sendstatus.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a body in which anything may be absent, null, or of another type than yesterday: a value that does not fit is null,
 * never an exception.
 */
public final class JsonFields {
    /** The providers' ids have at most 60 characters, their addresses fewer; beyond this a database's index would refuse the row. */
    private static final int LONGEST = 255;

    private static final int LONGEST_NUMBER = 32;
    private static final int MOST_DECIMALS = 18;
    private static final int MOST_SEGMENT_DIGITS = 4;

    private JsonFields() {}

    /** The string of that name, fit to be kept; null if it is absent, no string, or not {@linkplain #usable usable}. */
    public static @Nullable String text(@Nullable JsonNode object, String name) {
        String text = asSent(object, name);
        return text != null && usable(text) ? text : null;
    }

    /** The string of that name as it came; null if it is absent or no string. */
    public static @Nullable String asSent(@Nullable JsonNode object, String name) {
        JsonNode value = object == null ? null : object.get(name);
        return value == null ? null : value.textValue();
    }

    /** The digits of a whole number; null if it is absent or of another type. */
    public static @Nullable String digits(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isIntegralNumber() ? value.asText() : null;
    }

    /** The value as it came, if it is a string, or a whole number by its digits: some systems leave out the quotes. Else null. */
    public static @Nullable String textOrNumber(@Nullable JsonNode value) {
        if (value != null && value.isIntegralNumber()) {
            String digits = value.asText();
            return digits.length() <= LONGEST_NUMBER ? digits : null;
        }
        return value == null ? null : value.textValue();
    }

    /** The plain text of that name, or the digits of a whole number; null if it is absent, empty, or not {@linkplain Words#isPlain plain}. */
    public static @Nullable String word(JsonNode object, String name) {
        String word = textOrNumber(object.get(name));
        return word == null || word.isEmpty() || !Words.isPlain(word) ? null : word;
    }

    /** The value of that name as it stands, blanks at its ends too; empty if it is null, absent or a container. */
    public static String value(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    /** The time of that name; null for everything else: one page of Telnyx's reference prints the literal text {@code date-time} there. */
    public static @Nullable Instant time(@Nullable JsonNode object, String name) {
        return Rfc3339.read(text(object, name));
    }

    /**
     * A sum of money, as text or a number; null if it is none that makes sense: a cost is never a reason to refuse a delivery report.
     * Providers bill with four decimals or five; a longer number must not make anybody expand an exponent.
     */
    public static @Nullable BigDecimal amount(@Nullable JsonNode value) {
        String text = value == null ? "" : value.asText();
        try {
            BigDecimal amount = new BigDecimal(text.length() > LONGEST_NUMBER ? "" : text);
            return Math.abs((long) amount.scale()) <= MOST_DECIMALS ? amount : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** Null where either is not known, and for less than nothing. */
    public static @Nullable Cost cost(@Nullable BigDecimal amount, @Nullable String currency) {
        return amount == null || amount.signum() < 0 || currency == null ? null : new Cost(amount, currency);
    }

    /** Whether a store can keep it as it is: neither empty nor overlong, and {@link Words#isStorable}. */
    public static boolean usable(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && Words.isStorable(text);
    }

    /** A count of segments by its digits; 0, which means unknown, for anything that is no count or an absurd one. */
    public static int segments(@Nullable String digits) {
        return digits == null || digits.isEmpty() || digits.length() > MOST_SEGMENT_DIGITS || !Words.isDigits(digits)
                ? 0
                : Integer.parseInt(digits);
    }

    /** Whether there is something other than null, {@code ""}, {@code []} and {@code {}} under that name. */
    public static boolean says(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return false;
        }
        if (value.isTextual()) {
            return !value.textValue().isEmpty();
        }
        return !value.isContainerNode() || !value.isEmpty();
    }

    /** The kind of a value, for a reason: {@code a number}, never the value itself. */
    public static String kind(@Nullable JsonNode value) {
        if (value == null || value.isMissingNode()) {
            return "missing";
        }
        if (value.isTextual()) {
            String text = value.textValue();
            return text.isEmpty() ? "empty" : usable(text) ? "a string" : "too long or not plain text";
        }
        String kind = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return value.isNull() ? kind : (value.isContainerNode() ? "an " : "a ") + kind;
    }
}
