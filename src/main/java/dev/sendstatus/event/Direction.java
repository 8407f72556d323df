package dev.sendstatus.event;

/** Which way a message goes, seen from the operator. */
public enum Direction {
    OUTBOUND,
    INBOUND
}
