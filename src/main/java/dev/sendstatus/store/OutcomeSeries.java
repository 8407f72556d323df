package dev.sendstatus.store;

import java.util.List;

/**
 * The outcomes of a key's messages over time.
 *
 * @param recent the newest messages, the oldest batch first
 * @param days the messages before those, each day that had any; no order
 * @param lately all of the last 48 hours
 */
public record OutcomeSeries(OutcomeKey key, List<OutcomeBatch> recent, List<OutcomeCounts> days, OutcomeCounts lately) {
    public OutcomeSeries {
        recent = List.copyOf(recent);
        days = List.copyOf(days);
    }
}
