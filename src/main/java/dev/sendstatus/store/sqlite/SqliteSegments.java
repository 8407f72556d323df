package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.RawSegment;
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
    // The times lie before the bodies in a row, so that passing over older segments reads no bodies. The number may lie
    // within a
    // segment: what was read one by one may have been packed together since.
    private static final String SELECT_NEXT = """
            SELECT first_sequence, next_sequence, received_at, body FROM segment
            WHERE first_sequence >= coalesce((SELECT max(first_sequence) FROM segment WHERE first_sequence <= ?1), 0)
                AND next_sequence > ?1 AND received_at >= ?2 ORDER BY first_sequence LIMIT 1""";
    private static final String SELECT_SEQUENCE = "SELECT next_sequence FROM counter";

    private SqliteSegments() {}

    static Optional<RawSegment> next(Connection connection, long fromSequence, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_NEXT)) {
            select.setLong(1, fromSequence);
            select.setLong(2, since.toEpochMilli());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(from(fromSequence, since, segment(row))) : Optional.empty();
            }
        }
    }

    private static RawSegment from(long fromSequence, Instant since, RawSegment segment) {
        List<RawSegment.Entry> wanted = segment.callbacks().stream()
                .filter(entry ->
                        entry.sequence() >= fromSequence && !entry.receivedAt().isBefore(since))
                .toList();
        return new RawSegment(
                segment.firstSequence(), segment.nextSequence(), segment.receivedAt(), segment.damaged(), wanted);
    }

    private static RawSegment segment(ResultSet row) throws SQLException {
        return SegmentCodec.segment(
                row.getLong(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3)), row.getBytes(4));
    }

    static long nextSequence(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT_SEQUENCE);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
