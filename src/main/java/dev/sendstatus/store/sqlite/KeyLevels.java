package dev.sendstatus.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The sorted levels of the index of keys, as their writer changes them. Each is a sequence of stretches in the order of their hashes. One that has
 * grown too large is merged into the next, some stretches at a time, so that no transaction takes long; a look-up asks all levels, and
 * so finds what is on its way.
 */
final class KeyLevels {
    private static final String SELECT_COUNT = "SELECT count(*) FROM key_run WHERE place >= ? AND place < ?";
    private static final String SELECT_FLOOR = "SELECT max(place) FROM key_run WHERE place >= ? AND place <= ?";
    private static final String SELECT_STRETCHES =
            "SELECT place, entries FROM key_run WHERE place >= ? AND place < ? ORDER BY place LIMIT ?";
    private static final String DELETE = "DELETE FROM key_run WHERE place >= ? AND place < ?";
    private static final String INSERT = "INSERT INTO key_run (place, entries) VALUES (?, ?)";
    private static final String SELECT_OLDEST = "SELECT min(id) FROM message";

    /** Two of them fill a page of 4 KB. */
    private static final int ENTRIES_OF_STRETCH = 220;
    /** What one step rewrites of the larger level, about. */
    private static final int STRETCHES_OF_STEP = 64;

    /** Beyond all hashes. */
    static final long END = 1L << KeyIndex.LEVEL_SHIFT;

    private static final int UNKNOWN = -1;
    /** What part of each level is counted: to count all of it would take as long as to read it. */
    private static final int[] PARTS = {1, 1, 16, 256};

    private final int[] most;
    private final int[] counts = new int[KeyIndex.LAST_LEVEL + 1];
    /** From which hash on a level is still to be merged into the next; END if it is not being merged. */
    private final long[] cursors = new long[KeyIndex.LAST_LEVEL + 1];

    /** @param most how many stretches a level may have, by its number */
    KeyLevels(int... most) {
        this.most = most.clone();
        forget();
    }

    /** Forgets what was not committed, or may have been changed by somebody else. */
    void forget() {
        Arrays.fill(counts, UNKNOWN);
        Arrays.fill(cursors, END);
    }

    /** How many entries there are, about. */
    long entries(WriteConnection connection) throws SQLException {
        long stretches = 0;
        for (int level = 1; level <= KeyIndex.LAST_LEVEL; level++) {
            stretches += count(connection, level);
        }
        return stretches * ENTRIES_OF_STRETCH;
    }

    /** Merges entries into the first level. @param sorted at least one */
    void add(WriteConnection connection, KeyEntries sorted) throws SQLException {
        merge(connection, 1, sorted, END);
    }

    /** Merges some of a level that is too large into the next. @return false if none is */
    boolean step(WriteConnection connection) throws SQLException {
        for (int level = 1; level < KeyIndex.LAST_LEVEL; level++) {
            if (cursors[level] == END && count(connection, level) > most[level]) {
                cursors[level] = 0;
            }
            if (cursors[level] < END) {
                step(connection, level);
                return true;
            }
        }
        return false;
    }

    private void step(WriteConnection connection, int level) throws SQLException {
        int larger = Math.max(1, count(connection, level + 1));
        int taken = Math.max(1, Math.min(STRETCHES_OF_STEP, STRETCHES_OF_STEP * count(connection, level) / larger));
        KeyEntries entries = new KeyEntries(taken * ENTRIES_OF_STRETCH);
        long until = END;
        int stretches = 0;
        PreparedStatement select = connection.prepared(SELECT_STRETCHES);
        bind(select, level, cursors[level], END);
        select.setInt(3, taken + 1);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (stretches == taken) {
                    until = rows.getLong(1) & END - 1;
                } else {
                    stretches++;
                    entries.add(rows.getBytes(2));
                }
            }
        }
        if (entries.size() > 0) {
            delete(connection, level, cursors[level], until);
            counts[level] -= stretches;
            merge(connection, level + 1, entries, until);
        }
        cursors[level] = until;
    }

    /** @param until of the level's stretches only those that begin before it are changed, which must be beyond all of the entries */
    private void merge(WriteConnection connection, int level, KeyEntries sorted, long until) throws SQLException {
        long from = floor(connection, level, sorted.hash(0));
        KeyEntries old = new KeyEntries(sorted.size() + STRETCHES_OF_STEP * ENTRIES_OF_STRETCH);
        int stretches = 0;
        PreparedStatement select = connection.prepared(SELECT_STRETCHES);
        bind(select, level, from, until);
        select.setInt(3, Integer.MAX_VALUE);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                stretches++;
                old.add(rows.getBytes(2));
            }
        }
        int before = count(connection, level);
        delete(connection, level, from, until);
        // Removed messages are the oldest ones: what leads to them goes when it comes by in the last level.
        long oldest = level == KeyIndex.LAST_LEVEL ? oldest(connection) : 0;
        int written = write(connection, level, KeyEntries.merged(old, sorted, oldest));
        counts[level] = before - stretches + written;
    }

    private static int write(WriteConnection connection, int level, KeyEntries entries) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT);
        int stretches = (entries.size() + ENTRIES_OF_STRETCH - 1) / ENTRIES_OF_STRETCH;
        int written = 0;
        int from = 0;
        for (int i = 1; i <= stretches; i++) {
            int to = Math.max(from, (int) ((long) entries.size() * i / stretches));
            // Those of one hash stay together, since a look-up reads one stretch.
            while (to > from && to < entries.size() && entries.hash(to) == entries.hash(to - 1)) {
                to++;
            }
            if (to > from) {
                insert.setLong(1, place(level, entries.hash(from)));
                insert.setBytes(2, entries.bytes(from, to));
                insert.executeUpdate();
                written++;
                from = to;
            }
        }
        return written;
    }

    /** The first hash of the stretch in which that one would be; itself if it comes before all. */
    private static long floor(WriteConnection connection, int level, long hash) throws SQLException {
        PreparedStatement select = connection.prepared(SELECT_FLOOR);
        bind(select, level, 0, hash);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            long place = row.getLong(1);
            return row.wasNull() ? hash : place & END - 1;
        }
    }

    private static long oldest(WriteConnection connection) throws SQLException {
        try (ResultSet row = connection.prepared(SELECT_OLDEST).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private int count(WriteConnection connection, int level) throws SQLException {
        if (counts[level] == UNKNOWN) {
            // A part tells, since hashes are spread evenly.
            int parts = PARTS[level];
            PreparedStatement select = connection.prepared(SELECT_COUNT);
            bind(select, level, 0, END / parts);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                counts[level] = row.getInt(1) * parts;
            }
        }
        return counts[level];
    }

    private static void delete(WriteConnection connection, int level, long from, long until) throws SQLException {
        PreparedStatement delete = connection.prepared(DELETE);
        bind(delete, level, from, until);
        delete.executeUpdate();
    }

    private static void bind(PreparedStatement statement, int level, long from, long until) throws SQLException {
        statement.setLong(1, place(level, from));
        statement.setLong(2, place(level, 0) + until);
    }

    private static long place(int level, long hash) {
        return ((long) level << KeyIndex.LEVEL_SHIFT) + hash;
    }
}
