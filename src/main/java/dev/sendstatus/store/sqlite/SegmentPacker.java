package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs neighbouring segments into one, once no more come to them: callbacks that were committed one at a time take a third together of
 * what each took alone. It reads and compresses beside the writer, and takes the writer's turn only to replace. One thread.
 *
 * <p>A packed segment bears the time of its last callback, so that retention removes none too early, and the others say how long
 * before they came. It is of one hour at the most, so that none stays much longer.
 */
final class SegmentPacker {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentPacker.class);

    /** Reading one callback unpacks its whole segment: some milliseconds. Twice as many would take hardly less room. */
    static final int MOST_EVENTS = 1_024;

    private static final long MOST_BYTES = 4L << 20;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int PACKS_A_TURN = 16;
    private static final int LOOKED_AT = 1 << 16;

    private static final String SELECT_NEXT = """
            SELECT first_sequence, next_sequence, received_at,
                CASE WHEN length(body) > 10 THEN substr(body, 1, 10) ELSE x'00' END
            FROM segment WHERE first_sequence >= ? ORDER BY first_sequence LIMIT ?""";
    private static final String SELECT_BODY = "SELECT body FROM segment WHERE first_sequence = ? AND next_sequence = ?";
    private static final String DELETE = "DELETE FROM segment WHERE first_sequence = ?";
    private static final String INSERT =
            "INSERT INTO segment (first_sequence, next_sequence, received_at, body) VALUES (?, ?, ?, ?)";

    private final SideReader reader;
    private final WriteConnection writer;
    /** What lies before is packed. Not stored: what is packed already is passed over in no time after a start. */
    private long from;

    SegmentPacker(SqliteFile file, WriteConnection writer) {
        this.reader = new SideReader(file, "reading raw callbacks to pack");
        this.writer = writer;
    }

    /** A segment as it is found. @param bytes of it unpacked */
    private record Row(long first, long next, long receivedAt, long bytes) {
        boolean goesWith(Row before) {
            return first == before.next && receivedAt / HOUR_MILLIS == before.receivedAt / HOUR_MILLIS;
        }
    }

    /**
     * What is to take the place of some segments.
     *
     * @param rows those segments
     * @param bodies theirs, as they were read
     */
    record Pack(List<Row> rows, List<byte[]> bodies, long receivedAt, byte[] body) {}

    /** @param packs those of this turn @param from where the next turn begins @param more whether there may be more at once */
    record Found(List<Pack> packs, long from, boolean more) {}

    /** Packs some of what is complete. @return whether there may be more */
    boolean packNext() throws StoreException {
        Found found = find();
        for (Pack pack : found.packs()) {
            replace(pack);
        }
        from = found.from();
        return found.more();
    }

    Found find() throws StoreException {
        return reader.read(connection -> {
            try (SegmentCodec codec = new SegmentCodec()) {
                return find(connection, codec);
            }
        });
    }

    private Found find(Connection connection, SegmentCodec codec) throws SQLException {
        List<Pack> packs = new ArrayList<>();
        List<Row> group = new ArrayList<>();
        long bytes = 0;
        long reached = from;
        int looked = 0;
        try (PreparedStatement select = connection.prepareStatement(SELECT_NEXT)) {
            select.setLong(1, from);
            select.setInt(2, LOOKED_AT);
            try (ResultSet rows = select.executeQuery()) {
                while (packs.size() < PACKS_A_TURN && rows.next()) {
                    Row row = row(rows);
                    looked++;
                    if (!group.isEmpty() && !(fits(row, group) && bytes + row.bytes() <= MOST_BYTES)) {
                        if (group.size() > 1) {
                            pack(connection, codec, group, packs);
                        }
                        group.clear();
                        bytes = 0;
                        reached = row.first();
                    }
                    group.add(row);
                    bytes += row.bytes();
                }
            }
        }
        return new Found(packs, reached, packs.size() == PACKS_A_TURN || looked == LOOKED_AT);
    }

    private static Row row(ResultSet rows) throws SQLException {
        long bytes;
        try {
            bytes = SegmentCodec.length(rows.getBytes(4));
        } catch (Damaged e) {
            // It stays as it is, alone; whoever reads it is told.
            bytes = MOST_BYTES;
        }
        return new Row(rows.getLong(1), rows.getLong(2), rows.getLong(3), bytes);
    }

    private static boolean fits(Row row, List<Row> group) {
        return row.goesWith(group.get(group.size() - 1))
                && row.next() - group.get(0).first() <= MOST_EVENTS;
    }

    private static void pack(Connection connection, SegmentCodec codec, List<Row> group, List<Pack> packs)
            throws SQLException {
        long receivedAt = group.stream().mapToLong(Row::receivedAt).max().orElseThrow();
        List<byte[]> bodies = new ArrayList<>();
        codec.begin();
        try (PreparedStatement select = connection.prepareStatement(SELECT_BODY)) {
            for (Row row : group) {
                byte[] body = body(select, row);
                bodies.add(body);
                for (SegmentCodec.Entry entry : SegmentCodec.read(body, row.first())) {
                    codec.add(entry, receivedAt - row.receivedAt() + entry.earlierMillis());
                }
            }
        } catch (Damaged e) {
            LOG.debug(
                    "raw callbacks from {} on stay as they are, unpacked: {}",
                    group.get(0).first(),
                    e.getMessage());
            return;
        }
        packs.add(new Pack(List.copyOf(group), bodies, receivedAt, codec.end()));
    }

    /** Empty if it is not there. */
    private static byte[] body(PreparedStatement select, Row row) throws SQLException {
        select.setLong(1, row.first());
        select.setLong(2, row.next());
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? found.getBytes(1) : new byte[0];
        }
    }

    /** Puts a pack into the place of its segments; leaves them where one of them was changed or removed since it was read. */
    void replace(Pack pack) throws StoreException {
        writer.append("packing raw callbacks", connection -> {
            List<Row> rows = pack.rows();
            for (int i = 0; i < rows.size(); i++) {
                if (!Arrays.equals(
                        body(connection.prepared(SELECT_BODY), rows.get(i)),
                        pack.bodies().get(i))) {
                    return false;
                }
            }
            PreparedStatement delete = connection.prepared(DELETE);
            for (Row row : rows) {
                delete.setLong(1, row.first());
                delete.executeUpdate();
            }
            PreparedStatement insert = connection.prepared(INSERT);
            insert.setLong(1, rows.get(0).first());
            insert.setLong(2, rows.get(rows.size() - 1).next());
            insert.setLong(3, pack.receivedAt());
            insert.setBytes(4, pack.body());
            insert.executeUpdate();
            return true;
        });
    }
}
