package dev.sendstatus.store.sqlite;

import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import dev.sendstatus.store.copy.CopiedMessage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/**
 * Writes messages of another database. They get row numbers of their own, one after another: those of PostgreSQL have wide gaps, and the
 * indexes by blocks of numbers rest on their being dense. The sequences of the events stay as they are.
 */
final class CopiedMessageWriter {
    private static final String INSERT_MESSAGE =
            "INSERT INTO message (account, waiting_since, history, id, key) VALUES (?, ?, ?, ?, ?)";
    private static final String UPDATE_MESSAGE =
            "UPDATE message SET account = ?, waiting_since = ?, history = ? WHERE id = ?";
    // Above all that is there, and where the blocks below the next sequence are indexed already, above those.
    private static final String SELECT_NEXT = """
            SELECT max(next_sequence, coalesce((SELECT max(id) + 1 FROM message), 1)), next_sequence, summed_block
            FROM counter""";

    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;
    private final KeyIndexWriter keys = new KeyIndexWriter();
    private final IndexWriter index = new IndexWriter();

    CopiedMessageWriter(SqliteDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
    }

    /** Forgets what was not committed. */
    void forget() {
        keys.forget();
        index.forget();
    }

    void write(WriteConnection connection, List<CopiedMessage> messages) throws SQLException, Damaged {
        long id;
        try (ResultSet row = connection.prepared(SELECT_NEXT).executeQuery()) {
            row.next();
            id = row.getLong(1);
            index.begin(row.getLong(2), row.getLong(3));
        }
        for (CopiedMessage message : messages) {
            MessageHistory history = message.history();
            byte[] key = codec.key(history.message());
            MessageState state = MessageState.of(history);
            // A batch may be there already if the source was copied once before.
            KeyIndex.Found found = keys.find(connection, key);
            if (found == null) {
                PreparedStatement insert = connection.prepared(INSERT_MESSAGE);
                bind(insert, state, codec.history(history), id);
                insert.setBytes(5, key);
                insert.executeUpdate();
                keys.add(connection, key, id);
                index.write(connection, id, null, state);
                id++;
            } else {
                MessageState before = MessageState.of(codec.history(history.message(), found.history()));
                PreparedStatement update = connection.prepared(UPDATE_MESSAGE);
                bind(update, state, codec.history(history), found.id());
                update.executeUpdate();
                index.write(connection, found.id(), before, state);
            }
        }
        keys.flush(connection);
    }

    private void bind(PreparedStatement statement, MessageState state, byte[] history, long id) throws SQLException {
        statement.setInt(1, dictionary.number(state.account()));
        if (state.open()) {
            statement.setLong(2, state.waitingSince().toEpochMilli());
        } else {
            statement.setNull(2, Types.INTEGER);
        }
        statement.setBytes(3, history);
        statement.setLong(4, id);
    }
}
