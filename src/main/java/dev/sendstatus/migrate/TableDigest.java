package dev.sendstatus.migrate;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * The digest of all rows of a table in constant memory, whatever their order: databases sort packed keys each in its own way. A row adds its
 * SHA-256 to one of many sums, chosen by its label; where two sides' sums differ, only the rows of those have to be looked at again.
 */
final class TableDigest {
    static final int BUCKETS = 1 << 16;
    private static final int LONGS = 4;

    private final long[] sums = new long[BUCKETS * LONGS];
    private long rows;

    void add(String label, byte[] digest) {
        int at = bucket(label) * LONGS;
        LongBuffer parts = ByteBuffer.wrap(digest).asLongBuffer();
        for (int i = 0; i < LONGS; i++) {
            sums[at + i] += parts.get(i);
        }
        rows++;
    }

    /** The high bits of a text's hash hardly depend on its last characters. */
    static int bucket(String label) {
        return label.hashCode() * 0x9e3779b9 >>> Integer.SIZE - 16;
    }

    long rows() {
        return rows;
    }

    String hex() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer bytes = ByteBuffer.allocate(LONGS * Long.BYTES);
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                bytes.clear();
                for (int i = 0; i < LONGS; i++) {
                    bytes.putLong(sums[bucket * LONGS + i]);
                }
                sha.update(bytes.array());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The buckets in which the two differ, the first so many. */
    BitSet differing(TableDigest other, int most) {
        BitSet differing = new BitSet(BUCKETS);
        for (int i = 0; i < sums.length && differing.cardinality() < most; i++) {
            if (sums[i] != other.sums[i]) {
                differing.set(i / LONGS);
            }
        }
        return differing;
    }
}
