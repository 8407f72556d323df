package dev.sendstatus.query;

import java.util.Arrays;

/**
 * Durations in milliseconds, of which exact percentiles are asked: each distinct one is kept once, with how often it came, so that
 * millions of messages, which take some seconds each, need some thousand entries. One thread.
 */
final class Latencies {
    private static final int FIRST_ROOM = 16;
    private static final int LEAST_FOLDED = 4_096;

    private long[] values = {};
    private long[] counts = {};
    private long[] unsorted = new long[FIRST_ROOM];
    private int waiting;
    private long count;

    void add(long millis) {
        if (waiting == unsorted.length) {
            if (waiting >= Math.max(LEAST_FOLDED, values.length)) {
                fold();
            } else {
                unsorted = Arrays.copyOf(unsorted, waiting * 2);
            }
        }
        unsorted[waiting++] = millis;
        count++;
    }

    long count() {
        return count;
    }

    /**
     * By the nearest rank: the least duration that so many percent of all do not exceed.
     *
     * @param percent 1 to 100
     * @throws IllegalStateException if there is none
     */
    long percentile(int percent) {
        fold();
        long rank = (count * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return values[i];
            }
        }
        throw new IllegalStateException("no durations");
    }

    /** How many are so long, or shorter. */
    long atMost(long millis) {
        fold();
        long found = 0;
        for (int i = 0; i < values.length && values[i] <= millis; i++) {
            found += counts[i];
        }
        return found;
    }

    /** Moves the unsorted durations to the sorted ones. Each pass over those is paid for by as many that were added since. */
    private void fold() {
        if (waiting == 0) {
            return;
        }
        Arrays.sort(unsorted, 0, waiting);
        long[] added = new long[waiting];
        long[] times = new long[waiting];
        int distinct = 0;
        for (int i = 0; i < waiting; i++) {
            if (distinct == 0 || added[distinct - 1] != unsorted[i]) {
                added[distinct++] = unsorted[i];
            }
            times[distinct - 1]++;
        }
        waiting = 0;
        join(added, times, distinct);
    }

    private void join(long[] added, long[] times, int length) {
        long[] all = new long[values.length + length];
        long[] often = new long[values.length + length];
        int size = 0;
        int own = 0;
        int other = 0;
        while (own < values.length || other < length) {
            boolean takeOwn = other == length || own < values.length && values[own] <= added[other];
            boolean takeOther = own == values.length || other < length && added[other] <= values[own];
            all[size] = takeOwn ? values[own] : added[other];
            often[size++] = (takeOwn ? counts[own] : 0) + (takeOther ? times[other] : 0);
            own += takeOwn ? 1 : 0;
            other += takeOther ? 1 : 0;
        }
        values = Arrays.copyOf(all, size);
        counts = Arrays.copyOf(often, size);
    }
}
