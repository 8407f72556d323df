package dev.sendstatus.store.sqlite;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Hashes of keys, each with the row of its message, and their bytes in {@code key_run}: four of the hash and five of the row, the highest
 * first. Rows are less than 2 to the 40th; of ten million keys, one in 400 has a hash that another has as well.
 */
final class KeyEntries {
    static final int BYTES = 9;
    static final int HASH_BITS = 32;
    /** Of the index while it is sorted. */
    private static final int INDEX_BITS = 24;

    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes;
    private long[] rows;
    private int size;

    KeyEntries(int expected) {
        this.hashes = new long[expected];
        this.rows = new long[expected];
    }

    /** Of 32 bits. Kept for ever: the function may not change without making the index anew. */
    static long hash(byte[] key) {
        long hash = FNV_BASIS;
        for (byte some : key) {
            hash = (hash ^ some & 0xFF) * FNV_PRIME;
        }
        // FNV's high bits hardly depend on the last bytes.
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash >>> Long.SIZE - HASH_BITS;
    }

    int size() {
        return size;
    }

    long hash(int index) {
        return hashes[index];
    }

    void clear() {
        size = 0;
    }

    void add(long hash, long row) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(16, 2 * size));
            rows = Arrays.copyOf(rows, hashes.length);
        }
        hashes[size] = hash;
        rows[size++] = row;
    }

    void add(byte[] entries) {
        for (int at = 0; at + BYTES <= entries.length; at += BYTES) {
            add(hashAt(entries, at), rowAt(entries, at));
        }
    }

    /** The bytes of those from an index to before another. */
    byte[] bytes(int from, int to) {
        byte[] bytes = new byte[(to - from) * BYTES];
        int at = 0;
        for (int i = from; i < to; i++) {
            for (int shift = HASH_BITS - 8; shift >= 0; shift -= 8) {
                bytes[at++] = (byte) (hashes[i] >>> shift);
            }
            for (int shift = 32; shift >= 0; shift -= 8) {
                bytes[at++] = (byte) (rows[i] >>> shift);
            }
        }
        return bytes;
    }

    KeyEntries sorted() {
        if (size >= 1 << INDEX_BITS) {
            throw new IllegalStateException(size + " entries are too many to be sorted at once");
        }
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = hashes[i] << INDEX_BITS | i;
        }
        Arrays.sort(order);
        KeyEntries sorted = new KeyEntries(size);
        for (long place : order) {
            int index = (int) (place & (1 << INDEX_BITS) - 1);
            sorted.add(hashes[index], rows[index]);
        }
        return sorted;
    }

    /** Those of two that are sorted, sorted, without those whose row lies before the oldest. */
    static KeyEntries merged(KeyEntries one, KeyEntries other, long oldest) {
        KeyEntries merged = new KeyEntries(one.size + other.size);
        int i = 0;
        int j = 0;
        while (i < one.size || j < other.size) {
            boolean first = j == other.size || i < one.size && one.hashes[i] <= other.hashes[j];
            KeyEntries from = first ? one : other;
            int index = first ? i++ : j++;
            if (from.rows[index] >= oldest) {
                merged.add(from.hashes[index], from.rows[index]);
            }
        }
        return merged;
    }

    /** Adds the rows of that hash. */
    void find(long hash, LongConsumer found) {
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                found.accept(rows[i]);
            }
        }
    }

    /** Tells each of their hashes. */
    static void eachHash(byte[] entries, LongConsumer told) {
        for (int at = 0; at + BYTES <= entries.length; at += BYTES) {
            told.accept(hashAt(entries, at));
        }
    }

    /** Adds the rows of that hash. @param entries in any order */
    static void findAnywhere(byte[] entries, long hash, LongConsumer found) {
        for (int at = 0; at + BYTES <= entries.length; at += BYTES) {
            if (hashAt(entries, at) == hash) {
                found.accept(rowAt(entries, at));
            }
        }
    }

    /** Adds the rows of that hash. @param entries sorted */
    static void findSorted(byte[] entries, long hash, LongConsumer found) {
        int low = 0;
        int high = entries.length / BYTES;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hashAt(entries, middle * BYTES) < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int at = low * BYTES; at + BYTES <= entries.length && hashAt(entries, at) == hash; at += BYTES) {
            found.accept(rowAt(entries, at));
        }
    }

    private static long hashAt(byte[] bytes, int at) {
        return (long) (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | bytes[at + 3] & 0xFF;
    }

    private static long rowAt(byte[] bytes, int at) {
        return (long) (bytes[at + 4] & 0xFF) << 32
                | (long) (bytes[at + 5] & 0xFF) << 24
                | (bytes[at + 6] & 0xFF) << 16
                | (bytes[at + 7] & 0xFF) << 8
                | bytes[at + 8] & 0xFF;
    }
}
