package dev.sendstatus.event;

/**
 * How far one statement takes a message, finer than {@link SendStatus}: the order is the one in which a later constant beats
 * an earlier one. A provider's table maps each of its words to one of these.
 */
public enum Progress {
    /** The sending program says that it sent the message; the provider has said nothing yet. */
    REGISTERED(SendStatus.SENT),
    /** The provider has it: accepted, scheduled, queued, sending. */
    ACCEPTED(SendStatus.SENT),
    /** Handed to the carrier; a receipt may follow. */
    SENT(SendStatus.SENT),
    /** The provider says that it will never know. */
    UNCONFIRMED(SendStatus.SENT),
    /** Not delivered. */
    FAILED(SendStatus.ERROR),
    /** Confirmed, read, or received by us. */
    DELIVERED(SendStatus.DELIVERED);

    private final SendStatus status;

    Progress(SendStatus status) {
        this.status = status;
    }

    public SendStatus status() {
        return status;
    }
}
