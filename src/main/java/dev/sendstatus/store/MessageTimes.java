package dev.sendstatus.store;

import java.time.Instant;

/** The times of some messages. The arrays are the reader's: they are not to be kept nor changed. */
public final class MessageTimes {
    private final long[] firstEventAt;
    private final long[] latencies;
    private final int from;
    private final int to;

    /**
     * @param firstEventAt milliseconds since 1970
     * @param latencies milliseconds from being sent to its end; -1 where one of the two is not known
     * @param from the first of these that counts
     * @param to the first that no longer does
     */
    public MessageTimes(long[] firstEventAt, long[] latencies, int from, int to) {
        this.firstEventAt = firstEventAt;
        this.latencies = latencies;
        this.from = from;
        this.to = to;
    }

    public int size() {
        return to - from;
    }

    public Instant firstEventAt(int index) {
        return Instant.ofEpochMilli(firstEventAt[from + index]);
    }

    /** In milliseconds; -1 if it is not known. */
    public long latencyMillis(int index) {
        return latencies[from + index];
    }
}
