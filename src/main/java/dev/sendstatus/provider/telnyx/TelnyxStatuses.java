package dev.sendstatus.provider.telnyx;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Words;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of each of Telnyx's words for a status and a direction. It has two vocabularies, one of the messaging API and one of the detail records
 * (also used by API v1, and in upper case by the reports); both are understood everywhere, in any letter case.
 */
final class TelnyxStatuses {

    private static final Map<String, Progress> TABLE = Map.ofEntries(
            // Messaging API: to[].status.
            entry("scheduled", Progress.ACCEPTED),
            // The API description prints it inside a message.sent event too: the status decides, not the event.
            entry("queued", Progress.ACCEPTED),
            entry("sending", Progress.ACCEPTED),
            entry("sent", Progress.SENT),
            entry("delivered", Progress.DELIVERED),
            // RCS and WhatsApp: the recipient opened it, after the end was reported.
            entry("read", Progress.DELIVERED),
            entry("delivery_failed", Progress.FAILED),
            entry("sending_failed", Progress.FAILED),
            // In the API's enum, missing from the guide's table.
            entry("expired", Progress.FAILED),
            // A scheduled message that its owner withdrew: it will never arrive.
            entry("cancelled", Progress.FAILED),
            // Final: the carrier sent no receipt. Neither a failure nor a message that still waits.
            entry("delivery_unconfirmed", Progress.UNCONFIRMED),
            // Final: a group MMS recipient outside Telnyx, for whom no receipt can come.
            entry("unknown", Progress.UNCONFIRMED),
            // Both ends are Telnyx numbers and the receiving end has the message.
            entry("received", Progress.DELIVERED),
            entry("webhook_delivered", Progress.DELIVERED),
            // Detail records and API v1, where they differ.
            entry("failed", Progress.FAILED),
            entry("gw_reject", Progress.FAILED),
            // The gateway never answered, so nothing went out.
            entry("gw_timeout", Progress.FAILED),
            // It went out, and no receipt came in time.
            entry("dlr_timeout", Progress.UNCONFIRMED),
            entry("dlr_unconfirmed", Progress.UNCONFIRMED));

    private TelnyxStatuses() {}

    /** Inbound messages are always delivered. Null for a word that is not in the table, and without a word. */
    static @Nullable Progress progress(@Nullable String status, boolean inbound) {
        if (inbound || status == null) {
            return inbound ? Progress.DELIVERED : null;
        }
        Progress found = TABLE.get(status);
        return found != null ? found : TABLE.get(status.toLowerCase(Locale.ROOT));
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
