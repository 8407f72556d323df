package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Labels;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads messages from their rows. */
final class MessageReader {
    private static final String SELECT = """
            SELECT m.id, m.provider, m.provider_id, a.provider, a.name, m.direction, m.sender, m.segments, m.cost_amount,
                m.cost_currency, m.reference, m.campaign, m.registered_at, m.sent_at, m.finalized_at, m.first_event_at,
                m.last_event_at, s.waiting_since, s.due_at, s.flagged_at, s.reason, s.ending, s.ended_at,
                a.last_callback_at,
                CASE WHEN m.waiting_since IS NOT NULL THEN EXISTS (
                    SELECT 1
                    FROM quarantined_message q JOIN callback c ON c.id = q.callback_id JOIN account b ON b.id = c.account_id
                    WHERE q.provider_id = m.provider_id AND b.provider = m.provider AND c.quarantine_reason IS NOT NULL) END
            FROM message m JOIN account a ON a.id = m.account_id LEFT JOIN stuck s ON s.message_id = m.id
            WHERE m.id IN (%s)""";
    private static final String SELECT_RECIPIENTS = """
            SELECT message_id, address, progress, provider_status, error_code, conflict, carrier, updated_at
            FROM recipient WHERE message_id IN (%s)""";
    private static final String SELECT_TAGS =
            "SELECT message_id, tag FROM message_tag WHERE message_id IN (%s) ORDER BY message_id, tag";
    private static final String SELECT_DOMAINS = """
            SELECT message_id, link_domain FROM message_link_domain WHERE message_id IN (%s)
            ORDER BY message_id, link_domain""";
    private static final String SELECT_IDS =
            "SELECT provider_id, id FROM message WHERE provider_id IN (%s) ORDER BY provider";

    /** As MessageState has them: by address, a recipient without a name last. */
    private static final Comparator<RecipientState> ORDER =
            Comparator.comparing(RecipientState::to, Comparator.nullsLast(Comparator.<Recipient>naturalOrder()));

    private MessageReader() {}

    /** Those of these messages that there are, in the same order. */
    static List<StoredMessage> of(Session session, List<Long> ids) throws SQLException {
        Map<Long, List<RecipientState>> recipients =
                InList.byMessage(session, SELECT_RECIPIENTS, ids, MessageReader::recipient);
        recipients.values().forEach(its -> its.sort(ORDER));
        Map<Long, List<String>> tags = InList.byMessage(session, SELECT_TAGS, ids, row -> row.getString(2));
        Map<Long, List<String>> domains = InList.byMessage(session, SELECT_DOMAINS, ids, row -> row.getString(2));
        Map<Long, StoredMessage> found = new HashMap<>();
        InList.select(session, SELECT, ids, row -> {
            long id = row.getLong(1);
            found.put(
                    id,
                    message(
                            row,
                            recipients.getOrDefault(id, List.of()),
                            tags.getOrDefault(id, List.of()),
                            domains.getOrDefault(id, List.of())));
        });
        return ids.stream().flatMap(id -> Stream.ofNullable(found.get(id))).toList();
    }

    /** The rows of the messages that have one of these ids, in the order of the ids, then by provider. */
    static List<Long> rowsOf(Session session, Collection<String> ids) throws SQLException {
        Map<String, List<Long>> found = new LinkedHashMap<>();
        ids.forEach(id -> found.put(id, new ArrayList<>()));
        InList.select(
                session,
                SELECT_IDS,
                List.copyOf(found.keySet()),
                row -> found.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(row.getLong(2)));
        return found.values().stream().flatMap(List::stream).toList();
    }

    private static RecipientState recipient(ResultSet row) throws SQLException {
        String address = row.getString(2);
        return new RecipientState(
                address.isEmpty() ? null : new Recipient(address),
                Rows.constant(row, 3, Progress.class),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6),
                row.getString(7),
                Rows.time(row, 8));
    }

    private static StoredMessage message(
            ResultSet row, List<RecipientState> recipients, List<String> tags, List<String> domains)
            throws SQLException {
        String amount = row.getString(9);
        MessageState state = new MessageState(
                Rows.message(row, 2),
                Rows.account(row, 4),
                Rows.constant(row, 6, Direction.class),
                row.getString(7),
                recipients,
                row.getInt(8),
                amount == null ? null : new Cost(new BigDecimal(amount), row.getString(10)),
                Rows.timeOrNull(row, 14),
                Rows.timeOrNull(row, 13),
                new Labels(row.getString(11), row.getString(12), tags, domains),
                Rows.timeOrNull(row, 15),
                Rows.time(row, 16),
                Rows.time(row, 17));
        return new StoredMessage(state, flag(row, state), Rows.timeOrNull(row, 24), row.getBoolean(25));
    }

    private static @Nullable StuckFlag flag(ResultSet row, MessageState state) throws SQLException {
        return row.getObject(18) == null
                ? null
                : StuckTable.flag(row, 18, state.message(), state.account(), state.from());
    }
}
