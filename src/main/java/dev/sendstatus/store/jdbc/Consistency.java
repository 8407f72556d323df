package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.Cost;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of messages, recipients, tags and link domains with what the events say, message after message in the order of their
 * numbers. Each step reads as of one moment, so that it can be done while others write. For one thread.
 */
public final class Consistency {
    private static final int MESSAGES_A_STEP = 500;

    private static final String SELECT_LAST = "SELECT max(id) FROM message";
    private static final String SELECT_ROWS = """
            SELECT id, provider, provider_id, status, progress, error_code, conflict, last_received_at, waiting_since
            FROM message WHERE id > ? ORDER BY id LIMIT ?""";
    /** Their rows hang on a message. */
    private static final List<String> TABLES =
            List.of("event", "message_link_domain", "message_tag", "recipient", "stuck");

    private static final String SELECT_ORPHANS = """
            SELECT DISTINCT o.message_id FROM %s o
            WHERE o.message_id > ? AND o.message_id <= ? AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = o.message_id)""";

    /** The facts that the rows and the events both state, by their names in the API. */
    private static final Map<String, Function<MessageState, @Nullable Object>> PARTS = parts();

    private final Readers readers;
    private long position;
    private long last;
    private long checked;
    private boolean more = true;

    /**
     * Something that is not as the events say.
     *
     * @param where the message's provider and id, or the table and the message's number where there is no such message
     * @param what of it
     */
    public record Difference(String where, String what) {
        @Override
        public String toString() {
            return where + ": " + what;
        }
    }

    Consistency(Readers readers) {
        this.readers = readers;
    }

    private static Map<String, Function<MessageState, @Nullable Object>> parts() {
        Map<String, Function<MessageState, @Nullable Object>> parts = new LinkedHashMap<>();
        parts.put("account", MessageState::account);
        parts.put("direction", MessageState::direction);
        parts.put("from", MessageState::from);
        parts.put("recipients", MessageState::recipients);
        parts.put("segments", MessageState::segments);
        parts.put("cost", MessageState::cost);
        parts.put("reference", state -> state.labels().reference());
        parts.put("campaign", state -> state.labels().campaign());
        parts.put("tags", state -> state.labels().tags());
        parts.put("link_domains", state -> state.labels().linkDomains());
        parts.put("registered_at", MessageState::registeredAt);
        parts.put("sent_at", MessageState::sentAt);
        parts.put("finalized_at", MessageState::finalizedAt);
        parts.put("first_event_at", MessageState::firstEventAt);
        parts.put("last_event_at", MessageState::lastEventAt);
        return parts;
    }

    /** Whether there are messages that were not looked at yet. */
    public boolean more() {
        return more;
    }

    /** How many messages were looked at. */
    public long checked() {
        return checked;
    }

    /** How far it is, from 0 to 1. */
    public double progress() {
        return !more ? 1 : last == 0 ? 0 : Math.min(1, (double) position / last);
    }

    /** The damage that SQLite finds in its own file, in its words. PostgreSQL checks its pages by itself. Takes a while. */
    public List<String> damage() throws StoreException {
        return readers.query("checking the database's file", readers.dialect()::damage);
    }

    /** Looks at the next messages. @return what differs */
    public List<Difference> next() throws StoreException {
        Step step = readers.query("comparing messages with their events", this::step);
        position = step.position();
        last = step.last();
        checked += step.messages();
        more = step.more();
        return step.differences();
    }

    private record Step(List<Difference> differences, int messages, long position, long last, boolean more) {}

    private Step step(Session session) throws SQLException {
        List<Row> rows = rows(session);
        boolean atEnd = rows.size() < MESSAGES_A_STEP;
        long end = atEnd ? Long.MAX_VALUE : rows.get(rows.size() - 1).id();
        List<Difference> differences = new ArrayList<>(orphans(session, end));
        differences.addAll(compared(session, rows));
        return new Step(differences, rows.size(), end, session.number(SELECT_LAST), !atEnd);
    }

