package dev.sendstatus.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which row a message has, read. {@link KeyIndexWriter} says how the index is kept. */
final class KeyIndex {
    /** A level's places begin at its number, shifted by so many. */
    static final int LEVEL_SHIFT = 32;

    /** The last level, which takes in all that there is. */
    static final int LAST_LEVEL = 3;

    /** Where the stretch begins, of a level that begins at the first number, in which the hash ?1 would be; null if that comes before all. */
    static final String FLOOR = "(SELECT max(place) FROM key_run WHERE place >= %1$d AND place <= %1$d + ?1)";
    /** Level 0, in the order in which it was written. */
    static final String SELECT_RECENT =
            "SELECT entries FROM key_run WHERE place < " + (1L << LEVEL_SHIFT) + " ORDER BY place";
    /** In each sorted level the one stretch in which a hash would be. */
    static final String SELECT_SORTED = ofSortedLevels("SELECT entries FROM key_run WHERE place = " + FLOOR);

    private KeyIndex() {}

    /** One statement for all sorted levels. @param select of one, with its first place as the first number */
    static String ofSortedLevels(String select) {
        return IntStream.rangeClosed(1, LAST_LEVEL)
                .mapToObj(level -> select.formatted((long) level << LEVEL_SHIFT))
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    /** A message that is stored. */
    record Found(long id, byte[] history) {}

    /** The message of that key, packed; null if there is none. */
    static @Nullable Found find(Prepared statements, byte[] key) throws SQLException {
        List<Long> rows = new ArrayList<>(2);
        long hash = KeyEntries.hash(key);
        // Before the sorted ones: what is merged meanwhile is then found there.
        try (ResultSet recent = statements.prepared(SELECT_RECENT).executeQuery()) {
            while (recent.next()) {
                KeyEntries.findAnywhere(recent.getBytes(1), hash, rows::add);
            }
        }
        addSorted(statements, hash, rows);
        return among(statements, rows, key);
    }

    /** Adds what the sorted levels have. */
    static void addSorted(Prepared statements, long hash, List<Long> rows) throws SQLException {
        PreparedStatement select = statements.prepared(SELECT_SORTED);
        select.setLong(1, hash);
        try (ResultSet stretches = select.executeQuery()) {
            while (stretches.next()) {
                KeyEntries.findSorted(stretches.getBytes(1), hash, rows::add);
            }
        }
    }

    /** The one of these rows that has the key. */
    static @Nullable Found among(Prepared statements, List<Long> rows, byte[] key) throws SQLException {
        for (long id : rows) {
            PreparedStatement select = statements.prepared(MessageDecoder.SELECT_ONE);
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && Arrays.equals(row.getBytes(1), key)) {
                    return new Found(id, row.getBytes(2));
                }
            }
        }
        return null;
    }
}
