package dev.sendstatus.store.sqlite;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the messages that were written last, by their packed keys: a second callback mostly comes seconds after the first, and its
 * message need not be read again. What is old gives way.
 *
 * <p>The rows lie one behind the other in a ring of bytes, and where each begins in a table of sets of four. As objects in a map they lived
 * just long enough for the garbage collector to copy them into its old generation, and filled it every twenty seconds at half of what the
 * server can take: pauses of 80 to 130 ms. For one thread at a time.
 */
final class RecentMessages {
    /** Some 20,000 messages. */
    private static final int BYTES = 1 << 22;

    private static final int SETS = 1 << 13;
    private static final int WAYS = 4;
    /** What would push out too many others is not remembered. */
    private static final int MOST_BYTES = 1 << 14;

    // A row in the ring: the lengths of its key and its history, its id, the key, the history.
    private static final int HISTORY_LENGTH = 4;
    private static final int ID = 8;
    private static final int KEY = 16;

    private final byte[] bytes = new byte[BYTES];
    private final ByteBuffer ring = ByteBuffer.wrap(bytes);

    /** Where rows begin, counted without going round; those that are no longer in the ring are no rows. */
    private final long[] places = new long[SETS * WAYS];

    /** Where the next one begins; never so low that a place never written is in the ring. */
    private long end = 2L * BYTES;

    /** The row of that key; null if it is not known here. */
    KeyIndex.@Nullable Found find(byte[] key) {
        int way = wayOf(key);
        if (way < 0) {
            return null;
        }
        int row = (int) (places[way] % BYTES);
        int history = row + KEY + key.length;
        return new KeyIndex.Found(
                ring.getLong(row + ID),
                Arrays.copyOfRange(bytes, history, history + ring.getInt(row + HISTORY_LENGTH)));
    }

    /** Takes the place of what was known of that key. */
    void put(byte[] key, long id, byte[] history) {
        int length = KEY + key.length + history.length;
        if (length > MOST_BYTES) {
            remove(key);
            return;
        }
        int way = wayOf(key);
        if (way < 0) {
            way = oldest(setOf(key));
        }
        int row = (int) (end % BYTES);
        if (row + length > BYTES) {
            // A row does not go over the ring's seam.
            end += BYTES - row;
            row = 0;
        }
        ring.putInt(row, key.length);
        ring.putInt(row + HISTORY_LENGTH, history.length);
        ring.putLong(row + ID, id);
        System.arraycopy(key, 0, bytes, row + KEY, key.length);
        System.arraycopy(history, 0, bytes, row + KEY + key.length, history.length);
        places[way] = end;
        end += length;
    }

    void remove(byte[] key) {
        int way = wayOf(key);
        if (way >= 0) {
            places[way] = 0;
        }
    }

    void clear() {
        Arrays.fill(places, 0);
    }

    /** Where the table has that key; negative if it has not. */
    private int wayOf(byte[] key) {
        int set = setOf(key);
        for (int way = set; way < set + WAYS; way++) {
            long place = places[way];
            if (place >= end - BYTES && holds((int) (place % BYTES), key)) {
                return way;
            }
        }
        return -1;
    }

    private boolean holds(int row, byte[] key) {
        return ring.getInt(row) == key.length
                && Arrays.equals(bytes, row + KEY, row + KEY + key.length, key, 0, key.length);
    }

    private int oldest(int set) {
        int oldest = set;
        for (int way = set + 1; way < set + WAYS; way++) {
            if (places[way] < places[oldest]) {
                oldest = way;
            }
        }
        return oldest;
    }

    private static int setOf(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return (hash >>> 8) % SETS * WAYS;
    }
}
