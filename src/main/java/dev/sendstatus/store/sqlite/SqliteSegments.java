package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Raw callbacks read one segment after the other, table {@code segment}. {@code MessageWriter} writes it. */
final class SqliteSegments {
    // The times lie before the bodies in a row, so that passing over older segments reads no bodies.
    private static final String SELECT_NEXT = """
            SELECT first_sequence, next_sequence, received_at, body FROM segment
            WHERE first_sequence >= ? AND received_at >= ? ORDER BY first_sequence LIMIT 1""";
    private static final String SELECT_SEQUENCE = "SELECT next_sequence FROM counter";

    private SqliteSegments() {}

    static Optional<RawSegment> next(Connection connection, long fromSequence, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_NEXT)) {
            select.setLong(1, fromSequence);
            select.setLong(2, since.toEpochMilli());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(segment(row)) : Optional.empty();
            }
        }
    }

    private static RawSegment segment(ResultSet row) throws SQLException {
        long first = row.getLong(1);
        long next = row.getLong(2);
        Instant receivedAt = Instant.ofEpochMilli(row.getLong(3));
        try {
            List<RawSegment.Entry> entries = SegmentCodec.read(row.getBytes(4), first).stream()
                    .map(entry -> new RawSegment.Entry(entry.firstSequence(), entry.sequences(), entry.callback()))
                    .toList();
            return new RawSegment(first, next, receivedAt, false, entries);
        } catch (Damaged e) {
            // Said in the value: the segments after it can be read all the same.
            return new RawSegment(first, next, receivedAt, true, List.of());
        }
    }

    static long nextSequence(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_SEQUENCE);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
