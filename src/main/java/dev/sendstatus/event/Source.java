package dev.sendstatus.event;

/** How a statement came to us. New constants go to the end: the ordinal is stored. */
public enum Source {
    WEBHOOK,
    REGISTRATION,
    RECONCILIATION,
    REPLAY
}
