package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.ErasedHistory;
import dev.sendstatus.store.Erasure.Erased;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Erases a number from the histories of messages, from their flags, and from what they are found by. */
final class MessageErasure {
    private static final String SELECT_SEQUENCE = "SELECT next_sequence FROM counter";
    private static final String UPDATE_HISTORY = "UPDATE message SET history = ? WHERE id = ?";
    private static final String SELECT_SENDER = "SELECT sender FROM stuck WHERE key = ?";
    private static final String UPDATE_SENDER = "UPDATE stuck SET sender = ? WHERE key = ?";
    private static final int LOOKED_THROUGH = 16_384;

    private final SideReader reader;
    private final WriteConnection writer;
    private final MessageWriter messages;
    private final HistoryCodec codec;
    private final PhoneNumber number;
    private final SegmentErasure segments;
    private final ErasedPostings postings;
    private final IndexWriter index = new IndexWriter();
    private final MessageDecoder decoder = new MessageDecoder(new SqliteDictionary());
    private final Deque<Long> found = new ArrayDeque<>();
    private long from;
    private long end = 1;
    private boolean ended;

    MessageErasure(
            SqliteFile file,
            WriteConnection writer,
            MessageWriter messages,
            HistoryCodec codec,
            PhoneNumber number,
            SegmentErasure segments) {
        this.reader = new SideReader(file, "looking for messages of an erased number");
        this.writer = writer;
        this.messages = messages;
        this.codec = codec;
        this.number = number;
        this.segments = segments;
        this.postings = new ErasedPostings(number);
    }

    double progress() {
        return ended ? 1 : Math.min(1, (double) from / end);
    }

    Erased step(int limit) throws StoreException {
        if (found.isEmpty() && !ended) {
            reader.read(this::find);
        }
        List<Long> some = new ArrayList<>();
        while (some.size() < limit && !found.isEmpty()) {
            some.add(found.remove());
        }
        Erased done = some.isEmpty() ? Erased.NOTHING : erase(some);
        return new Erased(done.messages(), done.recipients(), done.rawCallbacks(), 0, !found.isEmpty() || !ended);
    }

    private boolean find(Connection connection) throws SQLException, Damaged {
        try (PreparedStatement select = connection.prepareStatement(SELECT_SEQUENCE);
                ResultSet row = select.executeQuery()) {
            row.next();
            end = row.getLong(1);
        }
        int rows = 0;
        try (PreparedStatement select = connection.prepareStatement(MessageRemoval.SELECT_NEXT)) {
            select.setLong(1, from);
            select.setInt(2, LOOKED_THROUGH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows++;
                    from = row.getLong(1) + 1;
                    MessageKey key = decoder.key(connection, row.getBytes(2));
                    if (ErasedHistory.of(decoder.history(connection, key, row.getBytes(3)), number) != null) {
                        found.add(row.getLong(1));
                    }
                }
            }
        }
        ended = rows < LOOKED_THROUGH;
        return ended;
    }

    private Erased erase(List<Long> ids) throws StoreException {
        // What is written here is not there yet if it fails.
        index.forget();
        return writer.write("erasing a number from messages", connection -> {
            SecureDelete.on(connection);
            // No changes are noted for the statistics: the summaries go, since they say what messages said.
            index.begin(number(connection, SELECT_SEQUENCE), 0);
            int changed = 0;
            int recipients = 0;
            NavigableSet<Long> late = new TreeSet<>();
            for (long id : ids) {
                ErasedHistory erased = erase(connection, id, late);
                if (erased != null) {
                    changed++;
                    recipients += erased.recipient() ? 1 : 0;
                }
            }
            long emptied = SegmentErasure.empty(connection, late);
            return new Erased(changed, recipients, emptied, 0, true);
        });
    }

    /**
     * @param late receives the numbers of events that came after the raw callbacks were looked through: theirs are emptied with them, since
     *     afterwards nothing would tell what they said
     */
    private @Nullable ErasedHistory erase(WriteConnection connection, long id, Set<Long> late)
            throws SQLException, Damaged {
        byte[] packed;
        MessageHistory before;
        PreparedStatement select = connection.prepared(MessageDecoder.SELECT_ONE);
        select.setLong(1, id);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            packed = row.getBytes(1);
            before = codec.history(codec.key(packed), row.getBytes(2));
        }
        ErasedHistory erased = ErasedHistory.of(before, number);
        if (erased == null) {
            return null;
        }
        for (RecordedEvent event : before.events()) {
            if (event.sequence() >= segments.reached()
                    && !erased.history().events().contains(event)) {
                late.add(event.sequence());
            }
        }
        PreparedStatement update = connection.prepared(UPDATE_HISTORY);
        update.setBytes(1, codec.history(erased.history()));
        update.setLong(2, id);
        update.executeUpdate();
        postings.remove(connection, id, before);
        index.write(connection, id, MessageState.of(before), MessageState.of(erased.history()));
        Summarizer.forgetBlockOf(connection, id);
        eraseSender(connection, packed);
        messages.forget(before.message());
        return erased;
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

    private static long number(WriteConnection connection, String sql) throws SQLException {
        try (ResultSet row = connection.prepared(sql).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
