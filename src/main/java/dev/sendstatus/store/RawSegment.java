package dev.sendstatus.store;

import java.time.Instant;
import java.util.List;

/**
 * Raw callbacks that were stored together.
 *
 * @param firstSequence the first sequence number in it
 * @param nextSequence the first one that is no longer in it
 * @param receivedAt when they came, to within one commit; of callbacks that were packed together later, when the last one came
 * @param damaged whether it, or some of it, cannot be read any more; that is left out
 * @param callbacks in order of arrival
 */
public record RawSegment(
        long firstSequence, long nextSequence, Instant receivedAt, boolean damaged, List<Entry> callbacks) {

    /**
     * One callback, or what stands in the place of one: a registration and a look-up have an empty body and no query.
     *
     * @param sequence its number: that of its first event
     * @param sequences how many numbers it has: one for each event, and at least one
     * @param receivedAt when it came, to within one commit
     */
    public record Entry(long sequence, int sequences, Instant receivedAt, RawCallback callback) {

        /** Whether a provider sent it: of what came by another way nothing raw is kept. */
        public boolean isCallback() {
            return !callback.isEmpty();
        }

        /** Whether an event of that sequence came with it. */
        public boolean holds(long ofEvent) {
            return ofEvent >= sequence && ofEvent < sequence + sequences;
        }
    }

    public RawSegment {
        callbacks = List.copyOf(callbacks);
    }
}
