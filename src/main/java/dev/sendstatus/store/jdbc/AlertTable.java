package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.PlainText;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts. Whatever changes one says what it must be before, so that of several nodes one succeeds. */
final class AlertTable {
    private static final Word<Alert.State> STATES = new Word<>(Alert.State.class);
    private static final Word<Severity> SEVERITIES = new Word<>(Severity.class);

    private static final String SELECT = """
            SELECT id, rule, key, state, severity, since, fired_at, resolved_at, value, usual, messages, parts, text, advice,
                silenced_until, comment, calm_since, told_at
            FROM alert""";
    private static final String SELECT_ONE = SELECT + " WHERE id = ?";
    private static final String SELECT_OPEN = SELECT + " WHERE state <> 'resolved' ORDER BY id";
    private static final String SELECT_PAGE = SELECT + " WHERE id < ? ORDER BY id DESC LIMIT ?";
    private static final String SELECT_PAGE_OF_STATE = SELECT + " WHERE id < ? AND state = ? ORDER BY id DESC LIMIT ?";

    private static final String INSERT = """
            INSERT INTO alert (id, rule, key, state, severity, since, value, usual, messages, parts, text, advice)
            VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (rule, key) WHERE state <> 'resolved' DO NOTHING""";
    private static final String UPDATE = """
            UPDATE alert
            SET state = ?, severity = ?, fired_at = ?, resolved_at = ?, value = ?, usual = ?, messages = ?, parts = ?, text = ?,
                advice = ?, calm_since = ?, told_at = ?
            WHERE id = ? AND state = ? AND coalesce(told_at, 0) = ?""";
    private static final String DELETE_PENDING = "DELETE FROM alert WHERE id = ? AND state = 'pending'";
    private static final String SILENCE =
            "UPDATE alert SET silenced_until = ?, comment = ? WHERE id = ? AND state <> 'resolved'";
    private static final String REMOVE = "DELETE FROM alert WHERE state = 'resolved' AND resolved_at < ?";

    private AlertTable() {}

    /** @return false if one of that rule and key is open */
    static boolean insert(Session session, Dialect dialect, Alert alert) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        insert.setLong(1, dialect.numbers(session, Dialect.Numbered.ALERT, 1)[0]);
        insert.setString(2, alert.rule());
        insert.setString(3, PlainText.of(alert.key()));
        insert.setString(4, SEVERITIES.of(alert.severity()));
        insert.setLong(5, alert.since().toEpochMilli());
        setSeen(insert, 6, alert);
        return insert.executeUpdate() == 1;
    }

    /** The six places for what was seen. */
    private static void setSeen(PreparedStatement statement, int first, Alert alert) throws SQLException {
        setNumber(statement, first, alert.value());
        setNumber(statement, first + 1, alert.usual());
        Long messages = alert.messages();
        if (messages == null) {
            statement.setNull(first + 2, Types.BIGINT);
        } else {
            statement.setLong(first + 2, messages);
        }
        statement.setString(first + 3, PlainText.of(String.join("\n", alert.parts())));
        statement.setString(first + 4, PlainText.of(alert.text()));
        statement.setString(first + 5, PlainText.of(alert.advice()));
    }

    private static void setNumber(PreparedStatement statement, int index, @Nullable Double number) throws SQLException {
        statement.setString(index, number == null ? null : number.toString());
    }

    /** @return false if it is not in the state, or was not last told, as this one was read: then nothing is changed */
    static boolean update(Session session, Alert read, Alert changed) throws SQLException {
        PreparedStatement update = session.prepared(UPDATE);
        update.setString(1, STATES.of(changed.state()));
        update.setString(2, SEVERITIES.of(changed.severity()));
        Rows.set(update, 3, changed.firedAt());
        Rows.set(update, 4, changed.resolvedAt());
        setSeen(update, 5, changed);
        Rows.set(update, 11, changed.calmSince());
        Rows.set(update, 12, changed.toldAt());
        update.setLong(13, read.id());
        update.setString(14, STATES.of(read.state()));
        Instant told = read.toldAt();
        update.setLong(15, told == null ? 0 : told.toEpochMilli());
        return update.executeUpdate() == 1;
    }

    static void deletePending(Session session, long id) throws SQLException {
        PreparedStatement delete = session.prepared(DELETE_PENDING);
        delete.setLong(1, id);
        delete.executeUpdate();
    }

    /** @return false if there is none, or it is resolved */
    static boolean silence(Session session, long id, Instant until, @Nullable String comment) throws SQLException {
        PreparedStatement update = session.prepared(SILENCE);
        update.setLong(1, until.toEpochMilli());
        update.setString(2, PlainText.orNull(comment));
        update.setLong(3, id);
        return update.executeUpdate() == 1;
    }

    /** Removes what ended before then. */
    static void removeOld(Session session, Instant before) throws SQLException {
        PreparedStatement delete = session.prepared(REMOVE);
        delete.setLong(1, before.toEpochMilli());
        delete.executeUpdate();
    }

    static Optional<Alert> one(Session session, long id) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_ONE);
        select.setLong(1, id);
        return alerts(select).stream().findFirst();
    }

    static List<Alert> open(Session session) throws SQLException {
        return alerts(session.prepared(SELECT_OPEN));
    }

    /** The newest first. @param state null for any */
    static List<Alert> page(Session session, Alert.@Nullable State state, long before, int limit) throws SQLException {
        PreparedStatement select = session.prepared(state == null ? SELECT_PAGE : SELECT_PAGE_OF_STATE);
        int next = 1;
        select.setLong(next++, before);
        if (state != null) {
            select.setString(next++, STATES.of(state));
        }
        select.setInt(next, limit);
        return alerts(select);
    }

    private static List<Alert> alerts(PreparedStatement select) throws SQLException {
        List<Alert> alerts = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long messages = row.getLong(11);
                boolean counted = !row.wasNull();
                String parts = row.getString(12);
                alerts.add(new Alert(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        STATES.constant(row.getString(4)),
                        SEVERITIES.constant(row.getString(5)),
                        Rows.time(row, 6),
                        Rows.timeOrNull(row, 7),
                        Rows.timeOrNull(row, 8),
                        number(row.getString(9)),
                        number(row.getString(10)),
                        counted ? messages : null,
                        parts.isEmpty() ? List.of() : List.of(parts.split("\n")),
                        row.getString(13),
                        row.getString(14),
                        Rows.timeOrNull(row, 15),
                        row.getString(16),
                        Rows.timeOrNull(row, 17),
                        Rows.timeOrNull(row, 18)));
            }
        }
        return alerts;
    }

    private static @Nullable Double number(@Nullable String text) {
        return text == null ? null : Double.valueOf(text);
    }
}
