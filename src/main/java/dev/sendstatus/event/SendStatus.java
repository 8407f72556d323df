package dev.sendstatus.event;

/** The status of a message for one recipient. The constants stand in the order in which one beats another. */
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
