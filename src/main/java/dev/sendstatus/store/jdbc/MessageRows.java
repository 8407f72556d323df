package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Labels;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what the events of messages mean: their rows, their recipients' rows, their tags and link domains. */
final class MessageRows {
    private static final String SELECT_IDS =
            "SELECT id, provider, provider_id FROM message WHERE provider_id IN (%s) ORDER BY provider_id, provider";
    private static final String INSERT = """
            INSERT INTO message (account_id, direction, sender, status, progress, error_code, conflict, segments, cost_amount,
                cost_currency, reference, campaign, registered_at, sent_at, finalized_at, first_event_at, last_event_at,
                last_received_at, waiting_since, id, provider, provider_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider_id, provider) DO NOTHING""";
    private static final String UPDATE = """
            UPDATE message SET account_id = ?, direction = ?, sender = ?, status = ?, progress = ?, error_code = ?, conflict = ?,
                segments = ?, cost_amount = ?, cost_currency = ?, reference = ?, campaign = ?, registered_at = ?, sent_at = ?,
                finalized_at = ?, first_event_at = ?, last_event_at = ?, last_received_at = ?, waiting_since = ?
            WHERE id = ?""";
    private static final int COLUMNS_OF_STATE = 19;
    private static final String UPSERT_RECIPIENT = """
            INSERT INTO recipient (message_id, address, progress, provider_status, error_code, conflict, carrier, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (message_id, address) DO UPDATE
            SET progress = excluded.progress, provider_status = excluded.provider_status, error_code = excluded.error_code,
                conflict = excluded.conflict, carrier = excluded.carrier, updated_at = excluded.updated_at""";
    private static final String DELETE_RECIPIENT = "DELETE FROM recipient WHERE message_id = ? AND address = ?";
    private static final String INSERT_TAG = "INSERT INTO message_tag (message_id, tag) VALUES (?, ?)";
    private static final String DELETE_TAGS = "DELETE FROM message_tag WHERE message_id = ?";
    private static final String INSERT_DOMAIN =
            "INSERT INTO message_link_domain (message_id, link_domain) VALUES (?, ?)";
    private static final String DELETE_DOMAINS = "DELETE FROM message_link_domain WHERE message_id = ?";

    // The rows that hang on a message leave before it.
    private static final List<String> DELETE = List.of(
            "DELETE FROM event WHERE message_id IN (%s)",
            "DELETE FROM recipient WHERE message_id IN (%s)",
            "DELETE FROM message_tag WHERE message_id IN (%s)",
            "DELETE FROM message_link_domain WHERE message_id IN (%s)",
            "DELETE FROM stuck WHERE message_id IN (%s)",
            """
            DELETE FROM lookup
            WHERE (provider_id, provider) IN (SELECT provider_id, provider FROM message WHERE id IN (%s))""",
            "DELETE FROM message WHERE id IN (%s)");

    private MessageRows() {}

    /**
     * A message that is written.
     *
     * @param before its state in the rows; null for a new one
     */
    record Written(long id, @Nullable MessageState before, MessageHistory history, MessageState state) {}

    /** The numbers of those of these messages that there are. They are locked in the order of their ids, as on every node. */
    static Map<MessageKey, Long> lock(Session session, Dialect dialect, Collection<MessageKey> keys)
            throws SQLException {
        return select(session, SELECT_IDS + dialect.forUpdate(), keys);
    }

    static Map<MessageKey, Long> find(Session session, Collection<MessageKey> keys) throws SQLException {
        return select(session, SELECT_IDS, keys);
    }

    private static Map<MessageKey, Long> select(Session session, String sql, Collection<MessageKey> keys)
            throws SQLException {
        List<String> ids = keys.stream().map(MessageKey::id).sorted().distinct().toList();
        Map<MessageKey, Long> found = new HashMap<>();
        InList.select(session, sql, ids, row -> found.put(Rows.message(row, 2), row.getLong(1)));
        found.keySet().retainAll(new HashSet<>(keys));
        return found;
    }

    /** Inserts the rows of new messages; where a message of that key is there already, nothing. */
    static void insert(Session session, Accounts accounts, List<Written> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        PreparedStatement insert = session.prepared(INSERT);
        for (Written message : messages) {
            setState(session, accounts, insert, message);
            insert.setLong(COLUMNS_OF_STATE + 1, message.id());
            insert.setString(
                    COLUMNS_OF_STATE + 2, message.state().message().provider().word());
            insert.setString(COLUMNS_OF_STATE + 3, message.state().message().id());
            insert.addBatch();
        }
        insert.executeBatch();
    }

