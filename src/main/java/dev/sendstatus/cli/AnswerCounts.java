package dev.sendstatus.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of the server's answers to the callbacks of one provider. Safe for several threads. */
final class AnswerCounts {
    private static final int MOST_REASONS = 10;

    final LongAdder callbacks = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder forgedAccepted = new LongAdder();
    final LongAdder unacknowledged = new LongAdder();
    private final Map<String, LongAdder> reasons = new ConcurrentSkipListMap<>();

    /** @param reason what the last answer was; only so many different ones are kept */
    void unacknowledged(String reason) {
        unacknowledged.increment();
        if (reasons.containsKey(reason) || reasons.size() < MOST_REASONS) {
            reasons.computeIfAbsent(reason, first -> new LongAdder()).increment();
        }
    }

    Map<String, LongAdder> reasons() {
        return reasons;
    }

    boolean good() {
        return forgedAccepted.sum() == 0 && unacknowledged.sum() == 0;
    }
}
