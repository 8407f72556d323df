package dev.sendstatus.store;

import java.time.Instant;

/** Stored times are whole milliseconds since 1970; those that are asked for need not be. */
public final class Milliseconds {
    private Milliseconds() {}

    /** The first whole one at that time or later: of stored times, "then or later" and "before then" mean the same of it. */
    public static long atOrAfter(Instant time) {
        return time.toEpochMilli() + (time.getNano() % 1_000_000 == 0 ? 0 : 1);
    }
}
