package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Housekeeping.Step;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Removes raw callbacks, whole segments at a time. They lie in the order of their arrival, so the old ones are the first. */
final class SegmentRemoval {
    // The time lies before the body in a row, so that no body is read.
    private static final String SELECT = """
            SELECT first_sequence, next_sequence, received_at FROM segment
            WHERE first_sequence >= ? ORDER BY first_sequence LIMIT ?""";
    private static final String DELETE_SEGMENT = "DELETE FROM segment WHERE first_sequence = ? AND next_sequence = ?";
    private static final String DELETE_QUARANTINE = "DELETE FROM quarantine WHERE sequence >= ? AND sequence < ?";

    /** If so many in a row are young, what follows is too: a clock that was wrong for a moment hides nothing behind it. */
    private static final int ROW_OF_YOUNG = 1_024;

    private final SideReader reader;
    private final WriteConnection writer;
    private final Deque<Range> found = new ArrayDeque<>();
    private long from;
    private boolean ended;

    SegmentRemoval(SqliteFile file, WriteConnection writer) {
        this.reader = new SideReader(file, "looking for raw callbacks to remove");
        this.writer = writer;
    }

    /** A segment's numbers. */
    private record Range(long first, long next) {}

    Step step(Instant before, int limit) throws StoreException {
        if (found.isEmpty() && !ended) {
            reader.read(connection -> find(connection, before));
        }
        List<Range> some = new ArrayList<>();
        while (some.size() < limit && !found.isEmpty()) {
            some.add(found.remove());
        }
        long removed = some.isEmpty() ? 0 : writer.write("removing raw callbacks", c -> remove(c, some));
        return new Step(removed, !found.isEmpty() || !ended);
    }

    private boolean find(Connection connection, Instant before) throws SQLException {
        int rows = 0;
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, from);
            select.setInt(2, ROW_OF_YOUNG);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    from = row.getLong(2);
                    if (row.getLong(3) < before.toEpochMilli()) {
                        found.add(new Range(row.getLong(1), row.getLong(2)));
                    }
                }
            }
        }
        ended = rows < ROW_OF_YOUNG || found.isEmpty();
        return ended;
    }

    private static long remove(WriteConnection connection, List<Range> some) throws SQLException {
        PreparedStatement segment = connection.prepared(DELETE_SEGMENT);
        PreparedStatement quarantine = connection.prepared(DELETE_QUARANTINE);
        long removed = 0;
        for (Range range : some) {
            segment.setLong(1, range.first());
            segment.setLong(2, range.next());
            // One that was packed together with younger ones since it was found leaves with them.
            if (segment.executeUpdate() == 1) {
                removed += range.next() - range.first();
                quarantine.setLong(1, range.first());
                quarantine.setLong(2, range.next());
                quarantine.executeUpdate();
            }
        }
        return removed;
    }
}
