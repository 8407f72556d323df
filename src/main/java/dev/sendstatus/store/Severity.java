package dev.sendstatus.store;

/** How much an alert or a notice matters; the later, the more. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
