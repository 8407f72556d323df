package dev.sendstatus.store;

import java.time.Instant;

/**
 * Removes what is no longer to be kept, in steps that are short enough not to be felt by those who write meanwhile: each call is at
 * most one short transaction. One object is one run and remembers how far it is; for one thread.
 */
public interface Housekeeping {

    /**
     * Removes raw callbacks that came before that time, and from the quarantine what has no bytes any more.
     *
     * @param limit at most so many stretches of raw callbacks that were stored together
     * @return how many numbers were removed: a callback has one for each of its events, and at least one
     */
    Step removeRaw(Instant before, int limit) throws StoreException;

    /**
     * Removes messages that were last heard of before that time, open ones too, with all that is kept of them. A callback that comes
     * for one later begins it anew.
     *
     * @param limit at most so many
     * @return how many messages were removed
     */
    Step removeMessages(Instant before, int limit) throws StoreException;

    /**
     * Removes from indexes what leads to removed messages only.
     *
     * @param limit at most so many rows
     */
    Step tidy(int limit) throws StoreException;

    /**
     * Gives some of the disk back that is no longer needed.
     *
     * @return whether there may be more
     */
    boolean giveBack() throws StoreException;

    /** Shortens the log of what was written, where there is one. To be called at the end. */
    void shortenLog() throws StoreException;

    /** Begins to erase a number. */
    Erasure erasure(PhoneNumber number);

    /** @param more whether another step may remove more; a step may remove nothing and yet have more before it */
    record Step(long removed, boolean more) {}
}
