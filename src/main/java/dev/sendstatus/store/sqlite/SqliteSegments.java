package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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

    static Optional<RawSegment> next(WholeCallbacks whole, long fromSequence, Instant since) throws SQLException {
        PreparedStatement select = whole.statements().prepared(SELECT_NEXT);
        select.setLong(1, fromSequence);
        select.setLong(2, since.toEpochMilli());
        long first;
        long next;
        Instant receivedAt;
        byte[] body;
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            first = row.getLong(1);
            next = row.getLong(2);
            receivedAt = Instant.ofEpochMilli(row.getLong(3));
            body = row.getBytes(4);
        }
        List<RawSegment.Entry> wanted = new ArrayList<>();
        boolean damaged = false;
        try {
            for (SegmentCodec.Entry entry : SegmentCodec.read(body, first)) {
                RawSegment.Entry raw = entry.raw(receivedAt);
                if (raw.sequence() >= fromSequence && !raw.receivedAt().isBefore(since)) {
                    damaged |= !add(whole, entry, receivedAt, wanted);
                }
            }
        } catch (Damaged e) {
            damaged = true;
        }
        return Optional.of(new RawSegment(first, next, receivedAt, damaged, wanted));
    }

    /** @return false where it is damaged: that says nothing of the others */
    private static boolean add(
            WholeCallbacks whole, SegmentCodec.Entry entry, Instant receivedAt, List<RawSegment.Entry> wanted)
            throws SQLException {
        try {
            wanted.add(whole.of(entry).raw(receivedAt));
            return true;
        } catch (Damaged e) {
            return false;
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
