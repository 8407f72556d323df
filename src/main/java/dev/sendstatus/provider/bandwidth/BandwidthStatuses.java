package dev.sendstatus.provider.bandwidth;

import static java.util.Map.entry;

import dev.sendstatus.event.Progress;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of each of Bandwidth's words: the {@code type} of a callback and the {@code messageStatus} of a look-up. See
 * {@code docs/providers/bandwidth.md}, "Statuses".
 */
final class BandwidthStatuses {
    /** "No receipt came": sent as a failure and billed, but the message may well have arrived. */
    static final String RECEIPT_EXPIRED = "9902";

    private static final Map<String, Progress> CALLBACK_TYPES = Map.ofEntries(
            // MMS only, and only on accounts with MMS receipts; a plain SMS has one callback, its last.
            entry("message-sending", Progress.ACCEPTED),
            entry("message-sent", Progress.SENT),
            // For MMS and groups without receipts it means no more than "handed to the MMS centre", and nothing tells
            // the two apart: Bandwidth's word is taken.
            entry("message-delivered", Progress.DELIVERED),
            // RCS only. A message that was read was delivered.
            entry("message-read", Progress.DELIVERED),
            // Unless its code is RECEIPT_EXPIRED.
            entry("message-failed", Progress.FAILED),
            entry("message-received", Progress.DELIVERED),
            // An RCS user tapped an answer, or shared a place.
            entry("suggestion-response", Progress.DELIVERED),
            entry("requested-location-response", Progress.DELIVERED),
            // The same under the name that it had in Bandwidth's own libraries until the middle of 2026.
            entry("request-location-response", Progress.DELIVERED));

    private static final Set<String> INBOUND = Set.of(
            "message-received", "suggestion-response", "requested-location-response", "request-location-response");

    private static final Map<String, Progress> LOOKED_UP = Map.ofEntries(
            // Of a message that we sent: Bandwidth has received the request, not the recipient the message.
            entry("RECEIVED", Progress.ACCEPTED),
            entry("QUEUED", Progress.ACCEPTED),
            entry("SENDING", Progress.ACCEPTED),
            // "Accepted by the customer" is said of inbound messages; what it means of outbound ones is documented
            // nowhere, so it is taken for as little as it can be.
            entry("ACCEPTED", Progress.ACCEPTED),
            entry("SENT", Progress.SENT),
            entry("DELIVERED", Progress.DELIVERED),
            // Not sent, or a negative receipt came.
            entry("FAILED", Progress.FAILED),
            // Refused further up the line.
            entry("UNDELIVERED", Progress.FAILED),
            // Code 9902 as a word: on the page of 2021, gone from the list since, still in an example.
            entry("DLR_EXPIRED", Progress.UNCONFIRMED));

    private BandwidthStatuses() {}

    /** How far a callback of that type takes a message, but for its code; null if the type is not known here. */
    static @Nullable Progress ofCallback(String type) {
        return CALLBACK_TYPES.get(type);
    }

    static boolean inbound(String type) {
        return INBOUND.contains(type);
    }

    /**
     * How far a status of the look-up takes a message.
     *
     * @param messageStatus as the look-up names it; null comes back if it is not known here
     * @param errorCode null if there is none
     */
    static @Nullable Progress ofLookup(String messageStatus, boolean inbound, @Nullable String errorCode) {
        Progress progress = LOOKED_UP.get(messageStatus);
        return progress == null ? null : inbound ? Progress.DELIVERED : withCode(progress, errorCode);
    }

    /** A failure for want of a receipt is none: Bandwidth does not know what became of the message. */
    static Progress withCode(Progress progress, @Nullable String errorCode) {
        return progress == Progress.FAILED && RECEIPT_EXPIRED.equals(errorCode) ? Progress.UNCONFIRMED : progress;
    }
}
