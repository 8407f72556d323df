package dev.sendstatus.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is read of callbacks as they came, and of those that were not understood. As with all {@link Reads}, from any thread. */
public interface RawReads {

    /** The raw callback that an event came with, by the event's sequence; empty once retention has removed it. */
    Optional<RawCallback> raw(long sequence) throws StoreException;

    /**
     * The first segment from that number on that came at that time or later, with those of its callbacks that did.
     *
     * @param fromSequence 0 for the oldest that there is; callbacks of lower numbers are left out
     */
    Optional<RawSegment> segment(long fromSequence, Instant since) throws StoreException;

    /**
     * A number below which everything is stored, and nothing will ever be added: that of the next event, or where several nodes
     * write, that of the oldest commit that is still under way. {@link #segment} gives nothing beyond it.
     */
    long nextSequence() throws StoreException;

    /**
     * What is in quarantine, the newest first.
     *
     * @param before only those of lower numbers
     * @param limit at most so many
     */
    List<QuarantinedCallback> quarantine(long before, int limit) throws StoreException;

    /** One of them. */
    Optional<QuarantinedCallback> quarantined(long sequence) throws StoreException;

    /** How many are in quarantine. */
    long quarantineSize() throws StoreException;
}
