package dev.sendstatus.query;

/** The messages of the last hours of a time, and those of them that failed. One thread. */
final class LastHours {
    static final int HOURS = 24;

    private final long[] messages = new long[HOURS];
    private final long[] failed = new long[HOURS];

    /** @param before how many hours before the last one; those further back are passed over */
    void add(long before, boolean isFailure) {
        if (before < HOURS) {
            messages[(int) before]++;
            failed[(int) before] += isFailure ? 1 : 0;
        }
    }

    long messages(int before) {
        return messages[before];
    }

    long failed(int before) {
        return failed[before];
    }
}
