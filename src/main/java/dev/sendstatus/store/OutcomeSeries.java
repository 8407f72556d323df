package dev.sendstatus.store;

import java.time.Instant;
import java.util.List;

/**
 * The outcomes of a key's messages over time.
 *
 * @param recent the newest messages, the oldest batch first
 * @param days the messages before those, each day that had any; no order
 * @param lately all of the last 48 hours
 */
public record OutcomeSeries(OutcomeKey key, List<Batch> recent, List<OutcomeCounts> days, OutcomeCounts lately) {
    public OutcomeSeries {
        recent = List.copyOf(recent);
        days = List.copyOf(days);
    }

    /**
     * Some messages of one key that settled one after another.
     *
     * @param number rising within the key
     * @param firstAt when the first of them was first heard of
     * @param lastAt when the last of them was
     */
    public record Batch(long number, Instant firstAt, Instant lastAt, OutcomeCounts counts) {}
}
