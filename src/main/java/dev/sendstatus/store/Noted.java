package dev.sendstatus.store;

import java.time.Instant;

/**
 * A figure that is known as of now only, noted so that it can be compared later.
 *
 * @param name of what it is
 */
public record Noted(String name, Instant at, long figure) {

    /** The kind of figure. */
    public enum What {
        /** How many requests of an account were ever refused. */
        REFUSED,
        /** How many bytes of a disk were free. */
        DISK_FREE
    }
}
