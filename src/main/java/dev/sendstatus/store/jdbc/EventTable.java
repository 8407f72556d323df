package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of messages. */
final class EventTable {
    private static final String INSERT = """
            INSERT INTO event (id, message_id, account_id, callback_id, source, received_at, changed, recipient, sole_recipient,
                inbound, progress, provider_status, error_code, occurred_at, provider_event, detail, sender, carrier, sent_at,
                segments, cost_amount, cost_currency, registration)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String SELECT = """
            SELECT e.message_id, m.provider, m.provider_id, a.provider, a.name, e.id, e.source, e.received_at, e.changed,
                e.recipient, e.sole_recipient, e.inbound, e.progress, e.provider_status, e.error_code, e.occurred_at,
                e.provider_event, e.detail, e.sender, e.carrier, e.sent_at, e.segments, e.cost_amount, e.cost_currency,
                e.registration
            FROM event e JOIN message m ON m.id = e.message_id JOIN account a ON a.id = e.account_id
            WHERE e.message_id IN (%s) ORDER BY e.id""";

    private static final String SELECT_NEWEST = "SELECT max(id) FROM event WHERE message_id IN (%s)";
    private static final String UPDATE_NAMES =
            "UPDATE event SET recipient = ?, sender = ?, detail = ?, registration = ? WHERE id = ?";
    private static final String DELETE = "DELETE FROM event WHERE id IN (%s)";

    private EventTable() {}

    /** A new event of a message. @param callback its callback's number; null for what came by another way */
    record Added(long message, @Nullable Long callback, RecordedEvent event) {}

    static void insert(Session session, Accounts accounts, List<Added> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        PreparedStatement insert = session.prepared(INSERT);
        for (Added added : events) {
            set(insert, accounts.number(session, added.event().account()), added);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private static void set(PreparedStatement insert, long account, Added added) throws SQLException {
        RecordedEvent recorded = added.event();
        DeliveryEvent event = recorded.event();
        insert.setLong(1, recorded.sequence());
        insert.setLong(2, added.message());
        insert.setLong(3, account);
        if (added.callback() == null) {
            insert.setNull(4, Types.BIGINT);
        } else {
            insert.setLong(4, added.callback());
        }
        insert.setString(5, Rows.word(recorded.source()));
        insert.setLong(6, recorded.receivedAt().toEpochMilli());
        insert.setBoolean(7, recorded.changed());
        insert.setString(8, event.recipient() == null ? null : event.recipient().address());
        insert.setBoolean(9, event.soleRecipient());
        insert.setBoolean(10, event.direction() == Direction.INBOUND);
        insert.setString(11, Rows.word(event.progress()));
        insert.setString(12, event.providerStatus());
        insert.setString(13, event.errorCode());
        Rows.set(insert, 14, event.occurredAt());
        insert.setString(15, event.eventId());
        insert.setString(16, event.detail());
        insert.setString(17, event.from());
        insert.setString(18, event.carrier());
        Rows.set(insert, 19, event.sentAt());
        insert.setInt(20, event.segments());
        Cost cost = event.cost();
        insert.setString(21, cost == null ? null : cost.amount().toString());
        insert.setString(22, cost == null ? null : cost.currency());
        insert.setString(23, event.registration() == null ? null : RegistrationJson.of(event.registration()));
    }

    /** Writes anew what events say in the places where a person can be named. */
    static void updateNames(Session session, List<RecordedEvent> events) throws SQLException {
        for (RecordedEvent recorded : events) {
            DeliveryEvent event = recorded.event();
            session.update(
                    UPDATE_NAMES,
                    event.recipient() == null ? null : event.recipient().address(),
                    event.from(),
                    event.detail(),
                    event.registration() == null ? null : RegistrationJson.of(event.registration()),
                    recorded.sequence());
        }
    }

    static void delete(Session session, List<Long> sequences) throws SQLException {
        InList.update(session, DELETE, sequences);
    }

    /** All events of these messages, by message and in the order of arrival. */
    static Map<Long, List<RecordedEvent>> of(Session session, List<Long> messages) throws SQLException {
        Map<Long, List<RecordedEvent>> found = new HashMap<>();
        InList.select(
                session,
                SELECT,
                messages,
                row -> found.computeIfAbsent(row.getLong(1), message -> new ArrayList<>())
                        .add(event(row)));
        return found;
    }

    /** The events of a message. @param message the row's number */
    record Known(long message, MessageHistory history) {}

    /** The events of these messages, whose numbers are given. */
    static List<Known> histories(Session session, Map<MessageKey, Long> messages) throws SQLException {
        Map<Long, List<RecordedEvent>> events = of(session, List.copyOf(messages.values()));
        List<Known> histories = new ArrayList<>(messages.size());
        messages.forEach((key, id) ->
                histories.add(new Known(id, new MessageHistory(key, events.getOrDefault(id, List.of())))));
        return histories;
    }

    /** The highest number; 0 if there is none. */
    static long newest(Session session) throws SQLException {
        return session.number("SELECT max(id) FROM event");
    }

    /** The highest number among the events of these messages; 0 if they have none. */
    static long newest(Session session, List<Long> messages) throws SQLException {
        long[] newest = {0};
        InList.select(session, SELECT_NEWEST, messages, row -> newest[0] = Math.max(newest[0], row.getLong(1)));
        return newest[0];
    }

    private static RecordedEvent event(ResultSet row) throws SQLException {
        String recipient = row.getString(10);
        String amount = row.getString(23);
        String registration = row.getString(25);
        DeliveryEvent event = new DeliveryEvent(
                Rows.message(row, 2),
                recipient == null ? null : new Recipient(recipient),
                row.getBoolean(11),
                row.getBoolean(12) ? Direction.INBOUND : Direction.OUTBOUND,
                Rows.constant(row, 13, Progress.class),
                row.getString(14),
                row.getString(15),
                Rows.timeOrNull(row, 16),
                row.getString(17),
                row.getString(18),
                row.getString(19),
                row.getString(20),
                Rows.timeOrNull(row, 21),
                row.getInt(22),
                amount == null ? null : new Cost(new BigDecimal(amount), row.getString(24)),
                registration == null ? null : RegistrationJson.read(registration));
        return new RecordedEvent(
                row.getLong(6),
                Rows.time(row, 8),
                row.getBoolean(9),
                Rows.constant(row, 7, Source.class),
                Rows.account(row, 4),
                event);
    }
}