    /** All together, or one by one where a value among them cannot be read. */
    private static List<Difference> compared(Session session, List<Row> rows) throws SQLException {
        try {
            return differences(session, rows);
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException sql && !Rows.DAMAGED.equals(sql.getSQLState())) {
                throw e;
            }
            if (rows.size() == 1) {
                return List.of(new Difference(rows.get(0).where(), "its rows hold a value that cannot be read"));
            }
        }
        List<Difference> differences = new ArrayList<>();
        for (Row row : rows) {
            differences.addAll(compared(session, List.of(row)));
        }
        return differences;
    }

    private static List<Difference> differences(Session session, List<Row> rows) throws SQLException {
        List<Long> ids = rows.stream().map(Row::id).toList();
        Map<Long, List<RecordedEvent>> events = EventTable.of(session, ids);
        Map<MessageKey, MessageState> stored = new HashMap<>();
        for (StoredMessage message : MessageReader.of(session, ids)) {
            stored.put(message.state().message(), message.state());
        }
        List<Difference> differences = new ArrayList<>();
        for (Row row : rows) {
            MessageState state = stored.get(row.key());
            List<RecordedEvent> said = events.getOrDefault(row.id(), List.of());
            String what = state == null
                    ? "its account is missing"
                    : said.isEmpty() ? "it has no event" : difference(row, state, new MessageHistory(row.key(), said));
            if (!what.isEmpty()) {
                differences.add(new Difference(row.where(), what));
            }
        }
        return differences;
    }

    /** The columns of a message's row that MessageReader does not read, since they follow from the others. */
    private record Row(
            long id,
            MessageKey key,
            String status,
            String progress,
            @Nullable String errorCode,
            boolean conflict,
            Instant lastReceivedAt,
            @Nullable Instant waitingSince) {

        String where() {
            return key.provider().word() + " " + key.id();
        }
    }

    private List<Row> rows(Session session) throws SQLException {
        return session.list(
                SELECT_ROWS,
                row -> new Row(
                        row.getLong(1),
                        Rows.message(row, 2),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getBoolean(7),
                        Rows.time(row, 8),
                        Rows.timeOrNull(row, 9)),
                position,
                MESSAGES_A_STEP);
    }

    /** Rows of messages that are not there, by message. */
    private List<Difference> orphans(Session session, long end) throws SQLException {
        Map<Long, List<Difference>> orphans = new TreeMap<>();
        for (String table : TABLES) {
            session.each(
                    SELECT_ORPHANS.formatted(table),
                    row -> orphans.computeIfAbsent(row.getLong(1), message -> new ArrayList<>())
                            .add(new Difference(table + ", message_id " + row.getLong(1), "there is no such message")),
                    position,
                    end);
        }
        return orphans.values().stream().flatMap(List::stream).toList();
    }

    private static String difference(Row row, MessageState stored, MessageHistory history) {
        MessageState said = MessageState.of(history);
        List<String> all = new ArrayList<>();
        compare(all, "status", row.status(), said.status().name());
        compare(all, "progress", row.progress(), Rows.word(said.progress()));
        compare(all, "error_code", row.errorCode(), said.errorCode());
        compare(all, "conflict", row.conflict(), said.conflict());
        PARTS.forEach((name, part) -> compare(all, name, part.apply(stored), part.apply(said)));
        compare(all, "last_received_at", row.lastReceivedAt(), history.lastReceivedAt());
        compare(all, "waiting_since", row.waitingSince(), said.open() ? said.waitingSince() : null);
        return String.join("; ", all);
    }

    private static void compare(List<String> all, String name, @Nullable Object stored, @Nullable Object said) {
        if (!Objects.equals(stored, said)) {
            all.add(name + ": " + shown(stored) + ", by its events " + shown(said));
        }
    }

    private static String shown(@Nullable Object value) {
        if (value == null || value.equals(List.of())) {
            return "none";
        }
        if (value instanceof List<?> values) {
            return values.stream().map(Consistency::shown).collect(Collectors.joining(" and "));
        }
        if (value instanceof RecipientState recipient) {
            return Stream.of(
                            recipient.to() == null ? "nobody in particular" : recipient.to(),
                            Rows.word(recipient.progress()),
                            recipient.providerStatus(),
                            recipient.errorCode(),
                            recipient.conflict() ? "conflict" : null,
                            recipient.carrier(),
                            recipient.updatedAt())
                    .filter(Objects::nonNull)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" "));
        }
        return value instanceof Cost cost ? cost.amount() + " " + cost.currency() : value.toString();
    }
}
