package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.StatusTable;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of each of Bandwidth's words: the {@code type} of a callback and the {@code messageStatus} of a look-up. See
 * {@code docs/providers/bandwidth.md}, "Statuses".
 */
final class BandwidthStatuses {
    /** "No receipt came": sent as a failure and billed, but the message may well have arrived. */
    static final String RECEIPT_EXPIRED = "9902";

    /** The types of callbacks. */
    static final StatusTable TYPES = new StatusTable(BandwidthStatuses.class, "statuses.csv");

    private static final StatusTable LOOKED_UP = new StatusTable(BandwidthStatuses.class, "lookup-statuses.csv");

    private BandwidthStatuses() {}

    /**
     * How far a status of the look-up takes a message.
     *
     * @param messageStatus as the look-up names it; null comes back if it is not known here
     * @param errorCode null if there is none
     */
    static @Nullable Progress ofLookup(String messageStatus, boolean inbound, @Nullable String errorCode) {
        Progress progress = LOOKED_UP.progress(messageStatus);
        return progress == null ? null : inbound ? Progress.DELIVERED : withCode(progress, errorCode);
    }

    /** A failure for want of a receipt is none: Bandwidth does not know what became of the message. */
    static Progress withCode(Progress progress, @Nullable String errorCode) {
        return progress == Progress.FAILED && RECEIPT_EXPIRED.equals(errorCode) ? Progress.UNCONFIRMED : progress;
    }
}
