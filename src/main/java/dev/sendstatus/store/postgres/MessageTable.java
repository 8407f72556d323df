package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.OpenMessage;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages, read by their keys or because they are open; {@link MessageLists} reads them by what they say. */
final class MessageTable {
    static final String SELECT_BY_KEYS = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM message m LEFT JOIN stuck s ON s.key = m.key
            WHERE m.key = ANY (?::bytea[])""";
    static final String SELECT_OPEN = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM waiting w JOIN message m ON m.id = w.id LEFT JOIN stuck s ON s.key = m.key
            WHERE w.account = ? AND w.since <= ? AND (?::boolean OR s.key IS NULL)
            ORDER BY w.since, m.key""";
    private static final String SELECT_SETTLED = """
            SELECT m.id, m.key, m.history,
                s.key, s.account, s.sender, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at
            FROM stuck s JOIN message m ON m.key = s.key
            WHERE (s.ended_at IS NULL OR s.ending = ?) AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.id = m.id)
            ORDER BY s.due_at, s.key""";
    private static final String SELECT_PROVIDERS = "SELECT DISTINCT provider FROM account ORDER BY provider";

    private final PostgresDictionary dictionary;
    private final HistoryCodec codec;
    private final MessageLists lists;

    MessageTable(PostgresDictionary dictionary, MessageLists lists) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
        this.lists = lists;
    }

    /** Those of these messages that there are, in the same order. */
    List<StoredMessage> of(Connection connection, List<MessageKey> keys) throws SQLException, Damaged {
        List<byte[]> packed = new ArrayList<>();
        for (MessageKey key : keys) {
            if (knows(connection, key.provider())) {
                packed.add(codec.key(key));
            }
        }
        if (packed.isEmpty()) {
            return List.of();
        }
        Map<MessageKey, StoredMessage> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_BY_KEYS)) {
            select.setArray(1, connection.createArrayOf("bytea", packed.toArray(new byte[0][])));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StoredMessage message = lists.message(connection, rows);
                    found.put(message.history().message(), message);
                }
            }
        }
        List<StoredMessage> ordered = new ArrayList<>();
        for (MessageKey key : keys) {
            StoredMessage message = found.get(key);
            if (message != null) {
                ordered.add(message);
            }
        }
        return ordered;
    }

    List<StoredMessage> of(Connection connection, Collection<String> ids) throws SQLException, Damaged {
        List<Provider> providers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_PROVIDERS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                providers.add(new Provider(rows.getString(1)));
            }
        }
        List<MessageKey> keys = new ArrayList<>();
        for (String id : ids) {
            for (Provider provider : id.isEmpty() ? List.<Provider>of() : providers) {
                keys.add(new MessageKey(provider, id));
            }
        }
        return of(connection, keys);
    }

    private boolean knows(Connection connection, Provider provider) throws SQLException {
        if (!dictionary.knows(provider.word())) {
            dictionary.load(connection);
        }
        return dictionary.knows(provider.word());
    }

    List<OpenMessage> open(Connection connection, AccountName account, Instant waitingSince, boolean flagged)
            throws SQLException, Damaged {
        dictionary.load(connection);
        if (!dictionary.accounts().contains(account)) {
            return List.of();
        }
        try (PreparedStatement select = connection.prepareStatement(SELECT_OPEN)) {
            select.setInt(1, dictionary.number(account));
            select.setLong(2, waitingSince.toEpochMilli());
            select.setBoolean(3, flagged);
            return openMessages(connection, select);
        }
    }

    List<OpenMessage> flaggedButSettled(Connection connection) throws SQLException, Damaged {
        try (PreparedStatement select = connection.prepareStatement(SELECT_SETTLED)) {
            select.setInt(1, StuckFlag.Ending.NEVER_REPORTED.ordinal());
            return openMessages(connection, select);
        }
    }

    private List<OpenMessage> openMessages(Connection connection, PreparedStatement select)
            throws SQLException, Damaged {
        List<OpenMessage> messages = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                StoredMessage message = lists.message(connection, rows);
                messages.add(new OpenMessage(MessageState.of(message.history()), message.flag()));
            }
        }
        return messages;
    }
}
