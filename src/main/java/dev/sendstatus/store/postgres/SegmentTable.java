package dev.sendstatus.store.postgres;

import dev.sendstatus.store.RawCallback;
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

/** The raw callbacks, read. {@code MessageWriter} writes them, {@code SegmentDays} makes and drops the days. */
final class SegmentTable {
    static final String SELECT_SEGMENT = """
            SELECT first_sequence, next_sequence, body FROM segment
            WHERE first_sequence <= ? ORDER BY first_sequence DESC LIMIT 1""";
    // Only what is complete: a transaction that is still open may yet bring lower numbers than others that are
    // committed.
    static final String SELECT_NEXT = """
            SELECT first_sequence, next_sequence, received_at, body FROM segment
            WHERE first_sequence >= ? AND received_at >= ? AND first_sequence < (
                SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 16) + sequence_offset FROM counter)
            ORDER BY first_sequence LIMIT 1""";

    private SegmentTable() {}

    /** The callback that an event came with; empty once it was removed. */
    static Optional<RawCallback> raw(Connection connection, long sequence) throws SQLException, Damaged {
        try (PreparedStatement select = connection.prepareStatement(SELECT_SEGMENT)) {
            select.setLong(1, sequence);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getLong(2) <= sequence) {
                    return Optional.empty();
                }
                return Optional.of(SegmentCodec.entry(row.getBytes(3), row.getLong(1), sequence)
                        .callback());
            }
        }
    }

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
            List<RawSegment.Entry> callbacks = SegmentCodec.read(row.getBytes(4), first).stream()
                    .map(entry -> entry.raw(receivedAt))
                    .toList();
            return new RawSegment(first, next, receivedAt, false, callbacks);
        } catch (Damaged e) {
            return new RawSegment(first, next, receivedAt, true, List.of());
        }
    }
}
