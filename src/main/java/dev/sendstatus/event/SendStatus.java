package dev.sendstatus.event;

/** What became of a message for one recipient, in the order in which one beats another. */
public enum SendStatus {
    /** On its way, or never reported. */
    SENT,
    /** Not delivered. */
    ERROR,
    /** The provider confirmed it. Inbound messages are always this. */
    DELIVERED;

    public boolean terminal() {
        return this != SENT;
    }
}
