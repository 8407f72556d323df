package dev.sendstatus.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which hashes the levels of the index of keys have, but for the last: roughly, by 23 of their bits, in a megabyte. Most new messages need
 * not be looked for there. It is read from the table once it has been missed often enough, since another process may write again and again.
 */
final class YoungHashes {
    private static final String SELECT =
            "SELECT entries FROM key_run WHERE place < " + ((long) KeyIndex.LAST_LEVEL << KeyIndex.LEVEL_SHIFT);

    private static final int BITS = 23;
    private static final int MISSED = 512;
    /** Some of them are long in the last level: with more, too many new messages would seem to be known. */
    private static final int MOST = 2 << 20;

    private @Nullable BitSet bits;
    private int size;
    private int missed;

    void forget() {
        bits = null;
        missed = 0;
    }

    void add(long hash) {
        if (bits != null) {
            bits.set(bit(hash));
            size++;
        }
    }

    /** @param recent those of level 0, of which the table may not have all yet */
    boolean mayHave(WriteConnection connection, long hash, KeyEntries recent) throws SQLException {
        BitSet known = bits;
        if (known == null && ++missed < MISSED) {
            return true;
        }
        if (known == null || size > MOST) {
            known = read(connection);
            add(recent, known);
            bits = known;
        }
        return known.get(bit(hash));
    }

    private BitSet read(WriteConnection connection) throws SQLException {
        BitSet read = new BitSet(1 << BITS);
        KeyEntries some = new KeyEntries(1_024);
        size = 0;
        try (ResultSet rows = connection.prepared(SELECT).executeQuery()) {
            while (rows.next()) {
                some.clear();
                some.add(rows.getBytes(1));
                add(some, read);
            }
        }
        return read;
    }

    private void add(KeyEntries some, BitSet to) {
        for (int i = 0; i < some.size(); i++) {
            to.set(bit(some.hash(i)));
        }
        size += some.size();
    }

    private static int bit(long hash) {
        return (int) (hash >>> 32 - BITS);
    }
}
