package dev.sendstatus.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;

/**
 * Which hashes the sorted levels of the index of keys have: roughly, by the highest of their bits, so that most new messages need not be looked
 * for there. It is read from the table beside what is written, some hashes each time: no start waits for it, and another process that writes, after
 * which it is read again, holds nothing up.
 */
final class KeyFilter {
    /** In each sorted level the stretches that may have hashes from one to before another: one that begins earlier may reach there. */
    static final String SELECT = KeyIndex.ofSortedLevels("SELECT entries FROM key_run WHERE place >= coalesce("
            + KeyIndex.FLOOR + ", %1$d + ?1) AND place < %1$d + ?2");

    private static final int FEWEST_BITS = 20;
    /** In 16 MB. */
    private static final int MOST_BITS = 27;
    /** At least so many for each hash at first; with half as many, one new message in eight is looked for in vain. */
    private static final int BITS_FOR_EACH = 16;

    /** The first range to be read; it doubles where hashes are few. */
    private static final long NARROWEST = KeyLevels.END >> 14;

    private static final int ENTRIES_OF_STEP = 32_768;

    private final int entriesOfStep;
    private BitSet seen = new BitSet();
    private int bits;
    /** Of all hashes below it their bits are set. */
    private long known;

    private long width;
    /** How many were set, those that have gone since included. */
    private long size;

    private long most;

    KeyFilter() {
        this(ENTRIES_OF_STEP);
    }

    /** @param entriesOfStep how many to read each time, about */
    KeyFilter(int entriesOfStep) {
        this.entriesOfStep = entriesOfStep;
    }

    /** Forgets what was not committed, or may have been changed by somebody else. */
    void forget() {
        known = 0;
    }

    /** What comes to the sorted levels. */
    void add(KeyEntries entries) {
        for (int i = 0; i < entries.size(); i++) {
            set(entries.hash(i));
        }
    }

    /** @return false if the sorted levels do not have it */
    boolean mayHave(long hash) {
        return hash >= known || seen.get(bit(hash));
    }

    /** Reads some of what is not known yet. */
    void step(WriteConnection connection, KeyLevels levels) throws SQLException {
        if (size > most) {
            known = 0;
        }
        if (known == 0) {
            begin(levels.entries(connection));
        }
        for (long read = 0; known < KeyLevels.END && read < entriesOfStep; ) {
            long until = Math.min(KeyLevels.END, known + width);
            long before = size;
            read(connection, until);
            known = until;
            read += size - before;
            if (size - before < entriesOfStep / 4) {
                width *= 2;
            }
        }
    }

    private void begin(long entries) {
        int enough = Long.SIZE - Long.numberOfLeadingZeros(BITS_FOR_EACH * entries);
        int wanted = Math.max(FEWEST_BITS, Math.min(MOST_BITS, enough));
        if (wanted == bits) {
            seen.clear();
        } else {
            bits = wanted;
            seen = new BitSet(1 << bits);
        }
        width = NARROWEST;
        size = 0;
        // With the keys of messages that were removed it fills up as well.
        most = Math.max((1L << bits) / (BITS_FOR_EACH / 2), 2 * entries);
    }

    private void read(WriteConnection connection, long until) throws SQLException {
        PreparedStatement select = connection.prepared(SELECT);
        select.setLong(1, known);
        select.setLong(2, until);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                KeyEntries.eachHash(rows.getBytes(1), hash -> {
                    // A stretch reaches beyond the range, and each hash is to be counted once.
                    if (hash >= known && hash < until) {
                        set(hash);
                    }
                });
            }
        }
    }

    private void set(long hash) {
        seen.set(bit(hash));
        size++;
    }

    private int bit(long hash) {
        return (int) (hash >>> KeyEntries.HASH_BITS - bits);
    }
}
