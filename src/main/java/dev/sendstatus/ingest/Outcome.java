package dev.sendstatus.ingest;

/** The outcome of storing something. */
public enum Outcome {
    /** Committed, and synced to disk. */
    COMMITTED,
    /** The queue was full, or the program is stopping: not stored. */
    FULL,
    /** The database could not commit in time. Not known to be stored; the sender must send it again. */
    UNAVAILABLE,
    /** Our mistake; sending it again does not help. Not stored. */
    BROKEN
}
