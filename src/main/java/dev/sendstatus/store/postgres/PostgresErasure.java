package dev.sendstatus.store.postgres;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.ErasedHistory;
import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.codec.SegmentCodec;
import dev.sendstatus.store.merge.Known;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases a number, on PostgreSQL: from the messages with their flags first, then from raw callbacks, then from kept reports. All are looked
 * through: a repeated callback is no event of any message and yet is kept raw. A row's former version stays in the server's files until its
 * vacuum writes over it.
 */
final class PostgresErasure implements Erasure {
    private static final String SELECT_LAST = "SELECT coalesce(max(id), 0) FROM message";
    private static final String SELECT_MESSAGES =
            "SELECT id, key, history FROM message WHERE id > ? ORDER BY id LIMIT ?";
    private static final String LOCK =
            "SELECT id, key, history FROM message WHERE id = ANY (?) ORDER BY key FOR UPDATE";
    private static final String SELECT_SENDER = "SELECT sender FROM stuck WHERE key = ? AND sender IS NOT NULL";
    private static final String UPDATE_SENDER = "UPDATE stuck SET sender = ? WHERE key = ?";
    private static final String SELECT_SEGMENTS = """
            SELECT first_sequence, next_sequence, body FROM segment WHERE first_sequence >= ?
            ORDER BY first_sequence LIMIT ?""";
    private static final String UPDATE_SEGMENT = "UPDATE segment SET body = ? WHERE first_sequence = ?";
    private static final String DELETE_QUARANTINE = "DELETE FROM quarantine WHERE sequence >= ? AND sequence < ?";
    private static final String UPDATE_REPORT = "UPDATE report SET document = ? WHERE date = ?";

    private static final int LOOKED_THROUGH = 2_048;
    private static final int SEGMENTS_LOOKED_THROUGH = 64;

    private final WriteConnection writer;
    private final HistoryCodec codec;
    private final MessageDecoder decoder;
    private final PhoneNumber number;
    private Part part = Part.MESSAGES;
    private long last = -1;
    private long message = -1;
    private long segment;

    private enum Part {
        MESSAGES,
        SEGMENTS,
        REPORTS,
        DONE
    }

    PostgresErasure(WriteConnection writer, HistoryCodec codec, PostgresDictionary dictionary, PhoneNumber number) {
        this.writer = writer;
        this.codec = codec;
        this.decoder = new MessageDecoder(dictionary);
        this.number = number;
    }

    @Override
    public Erased step(int limit) throws StoreException {
        return switch (part) {
            case MESSAGES -> messages(limit);
            case SEGMENTS -> segments();
            case REPORTS -> reports();
            case DONE -> new Erased(0, 0, 0, 0, false);
        };
    }

    @Override
    public double progress() {
        return switch (part) {
            case MESSAGES -> share(message) / 2;
            case SEGMENTS -> 0.5 + share(segment) / 2;
            case REPORTS, DONE -> 1;
        };
    }

    private double share(long reached) {
        return last <= 0 ? 0 : Math.min(1, Math.max(0, (double) reached / last));
    }

    /** What a transaction found and did; it may run more than once, so the place is moved only afterwards. */
    private record Done(Erased erased, long reached, boolean ended) {}

