package dev.sendstatus.store.sqlite;

import java.util.Arrays;

/**
 * The bytes of a row of {@code posting}: sorted entries of six bytes, 34 bits of a value's hash and 14 of where in the large block
 * the message is. The row's bucket is six other bits of the hash. With some 200 entries a row, one message in a hundred million is
 * looked at in vain.
 */
final class Postings {
    static final int BUCKETS = 64;
    private static final int BYTES = 6;
    private static final int OFFSET_BITS = PostingIndexer.SHIFT;
    private static final int HASH_BITS = BYTES * 8 - OFFSET_BITS;

    private Postings() {}

    static int bucket(long hash) {
        return (int) hash & BUCKETS - 1;
    }

    /** The number of a row. */
    static long place(long block, int bucket) {
        return block * BUCKETS + bucket;
    }

    /** The large block of a row. */
    static long block(long place) {
        return Math.floorDiv(place, BUCKETS);
    }

    /** The entry of a message, as a number of six bytes. */
    static long entry(long hash, long id) {
        return lowest(hash) | id & (1L << OFFSET_BITS) - 1;
    }

    private static long lowest(long hash) {
        return hash >>> Long.SIZE - HASH_BITS << OFFSET_BITS;
    }

    /** @param entries the first so many of them; in any order, and in order afterwards */
    static byte[] write(long[] entries, int count) {
        Arrays.sort(entries, 0, count);
        byte[] bytes = new byte[count * BYTES];
        for (int i = 0; i < count; i++) {
            for (int b = 0; b < BYTES; b++) {
                bytes[i * BYTES + b] = (byte) (entries[i] >>> 8 * (BYTES - 1 - b));
            }
        }
        return bytes;
    }

    /** The row without an entry; the same bytes if it has none. */
    static byte[] without(byte[] bytes, long entry) {
        int index = firstAtLeast(bytes, entry);
        if (index == bytes.length / BYTES || at(bytes, index) != entry) {
            return bytes;
        }
        byte[] rest = new byte[bytes.length - BYTES];
        System.arraycopy(bytes, 0, rest, 0, index * BYTES);
        System.arraycopy(bytes, (index + 1) * BYTES, rest, index * BYTES, rest.length - index * BYTES);
        return rest;
    }

    /** The ids of that hash, in ascending order. @param block the large block that the row is of */
    static long[] ids(byte[] bytes, long hash, long block) {
        long lowest = lowest(hash);
        int from = firstAtLeast(bytes, lowest);
        int to = from;
        while (to < bytes.length / BYTES && at(bytes, to) >>> OFFSET_BITS == lowest >>> OFFSET_BITS) {
            to++;
        }
        long[] ids = new long[to - from];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = block << OFFSET_BITS | at(bytes, from + i) & (1L << OFFSET_BITS) - 1;
        }
        return ids;
    }

    private static int firstAtLeast(byte[] bytes, long entry) {
        int low = 0;
        int high = bytes.length / BYTES;
        while (low < high) {
            int middle = (low + high) / 2;
            if (at(bytes, middle) < entry) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long at(byte[] bytes, int index) {
        long entry = 0;
        for (int b = 0; b < BYTES; b++) {
            entry = entry << 8 | bytes[index * BYTES + b] & 0xFF;
        }
        return entry;
    }
}
