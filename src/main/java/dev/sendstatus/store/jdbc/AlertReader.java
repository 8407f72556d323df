package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts that are kept. Any thread. */
public final class AlertReader {
    private static final String SELECT = """
            SELECT id, rule, key, state, severity, since, fired_at, resolved_at, value, usual, messages, parts, text, advice,
                silenced_until, comment, calm_since, told_at
            FROM alert""";
    private static final String SELECT_ONE = SELECT + " WHERE id = ?";
    private static final String SELECT_OPEN = SELECT + " WHERE state <> 'resolved' ORDER BY id";
    private static final String SELECT_PAGE = SELECT + " WHERE id < ? ORDER BY id DESC LIMIT ?";
    private static final String SELECT_PAGE_OF_STATE = SELECT + " WHERE id < ? AND state = ? ORDER BY id DESC LIMIT ?";

    private final Readers readers;

    AlertReader(Readers readers) {
        this.readers = readers;
    }

    /** One alert; empty if there is none of that number, or it ended long ago. */
    public Optional<Alert> one(long id) throws StoreException {
        return alerts(SELECT_ONE, id).stream().findFirst();
    }

    /** Those that are pending or firing, the oldest first. */
    public List<Alert> open() throws StoreException {
        return alerts(SELECT_OPEN);
    }

    /**
     * The newest first.
     *
     * @param state null for any
     * @param before only those of lower numbers
     * @param limit at most so many
     */
    public List<Alert> page(Alert.@Nullable State state, long before, int limit) throws StoreException {
        return state == null ? alerts(SELECT_PAGE, before, limit) : alerts(SELECT_PAGE_OF_STATE, before, state, limit);
    }

    private List<Alert> alerts(String sql, Object... values) throws StoreException {
        return readers.query("reading the alerts", session -> session.list(sql, AlertReader::alert, values));
    }

    private static Alert alert(ResultSet row) throws SQLException {
        String parts = row.getString(12);
        return new Alert(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Rows.constant(row, 4, Alert.State.class),
                Rows.constant(row, 5, Severity.class),
                Rows.time(row, 6),
                Rows.timeOrNull(row, 7),
                Rows.timeOrNull(row, 8),
                number(row.getString(9)),
                number(row.getString(10)),
                Rows.numberOrNull(row, 11),
                parts.isEmpty() ? List.of() : List.of(parts.split("\n")),
                row.getString(13),
                row.getString(14),
                Rows.timeOrNull(row, 15),
                row.getString(16),
                Rows.timeOrNull(row, 17),
                Rows.timeOrNull(row, 18));
    }

    private static @Nullable Double number(@Nullable String text) {
        return text == null ? null : Double.valueOf(text);
    }
}
