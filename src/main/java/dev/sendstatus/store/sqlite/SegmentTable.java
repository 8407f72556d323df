package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The raw callbacks, read. */
final class SegmentTable {
    /** The segment that has a number, if any has. */
    static final String SELECT_SEGMENT = """
            SELECT first_sequence, next_sequence, body FROM segment
            WHERE first_sequence <= ? ORDER BY first_sequence DESC LIMIT 1""";

    private SegmentTable() {}

    /** The callback that an event came with; empty once it was removed. */
    static Optional<RawCallback> raw(WholeCallbacks whole, long sequence) throws SQLException, Damaged {
        PreparedStatement select = whole.statements().prepared(SELECT_SEGMENT);
        select.setLong(1, sequence);
        SegmentCodec.Entry entry;
        try (ResultSet row = select.executeQuery()) {
            if (!row.next() || row.getLong(2) <= sequence) {
                return Optional.empty();
            }
            entry = SegmentCodec.entry(row.getBytes(3), row.getLong(1), sequence);
        }
        return Optional.of(whole.of(entry).callback());
    }
}