    static void update(Session session, Accounts accounts, List<Written> messages) throws SQLException {
        if (messages.isEmpty()) {
            return;
        }
        PreparedStatement update = session.prepared(UPDATE);
        for (Written message : messages) {
            setState(session, accounts, update, message);
            update.setLong(COLUMNS_OF_STATE + 1, message.id());
            update.addBatch();
        }
        update.executeBatch();
    }

    private static void setState(Session session, Accounts accounts, PreparedStatement row, Written message)
            throws SQLException {
        MessageState state = message.state();
        row.setLong(1, accounts.number(session, state.account()));
        row.setString(2, Rows.word(state.direction()));
        row.setString(3, state.from());
        row.setString(4, state.status().name());
        row.setString(5, Rows.word(state.progress()));
        row.setString(6, state.errorCode());
        row.setBoolean(7, state.conflict());
        row.setInt(8, state.segments());
        Cost cost = state.cost();
        row.setString(9, cost == null ? null : cost.amount().toString());
        row.setString(10, cost == null ? null : cost.currency());
        row.setString(11, state.labels().reference());
        row.setString(12, state.labels().campaign());
        Rows.set(row, 13, state.registeredAt());
        Rows.set(row, 14, state.sentAt());
        Rows.set(row, 15, state.finalizedAt());
        row.setLong(16, state.firstEventAt().toEpochMilli());
        row.setLong(17, state.lastEventAt().toEpochMilli());
        row.setLong(18, message.history().lastReceivedAt().toEpochMilli());
        if (state.open()) {
            row.setLong(19, state.waitingSince().toEpochMilli());
        } else {
            row.setNull(19, Types.BIGINT);
        }
    }

    /** Brings the rows of recipients up to date. */
    static void writeRecipients(Session session, List<Written> messages) throws SQLException {
        PreparedStatement upsert = session.prepared(UPSERT_RECIPIENT);
        PreparedStatement delete = session.prepared(DELETE_RECIPIENT);
        boolean deleting = false;
        for (Written message : messages) {
            List<RecipientState> before =
                    message.before() == null ? List.of() : message.before().recipients();
            Set<String> left = new HashSet<>();
            for (RecipientState recipient : message.state().recipients()) {
                left.add(address(recipient.to()));
                if (!before.contains(recipient)) {
                    set(upsert, message.id(), recipient);
                    upsert.addBatch();
                }
            }
            for (RecipientState recipient : before) {
                if (!left.contains(address(recipient.to()))) {
                    delete.setLong(1, message.id());
                    delete.setString(2, address(recipient.to()));
                    delete.addBatch();
                    deleting = true;
                }
            }
        }
        upsert.executeBatch();
        if (deleting) {
            delete.executeBatch();
        }
    }

    private static void set(PreparedStatement row, long message, RecipientState recipient) throws SQLException {
        row.setLong(1, message);
        row.setString(2, address(recipient.to()));
        row.setString(3, Rows.word(recipient.progress()));
        row.setString(4, recipient.providerStatus());
        row.setString(5, recipient.errorCode());
        row.setBoolean(6, recipient.conflict());
        row.setString(7, recipient.carrier());
        row.setLong(8, recipient.updatedAt().toEpochMilli());
    }

    /** Empty while nobody has been named. */
    static String address(@Nullable Recipient recipient) {
        return recipient == null ? "" : recipient.address();
    }

    /** Brings the rows of tags and link domains up to date. */
    static void writeLabels(Session session, List<Written> messages) throws SQLException {
        for (Written message : messages) {
            Labels before =
                    message.before() == null ? Labels.NONE : message.before().labels();
            Labels after = message.state().labels();
            replace(session, message.id(), before.tags(), after.tags(), DELETE_TAGS, INSERT_TAG);
            replace(session, message.id(), before.linkDomains(), after.linkDomains(), DELETE_DOMAINS, INSERT_DOMAIN);
        }
    }

    private static void replace(
            Session session, long message, List<String> before, List<String> after, String delete, String insert)
            throws SQLException {
        if (!before.equals(after)) {
            if (!before.isEmpty()) {
                session.update(delete, message);
            }
            session.batch(insert, after, label -> new Object[] {message, label});
        }
    }

    /** Removes messages with all that is kept of them. They must be locked. */
    static void delete(Session session, List<Long> messages) throws SQLException {
        for (String sql : DELETE) {
            InList.update(session, sql, messages);
        }
    }
}
