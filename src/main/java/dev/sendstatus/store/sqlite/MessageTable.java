package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.OpenMessage;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The messages, read by their keys or because they are open; {@link MessageScanner} reads them by what they say. */
final class MessageTable {
    // Named, since the planner would else prefer the primary key: the index holds the open messages only.
    private static final String SELECT_OPEN = """
            SELECT m.key, m.history FROM message m INDEXED BY message_open
            WHERE m.account = ? AND m.waiting_since <= ? AND m.waiting_since IS NOT NULL
            ORDER BY m.waiting_since, m.key""";
    private static final String SELECT_OPEN_UNFLAGGED = """
            SELECT m.key, m.history FROM message m INDEXED BY message_open
            WHERE m.account = ? AND m.waiting_since <= ? AND m.waiting_since IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM stuck s WHERE s.message = m.id)
            ORDER BY m.waiting_since, m.key""";
    // Most of them are still open as they were: that shows in the small index, without a look at their rows.
    static final String SELECT_SETTLED = """
            SELECT m.key, m.history FROM stuck s CROSS JOIN message m ON m.id = s.message
            WHERE (s.ended_at IS NULL OR s.ending = ?)
              AND NOT EXISTS (
                  SELECT 1 FROM message o INDEXED BY message_open
                  WHERE o.account = s.account AND o.waiting_since = s.waiting_since AND o.waiting_since IS NOT NULL
                    AND o.id = s.message)
              AND m.waiting_since IS NULL
            ORDER BY s.due_at, s.key""";
    private static final String SELECT_PROVIDERS = "SELECT DISTINCT provider FROM account ORDER BY provider";

    private final SqliteDictionary dictionary;
    private final HistoryCodec codec;
    private final MessageDecoder decoder;
    private final FlagTable flags;

    MessageTable(SqliteDictionary dictionary) {
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
        this.decoder = new MessageDecoder(dictionary);
        this.flags = new FlagTable(dictionary);
    }

    /** @param arrived what is not part of the message yet */
    Optional<StoredMessage> of(Statements statements, MessageKey key, ArrivedEvents arrived)
            throws SQLException, Damaged {
        return knows(statements, key.provider()) ? find(statements, key, arrived) : Optional.empty();
    }

    /** @param arrived what is not part of the messages yet */
    List<StoredMessage> of(Statements statements, Collection<String> ids, ArrivedEvents arrived)
            throws SQLException, Damaged {
        List<Provider> providers = new ArrayList<>();
        for (Provider provider : providers(statements)) {
            if (knows(statements, provider)) {
                providers.add(provider);
            }
        }
        List<StoredMessage> found = new ArrayList<>();
        for (String id : ids) {
            for (Provider provider : id.isEmpty() ? List.<Provider>of() : providers) {
                find(statements, new MessageKey(provider, id), arrived).ifPresent(found::add);
            }
        }
        return found;
    }

    private boolean knows(Statements statements, Provider provider) throws SQLException {
        if (!dictionary.knows(provider.word())) {
            dictionary.load(statements.connection());
        }
        return dictionary.knows(provider.word());
    }

    private static List<Provider> providers(Statements statements) throws SQLException {
        List<Provider> providers = new ArrayList<>();
        try (ResultSet rows = statements.prepared(SELECT_PROVIDERS).executeQuery()) {
            while (rows.next()) {
                providers.add(new Provider(rows.getString(1)));
            }
        }
        return providers;
    }

    private Optional<StoredMessage> find(Statements statements, MessageKey key, ArrivedEvents arrived)
            throws SQLException, Damaged {
        byte[] packed = codec.key(key);
        KeyIndex.Found found = KeyIndex.find(statements, packed);
        MessageHistory stored = found == null ? null : decoder.history(statements.connection(), key, found.history());
        MessageHistory history = arrived.addTo(stored, key);
        if (history == null) {
            return Optional.empty();
        }
        return Optional.of(new StoredMessage(history, flags.of(statements, packed)));
    }

    List<OpenMessage> open(Statements statements, AccountName account, Instant waitingSince, boolean flagged)
            throws SQLException, Damaged {
        dictionary.load(statements.connection());
        if (!dictionary.accounts().contains(account)) {
            return List.of();
        }
        PreparedStatement select = statements.prepared(flagged ? SELECT_OPEN : SELECT_OPEN_UNFLAGGED);
        select.setInt(1, dictionary.number(account));
        select.setLong(2, waitingSince.toEpochMilli());
        return openMessages(statements, select);
    }

    List<OpenMessage> flaggedButSettled(Statements statements) throws SQLException, Damaged {
        PreparedStatement select = statements.prepared(SELECT_SETTLED);
        select.setInt(1, StuckFlag.Ending.NEVER_REPORTED.ordinal());
        return openMessages(statements, select);
    }

    private List<OpenMessage> openMessages(Statements statements, PreparedStatement select)
            throws SQLException, Damaged {
        List<OpenMessage> messages = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] packed = rows.getBytes(1);
                MessageKey key = decoder.key(statements.connection(), packed);
                MessageState state = MessageState.of(decoder.history(statements.connection(), key, rows.getBytes(2)));
                messages.add(new OpenMessage(state, flags.of(statements, packed)));
            }
        }
        return messages;
    }
}