    private Erased messages(int limit) throws StoreException {
        Done done = writer.write("erasing a number from messages", connection -> {
            if (last < 0) {
                try (ResultSet row = connection.prepared(SELECT_LAST).executeQuery()) {
                    row.next();
                    last = row.getLong(1);
                }
            }
            List<Long> found = new ArrayList<>();
            long reached = message;
            int rows = 0;
            PreparedStatement select = connection.prepared(SELECT_MESSAGES);
            select.setLong(1, message);
            select.setInt(2, LOOKED_THROUGH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && found.size() < limit) {
                    rows++;
                    reached = row.getLong(1);
                    MessageKey key = decoder.key(connection.connection(), row.getBytes(2));
                    MessageHistory history = decoder.history(connection.connection(), key, row.getBytes(3));
                    if (ErasedHistory.of(history, number) != null) {
                        found.add(reached);
                    }
                }
            }
            Erased erased = found.isEmpty() ? Erased.NOTHING : erase(connection, found);
            return new Done(erased, reached, rows < LOOKED_THROUGH && found.size() < limit);
        });
        message = done.reached();
        if (done.ended()) {
            part = Part.SEGMENTS;
        }
        return done.erased();
    }

    private Erased erase(WriteConnection connection, List<Long> ids) throws SQLException, Damaged {
        MessageRows rows = new MessageRows(codec);
        List<byte[]> keys = new ArrayList<>();
        long recipients = 0;
        PreparedStatement lock = connection.prepared(LOCK);
        lock.setArray(1, connection.array(MessageRows.longs(ids)));
        try (ResultSet row = lock.executeQuery()) {
            while (row.next()) {
                byte[] key = row.getBytes(2);
                MessageHistory history = codec.history(codec.key(key), row.getBytes(3));
                ErasedHistory erased = ErasedHistory.of(history, number);
                if (erased != null) {
                    rows.add(new Known(row.getLong(1), erased.history(), MessageState.of(erased.history())));
                    keys.add(key);
                    recipients += erased.recipient() ? 1 : 0;
                }
            }
        }
        RoundTrip trip = new RoundTrip(connection);
        rows.updateIn(trip);
        trip.run();
        for (byte[] key : keys) {
            eraseSender(connection, key);
        }
        return new Erased(keys.size(), recipients, 0, 0, true);
    }

    private void eraseSender(WriteConnection connection, byte[] key) throws SQLException {
        PreparedStatement select = connection.prepared(SELECT_SENDER);
        select.setBytes(1, key);
        String sender = null;
        try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
                sender = row.getString(1);
            }
        }
        if (sender != null && number.isIn(sender)) {
            PreparedStatement update = connection.prepared(UPDATE_SENDER);
            update.setString(1, number.erasedFrom(sender, PhoneNumber.ERASED));
            update.setBytes(2, key);
            update.executeUpdate();
        }
    }

    private Erased segments() throws StoreException {
        Done done = writer.write("emptying raw callbacks", connection -> {
            long reached = segment;
            long emptied = 0;
            long unreadable = 0;
            int rows = 0;
            PreparedStatement select = connection.prepared(SELECT_SEGMENTS);
            select.setLong(1, segment);
            select.setInt(2, SEGMENTS_LOOKED_THROUGH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    reached = row.getLong(2);
                    try {
                        emptied +=
                                empty(connection, row.getLong(1), SegmentCodec.read(row.getBytes(3), row.getLong(1)));
                    } catch (Damaged e) {
                        // Told by its count: nobody can read it, and so nobody can empty a part of it.
                        unreadable++;
                    }
                }
            }
            return new Done(new Erased(0, 0, emptied, unreadable, true), reached, rows < SEGMENTS_LOOKED_THROUGH);
        });
        segment = done.reached();
        if (done.ended()) {
            part = Part.REPORTS;
        }
        return done.erased();
    }

    private long empty(WriteConnection connection, long first, List<SegmentCodec.Entry> entries) throws SQLException {
        long emptied = 0;
        try (SegmentCodec segments = new SegmentCodec()) {
            segments.begin();
            for (SegmentCodec.Entry entry : entries) {
                boolean mentioned = number.occursIn(entry.callback());
                segments.add(mentioned ? entry.emptied() : entry, entry.earlierMillis());
                if (mentioned) {
                    emptied++;
                    PreparedStatement release = connection.prepared(DELETE_QUARANTINE);
                    release.setLong(1, entry.firstSequence());
                    release.setLong(2, entry.firstSequence() + entry.sequences());
                    release.executeUpdate();
                }
            }
            if (emptied > 0) {
                PreparedStatement update = connection.prepared(UPDATE_SEGMENT);
                update.setBytes(1, segments.end());
                update.setLong(2, first);
                update.executeUpdate();
            }
        }
        return emptied;
    }

    private Erased reports() throws StoreException {
        writer.write("erasing a number from reports", connection -> {
            int changed = 0;
            for (LocalDate date : ReportTable.dates(connection.connection())) {
                KeptReport report =
                        ReportTable.of(connection.connection(), date).orElseThrow();
                String erased = number.erasedFromText(report.document());
                if (!erased.equals(report.document())) {
                    PreparedStatement update = connection.prepared(UPDATE_REPORT);
                    update.setBytes(1, SegmentCodec.compress(erased));
                    update.setString(2, date.toString());
                    changed += update.executeUpdate();
                }
            }
            return changed;
        });
        part = Part.DONE;
        return new Erased(0, 0, 0, 0, false);
    }
}
