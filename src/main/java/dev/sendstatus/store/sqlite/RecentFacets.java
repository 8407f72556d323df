package dev.sendstatus.store.sqlite;

import java.util.Arrays;

/**
 * Remembers some of the rows that the table facet has, so that they are not inserted again for each message: 65,536 at the most, in
 * sets of four, of which the oldest makes room. A row that is not remembered may be there all the same.
 */
final class RecentFacets {
    private static final int WAYS = 4;
    private static final int SETS = 1 << 14;
    private static final long NONE = -1;

    private final long[] values = new long[SETS * WAYS];
    private final long[] blocks = new long[SETS * WAYS];

    RecentFacets() {
        clear();
    }

    void clear() {
        Arrays.fill(blocks, NONE);
    }

    /** Remembers the row. @return whether it was remembered already */
    boolean add(long value, long block) {
        int first = (int) (value ^ block * 0x9e3779b97f4a7c15L >>> 40) & SETS - 1;
        first *= WAYS;
        for (int i = first; i < first + WAYS; i++) {
            if (blocks[i] == block && values[i] == value) {
                return true;
            }
        }
        System.arraycopy(values, first, values, first + 1, WAYS - 1);
        System.arraycopy(blocks, first, blocks, first + 1, WAYS - 1);
        values[first] = value;
        blocks[first] = block;
        return false;
    }
}
