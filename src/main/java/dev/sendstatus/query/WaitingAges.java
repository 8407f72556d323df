package dev.sendstatus.query;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The ages of the messages that still wait, as a histogram. One thread. */
final class WaitingAges {
    /** The end of each step; the last one has none. The default thresholds of stuck messages and of giving up are among them. */
    static final List<Duration> ENDS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(3),
            Duration.ofDays(7));

    private static final long[] END_MILLIS =
            ENDS.stream().mapToLong(Duration::toMillis).toArray();

    private final long[] counts = new long[END_MILLIS.length + 1];

    void add(long ageMillis) {
        int step = 0;
        while (step < END_MILLIS.length && ageMillis >= END_MILLIS[step]) {
            step++;
        }
        counts[step]++;
    }

    long count() {
        return Arrays.stream(counts).sum();
    }

    /** How many are in each step: one more than there are {@link #ENDS}. */
    long count(int step) {
        return counts[step];
    }
}
