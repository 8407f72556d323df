package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sendstatus.provider.bandwidth.EventFields.MessageFields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one element, token by token: what is not needed is passed over without becoming a string, above all the texts. A field
 * of an unexpected shape counts as absent; of a field that comes twice the last counts, as for nearly every JSON reader.
 */
final class EventReader {
    private static final int LONGEST_NUMBER = 32;
    private static final int MOST_SEGMENTS = 9_999;

    private EventReader() {}

    /** @param json at the start of the object; afterwards at its end */
    static EventFields read(JsonParser json) throws IOException {
        EventFields fields = new EventFields();
        String name;
        while ((name = json.nextFieldName()) != null) {
            json.nextToken();
            switch (name) {
                case "type" -> fields.type = text(json);
                case "time" -> fields.time = text(json);
                case "eventTime" -> fields.eventTime = text(json);
                case "to" -> fields.to = soleAddress(json);
                case "errorCode" -> errorCode(json, fields);
                case "carrierName" -> fields.carrierName = text(json);
                // "event" is the word of the international product, "eventType" that of voice and of the first
                // messaging API.
                case "event", "eventType" -> fields.otherProductsWord = text(json);
                case "message" -> fields.message = message(json);
                default -> json.skipChildren();
            }
        }
        return fields;
    }

    private static @Nullable MessageFields message(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        MessageFields fields = new MessageFields();
        String name;
        while ((name = json.nextFieldName()) != null) {
            json.nextToken();
            switch (name) {
                case "id" -> fields.id = textOrNumber(json);
                case "time" -> fields.time = text(json);
                case "direction" -> fields.direction = text(json);
                case "from" -> fields.from = textOrNumber(json);
                case "to" -> fields.soleTo = soleAddress(json);
                case "segmentCount" -> fields.segmentCount = count(textOrNumber(json));
                // Not "owner": in Bandwidth's own examples it holds now the sender, now the recipient.
                default -> json.skipChildren();
            }
        }
        return fields;
    }

    /** An integer by the documentation; a string is taken too, and 0, which look-ups give for "none", is none. */
    private static void errorCode(JsonParser json, EventFields fields) throws IOException {
        boolean absent = json.currentToken() == JsonToken.VALUE_NULL;
        String code = textOrNumber(json);
        if (code != null) {
            code = code.strip();
            absent = isZero(code);
        }
        boolean readable = !absent && code != null && Words.isCode(code);
        fields.errorCode = readable ? code : null;
        fields.errorCodeUnreadable = !absent && !readable;
    }

    /** Empty, or nothing but zeros. */
    private static boolean isZero(String code) {
        for (int i = 0; i < code.length(); i++) {
            if (code.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /** The address of a plain string, or of an array in which there is one only. */
    private static @Nullable String soleAddress(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return textOrNumber(json);
        }
        String sole = null;
        boolean several = false;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String address = textOrNumber(json);
            several |= address == null || (sole != null && !sole.equals(address));
            sole = address;
        }
        return several ? null : sole;
    }

    private static @Nullable String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    /** A string, or a whole number by its digits: some of Bandwidth's mocks leave out the quotes. */
    private static @Nullable String textOrNumber(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= LONGEST_NUMBER) {
            return json.getText();
        }
        return text(json);
    }

    private static int count(@Nullable String digits) {
        int count = 0;
        for (int i = 0; digits != null && i < digits.length(); i++) {
            char c = digits.charAt(i);
            count = c < '0' || c > '9' ? MOST_SEGMENTS + 1 : count * 10 + c - '0';
            if (count > MOST_SEGMENTS) {
                return 0;
            }
        }
        return count;
    }
}
