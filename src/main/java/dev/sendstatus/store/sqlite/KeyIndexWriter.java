package dev.sendstatus.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index of keys: what is new goes to level 0, a few rows that are not sorted and that this holds in memory as well; when they are
 * many they are merged into the sorted levels. Used by whoever holds the write connection.
 */
final class KeyIndexWriter {
    private static final String REPLACE = "REPLACE INTO key_run (place, entries) VALUES (?, ?)";
    private static final String DELETE_RECENT = "DELETE FROM key_run WHERE place < " + (1L << KeyIndex.LEVEL_SHIFT);

    /** They fill a page of 4 KB. */
    private static final int ENTRIES_OF_ROW = 440;

    private static final int MOST_RECENT = 8_192;
    /** Stretches of the levels: some 64,000 and a million keys. */
    private static final int[] MOST_STRETCHES = {0, 300, 5_000};
    /** A step for so many new keys: more than it takes to keep up. */
    private static final int KEYS_OF_STEP = 128;

    private final int mostRecent;
    private final KeyLevels levels;
    private final KeyFilter filter;
    private final KeyEntries recent = new KeyEntries(1_024);
    private final Set<Long> recentHashes = new HashSet<>();
    private boolean known;
    /** How many of the recent ones are in the table. */
    private int written;

    KeyIndexWriter() {
        this(new KeyFilter(), MOST_RECENT, MOST_STRETCHES);
    }

    /** With limits of one's own. */
    KeyIndexWriter(KeyFilter filter, int mostRecent, int... mostStretches) {
        this.filter = filter;
        this.mostRecent = mostRecent;
        this.levels = new KeyLevels(mostStretches);
    }

    /** Forgets what was not committed, or may have been changed by somebody else. */
    void forget() {
        known = false;
        filter.forget();
        levels.forget();
    }

    /** The message of that key, packed; null if there is none. */
    KeyIndex.@Nullable Found find(WriteConnection connection, byte[] key) throws SQLException {
        read(connection);
        long hash = KeyEntries.hash(key);
        List<Long> rows = new ArrayList<>(2);
        if (recentHashes.contains(hash)) {
            recent.find(hash, rows::add);
        }
        if (filter.mayHave(hash)) {
            KeyIndex.addSorted(connection, hash, rows);
        }
        return KeyIndex.among(connection, rows, key);
    }

    /** A message is inserted, whose key none has yet. */
    void add(WriteConnection connection, byte[] key, long id) throws SQLException {
        read(connection);
        long hash = KeyEntries.hash(key);
        recent.add(hash, id);
        recentHashes.add(hash);
    }

    /** Writes what was added, and keeps the levels in shape. To be called at the end of a transaction, or of a part that may be rolled back alone. */
    void flush(WriteConnection connection) throws SQLException {
        int added = recent.size() - written;
        if (!known || added == 0) {
            return;
        }
        if (recent.size() > mostRecent) {
            levels.add(connection, recent.sorted());
            filter.add(recent);
            connection.prepared(DELETE_RECENT).executeUpdate();
            clear();
        } else {
            write(connection);
        }
        for (int i = 0; i <= added / KEYS_OF_STEP && levels.step(connection); i++) {
            // One step done.
        }
        filter.step(connection, levels);
    }

    private void write(WriteConnection connection) throws SQLException {
        PreparedStatement replace = connection.prepared(REPLACE);
        for (int row = written / ENTRIES_OF_ROW; row * ENTRIES_OF_ROW < recent.size(); row++) {
            int from = row * ENTRIES_OF_ROW;
            replace.setLong(1, row);
            replace.setBytes(2, recent.bytes(from, Math.min(from + ENTRIES_OF_ROW, recent.size())));
            replace.executeUpdate();
        }
        written = recent.size();
    }

    private void read(WriteConnection connection) throws SQLException {
        if (known) {
            return;
        }
        clear();
        try (ResultSet rows = connection.prepared(KeyIndex.SELECT_RECENT).executeQuery()) {
            while (rows.next()) {
                recent.add(rows.getBytes(1));
            }
        }
        for (int i = 0; i < recent.size(); i++) {
            recentHashes.add(recent.hash(i));
        }
        written = recent.size();
        known = true;
    }

    private void clear() {
        recent.clear();
        recentHashes.clear();
        written = 0;
    }
}
