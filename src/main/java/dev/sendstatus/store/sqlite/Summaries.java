package dev.sendstatus.store.sqlite;

import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.MessageCounter;
import dev.sendstatus.store.MessageTimes;
import dev.sendstatus.store.Milliseconds;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.codec.BlockSummary;
import dev.sendstatus.store.codec.BlockSummaryCodec;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Counts the messages of a stretch of time by the summaries of their blocks, and reads only what has none: messages that came of
 * late, that are open, and that changed after their block was summed up. Within one read transaction.
 */
final class Summaries {
    // By the larger blocks, of which 16 smaller ones have an entry each.
    static final String SELECT_BLOCKS = """
            SELECT DISTINCT block >> %d FROM span WHERE earliest < ? AND latest >= ?""".formatted(PostingIndexer.SHIFT - IndexWriter.BLOCK_SHIFT);
    static final String SELECT_SUMMARY = "SELECT body FROM summary WHERE block = ?";
    static final String SELECT_LATE = "SELECT id FROM late_change WHERE block = ? ORDER BY id";
    static final String SELECT_RANGE = "SELECT key, history FROM message WHERE id >= ? AND id < ?";

    private final Statements statements;
    private final MessageDecoder decoder;
    private final FlagTable flags;
    private final long since;
    private final long until;

    Summaries(Connection connection, SqliteDictionary dictionary, Instant since, Instant until) {
        this.statements = new Statements(connection);
        this.decoder = new MessageDecoder(dictionary);
        this.flags = new FlagTable(dictionary);
        this.since = Milliseconds.atOrAfter(since);
        this.until = Milliseconds.atOrAfter(until);
    }

    <X extends Exception> void count(MessageCounter<X> counter) throws SQLException, Damaged, X {
        try (statements) {
            long posted = posted();
            PreparedStatement blocks = statements.prepared(SELECT_BLOCKS);
            blocks.setLong(1, until);
            blocks.setLong(2, since);
            try (ResultSet rows = blocks.executeQuery()) {
                while (rows.next()) {
                    long block = rows.getLong(1);
                    if (block < posted) {
                        countBlock(block, counter);
                    }
                }
            }
            countRange(posted << PostingIndexer.SHIFT, Long.MAX_VALUE, counter);
        }
    }

    private long posted() throws SQLException {
        try (ResultSet row = statements.prepared(PostingIndexer.SELECT_PROGRESS).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private <X extends Exception> void countBlock(long block, MessageCounter<X> counter)
            throws SQLException, Damaged, X {
        PreparedStatement select = statements.prepared(SELECT_SUMMARY);
        select.setLong(1, block);
        byte[] body;
        try (ResultSet row = select.executeQuery()) {
            body = row.next() ? row.getBytes(1) : null;
        }
        if (body == null) {
            countRange(block << PostingIndexer.SHIFT, block + 1 << PostingIndexer.SHIFT, counter);
            return;
        }
        BlockSummary summary = BlockSummaryCodec.read(body);
        long[] late = late(block);
        countKinds(summary, late, counter);
        for (long id : late) {
            countOne(id, counter);
        }
        for (long id : summary.live()) {
            if (Arrays.binarySearch(late, id) < 0) {
                countOne(id, counter);
            }
        }
    }

    private long[] late(long block) throws SQLException {
        PreparedStatement select = statements.prepared(SELECT_LATE);
        select.setLong(1, block);
        long[] ids = new long[16];
        int count = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (count == ids.length) {
                    ids = Arrays.copyOf(ids, 2 * count);
                }
                ids[count++] = rows.getLong(1);
            }
        }
        return Arrays.copyOf(ids, count);
    }

    /** Puts the times in the order of the kinds, so that each kind is looked at once. */
    private <X extends Exception> void countKinds(BlockSummary summary, long[] late, MessageCounter<X> counter)
            throws SQLException, Damaged, X {
        int kinds = summary.kinds().size();
        int[] ends = new int[kinds + 1];
        boolean[] counts = new boolean[summary.ids().length];
        int nextLate = 0;
        for (int i = 0; i < counts.length; i++) {
            while (nextLate < late.length && late[nextLate] < summary.ids()[i]) {
                nextLate++;
            }
            boolean changed = nextLate < late.length && late[nextLate] == summary.ids()[i];
            long at = summary.firstEventAt()[i];
            counts[i] = !changed && at >= since && at < until;
            if (counts[i]) {
                ends[summary.kindOf()[i] + 1]++;
            }
        }
        for (int kind = 0; kind < kinds; kind++) {
            ends[kind + 1] += ends[kind];
        }
        long[] firstEventAt = new long[ends[kinds]];
        long[] latencies = new long[ends[kinds]];
        int[] next = Arrays.copyOf(ends, kinds);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i]) {
                int place = next[summary.kindOf()[i]]++;
                firstEventAt[place] = summary.firstEventAt()[i];
                latencies[place] = summary.latencies()[i];
            }
        }
        for (int kind = 0; kind < kinds; kind++) {
            if (ends[kind + 1] > ends[kind]) {
                BlockSummary.Kind packed = summary.kinds().get(kind);
                counter.alike(
                        new StoredMessage(history(packed.key(), packed.history()), null),
                        new MessageTimes(firstEventAt, latencies, ends[kind], ends[kind + 1]));
            }
        }
    }

    private <X extends Exception> void countOne(long id, MessageCounter<X> counter) throws SQLException, Damaged, X {
        PreparedStatement select = statements.prepared(MessageDecoder.SELECT_ONE);
        select.setLong(1, id);
        countRows(select, counter);
    }

    private <X extends Exception> void countRange(long from, long to, MessageCounter<X> counter)
            throws SQLException, Damaged, X {
        PreparedStatement select = statements.prepared(SELECT_RANGE);
        select.setLong(1, from);
        select.setLong(2, to);
        countRows(select, counter);
    }

    private <X extends Exception> void countRows(PreparedStatement select, MessageCounter<X> counter)
            throws SQLException, Damaged, X {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] key = rows.getBytes(1);
                MessageHistory history = history(key, rows.getBytes(2));
                MessageState state = MessageState.of(history);
                long at = state.firstEventAt().toEpochMilli();
                if (at >= since && at < until) {
                    counter.message(new StoredMessage(history, state.open() ? flags.of(statements, key) : null));
                }
            }
        }
    }

    private MessageHistory history(byte[] key, byte[] packed) throws SQLException, Damaged {
        return decoder.history(statements.connection(), decoder.key(statements.connection(), key), packed);
    }
}
