package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.StatusTable;
import dev.sendstatus.provider.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of each of Telnyx's words for a status and a direction. It has two vocabularies, one of the messaging API and one of the detail records
 * (also used by API v1, and in upper case by the reports); both are understood everywhere, in any letter case.
 */
final class TelnyxStatuses {
    private static final StatusTable TABLE = new StatusTable(TelnyxStatuses.class, "statuses.csv");

    private TelnyxStatuses() {}

    /** Inbound messages are always delivered. Null for a word that is not in the table, and without a word. */
    static @Nullable Progress progress(@Nullable String status, boolean inbound) {
        if (inbound || status == null) {
            return inbound ? Progress.DELIVERED : null;
        }
        Progress found = TABLE.progress(status);
        return found != null ? found : TABLE.progress(status.toLowerCase(Locale.ROOT));
    }

    /** {@code direction}, in any letter case; null if it is absent or another word. */
    static @Nullable Direction direction(JsonNode message) {
        String word = String.valueOf(JsonFields.text(message, "direction"));
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "outbound" -> Direction.OUTBOUND;
            case "inbound" -> Direction.INBOUND;
            default -> null;
        };
    }

    /** The word of {@code direction}, for a reason. */
    static String shown(JsonNode message) {
        String word = JsonFields.text(message, "direction");
        return word == null ? "of an unexpected kind" : Words.quoted(word);
    }
}
