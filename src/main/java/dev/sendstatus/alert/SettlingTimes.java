package dev.sendstatus.alert;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long an account's receipts take, and what follows from that.
 *
 * @param settled after that time a message's outcome counts
 * @param late a final report that takes longer is late
 */
record SettlingTimes(Duration settled, Duration late) {
    static final SettlingTimes UNKNOWN = of((Duration) null);

    /** @param receiptTimes how many final reports took at most so long, and longer than the next shorter time */
    static SettlingTimes of(Map<Duration, Long> receiptTimes) {
        return of(p95(receiptTimes));
    }

    private static SettlingTimes of(@Nullable Duration p95) {
        Duration settled = p95 == null || p95.compareTo(Thresholds.SETTLED_AT_LEAST) < 0
                ? Thresholds.SETTLED_AT_LEAST
                : p95.compareTo(Thresholds.SETTLED_AT_MOST) > 0 ? Thresholds.SETTLED_AT_MOST : p95;
        Duration late = p95 == null ? settled : p95.multipliedBy(Thresholds.LATE_FACTOR);
        return new SettlingTimes(settled, late.compareTo(settled) < 0 ? settled : late);
    }

    private static @Nullable Duration p95(Map<Duration, Long> receiptTimes) {
        long all = receiptTimes.values().stream().mapToLong(Long::longValue).sum();
        if (all < Thresholds.RECEIPTS_AT_LEAST) {
            return null;
        }
        long reached = 0;
        for (Map.Entry<Duration, Long> step : receiptTimes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            reached += step.getValue();
            if (reached >= Thresholds.SETTLED_SHARE * all) {
                return step.getKey();
            }
        }
        return Thresholds.SETTLED_AT_MOST;
    }

    /** The step in which a receipt time is kept. */
    static Duration step(Duration receiptTime) {
        return Thresholds.RECEIPT_TIME_STEPS.stream()
                .filter(step -> receiptTime.compareTo(step) <= 0)
                .findFirst()
                .orElse(Thresholds.SETTLED_AT_MOST);
    }
}
