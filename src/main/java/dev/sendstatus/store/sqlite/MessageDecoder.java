package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.Connection;
import java.sql.SQLException;

/** Keys and histories from their bytes; the words that the writer has added since are read when they are first missed. */
final class MessageDecoder {
    /** A message by its row: what is decoded here. */
    static final String SELECT_ONE = "SELECT key, history FROM message WHERE id = ?";

    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;

    MessageDecoder(SqliteDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
    }

    MessageKey key(Connection connection, byte[] bytes) throws SQLException, Damaged {
        try {
            return codec.key(bytes);
        } catch (Damaged e) {
            dictionary.load(connection);
            return codec.key(bytes);
        }
    }

    MessageHistory history(Connection connection, MessageKey key, byte[] bytes) throws SQLException, Damaged {
        try {
            return codec.history(key, bytes);
        } catch (Damaged e) {
            dictionary.load(connection);
            return codec.history(key, bytes);
        }
    }

    AccountName account(Connection connection, int number) throws SQLException, Damaged {
        try {
            return dictionary.account(number);
        } catch (Damaged e) {
            dictionary.load(connection);
            return dictionary.account(number);
        }
    }
}
