package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.merge.Facet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * Writes what {@code posting} and {@code span} say of a large block of messages, once no new message can come into it. It reads
 * beside the writer and takes the writer's turn only to insert. A change that is committed in between is not lost: from the
 * moment that the block is complete, {@link IndexWriter} notes such changes by itself.
 */
final class PostingIndexer {
    /** A large block has two to this many ids. */
    static final int SHIFT = 14;

    static final String SELECT_PROGRESS = "SELECT posted_block, next_sequence FROM counter";
    static final String SELECT_MESSAGES = "SELECT id, key, history FROM message WHERE id >= ? AND id < ?";
    private static final String SELECT_POSTED = "SELECT posted_block FROM counter";
    private static final String INSERT_POSTING = "REPLACE INTO posting (place, entries) VALUES (?, ?)";
    private static final String UPDATE_POSTED = "UPDATE counter SET posted_block = ?";

    private final SqliteFile file;
    private final WriteConnection writer;
    private final MessageDecoder decoder = new MessageDecoder(new SqliteDictionary());

    PostingIndexer(SqliteFile file, WriteConnection writer) {
        this.file = file;
        this.writer = writer;
    }

    /** What was read of one large block. */
    private static final class Draft {
        private final long block;
        private final long[][] entries = new long[Postings.BUCKETS][256];
        private final int[] counts = new int[Postings.BUCKETS];
        private final Map<Long, long[]> spans = new TreeMap<>();

        private Draft(long block) {
            this.block = block;
        }

        private void add(long hash, long id) {
            int bucket = Postings.bucket(hash);
            if (counts[bucket] == entries[bucket].length) {
                entries[bucket] = Arrays.copyOf(entries[bucket], 2 * counts[bucket]);
            }
            entries[bucket][counts[bucket]++] = Postings.entry(hash, id);
        }

        private void add(long id, MessageState state) {
            for (RecipientState recipient : state.recipients()) {
                Recipient to = recipient.to();
                if (to != null) {
                    add(Facet.TO.value(to.address()), id);
                }
            }
            if (state.from() != null && state.direction() == Direction.INBOUND) {
                add(Facet.INBOUND_FROM.ofAddress(state.from()), id);
            }
            Registration registration = state.registration();
            if (registration != null && registration.reference() != null) {
                add(Facet.REFERENCE.value(registration.reference()), id);
            }
            long at = state.firstEventAt().toEpochMilli();
            long[] span = spans.computeIfAbsent(id >> IndexWriter.BLOCK_SHIFT, small -> new long[] {at, at});
            span[0] = Math.min(span[0], at);
            span[1] = Math.max(span[1], at);
        }
    }

    /** Indexes the next block. @return false if none is complete */
    boolean indexNext() throws StoreException {
        Draft draft;
        // A connection of its own: this happens once in 16,384 events.
        try (Connection connection = JDBC.createConnection(file.url(), file.readerProperties())) {
            connection.setAutoCommit(false);
            draft = read(connection);
        } catch (SQLException e) {
            throw SqliteErrors.of("reading messages for the index", e);
        } catch (Damaged e) {
            throw SqliteErrors.of("reading messages for the index", e);
        }
        return draft != null && writer.write("indexing messages", connection -> write(connection, draft));
    }

    private @Nullable Draft read(Connection connection) throws SQLException, Damaged {
        Draft draft;
        try (PreparedStatement select = connection.prepareStatement(SELECT_PROGRESS);
                ResultSet row = select.executeQuery()) {
            row.next();
            draft = new Draft(row.getLong(1));
            if (row.getLong(2) >> SHIFT <= draft.block) {
                return null;
            }
        }
        try (PreparedStatement select = connection.prepareStatement(SELECT_MESSAGES)) {
            select.setLong(1, draft.block << SHIFT);
            select.setLong(2, draft.block + 1 << SHIFT);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    MessageKey key = decoder.key(connection, rows.getBytes(2));
                    draft.add(rows.getLong(1), MessageState.of(decoder.history(connection, key, rows.getBytes(3))));
                }
            }
        }
        return draft;
    }

    private static boolean write(WriteConnection connection, Draft draft) throws SQLException {
        try (ResultSet row = connection.prepared(SELECT_POSTED).executeQuery()) {
            row.next();
            if (row.getLong(1) != draft.block) {
                // Another process was faster.
                return true;
            }
        }
        PreparedStatement insert = connection.prepared(INSERT_POSTING);
        for (int bucket = 0; bucket < Postings.BUCKETS; bucket++) {
            if (draft.counts[bucket] > 0) {
                insert.setLong(1, Postings.place(draft.block, bucket));
                insert.setBytes(2, Postings.write(draft.entries[bucket], draft.counts[bucket]));
                insert.executeUpdate();
            }
        }
        PreparedStatement widen = connection.prepared(IndexWriter.WIDEN_SPAN);
        for (Map.Entry<Long, long[]> span : draft.spans.entrySet()) {
            widen.setLong(1, span.getKey());
            widen.setLong(2, span.getValue()[0]);
            widen.setLong(3, span.getValue()[1]);
            widen.executeUpdate();
        }
        PreparedStatement update = connection.prepared(UPDATE_POSTED);
        update.setLong(1, draft.block + 1);
        update.executeUpdate();
        return true;
    }
}
