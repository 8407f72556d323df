package dev.sendstatus.cli;

import dev.sendstatus.event.SendStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of one provider in a run of {@code simulate}: its messages, which one thread counts, and the server's answers to its callbacks, which
 * any thread may count.
 */
final class SimulatedFigures {
    private static final int MOST_REASONS = 10;

    /** The messages that must have that send status once all callbacks have arrived. */
    private final Map<SendStatus, Long> expected = new EnumMap<>(SendStatus.class);
    /** The messages that no callback speaks of: lost ones of a provider that reports only the end. */
    long silent;

    long messages;

    final LongAdder callbacks = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder forgedAccepted = new LongAdder();
    final LongAdder unacknowledged = new LongAdder();
    private final Map<String, LongAdder> reasons = new ConcurrentSkipListMap<>();

    /** @param known whether the server knows of the message at all @param reported whether a callback speaks of it */
    void message(SendStatus status, boolean known, boolean reported) {
        messages++;
        silent += reported ? 0 : 1;
        if (known) {
            expected.merge(status, 1L, Long::sum);
        }
    }

    /** @param reason the last answer; only so many different ones are kept */
    void unacknowledged(String reason) {
        unacknowledged.increment();
        if (reasons.containsKey(reason) || reasons.size() < MOST_REASONS) {
            reasons.computeIfAbsent(reason, first -> new LongAdder()).increment();
        }
    }

    Map<String, LongAdder> reasons() {
        return reasons;
    }

    long expected(SendStatus status) {
        return expected.getOrDefault(status, 0L);
    }

    boolean good() {
        return forgedAccepted.sum() == 0 && unacknowledged.sum() == 0;
    }
}
