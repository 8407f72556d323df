package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The positions of the relay's endpoints, and their deliveries that failed. Any thread. */
public final class RelayReader {
    private static final String SELECT = """
            SELECT name, feed, position, state, reason, failing_since, next_probe_at, probes, last_success_at, owner, epoch
            FROM relay_endpoint""";
    private static final String SELECT_ONE = SELECT + " WHERE name = ?";
    private static final String SELECT_ALL = SELECT + " ORDER BY name";
    private static final String SELECT_DELIVERIES = """
            SELECT d.sequence, m.provider, m.provider_id, d.state, d.attempts, d.next_at, d.tried_at, d.http_status, d.error, d.excerpt
            FROM relay_delivery d JOIN event e ON e.id = d.sequence JOIN message m ON m.id = e.message_id
            WHERE d.endpoint = ?""";
    private static final String SELECT_UNFINISHED =
            SELECT_DELIVERIES + " AND (d.state = 'retrying' OR d.sequence > ?) ORDER BY d.sequence";
    private static final String SELECT_DELIVERY = SELECT_DELIVERIES + " AND d.sequence = ?";
    private static final String PAGE_END = " AND d.sequence < ? ORDER BY d.sequence DESC LIMIT ?";
    private static final String SELECT_PAGE = SELECT_DELIVERIES + PAGE_END;
    private static final String SELECT_PAGE_OF_STATE = SELECT_DELIVERIES + " AND d.state = ?" + PAGE_END;

    private final Readers readers;

    RelayReader(Readers readers) {
        this.readers = readers;
    }

    /** The endpoints that were ever configured, by name. */
    public List<RelayEndpoint> endpoints() throws StoreException {
        return readers.query("reading the endpoints", session -> session.list(SELECT_ALL, RelayReader::endpoint));
    }

    public Optional<RelayEndpoint> endpoint(String name) throws StoreException {
        return readers.query("reading an endpoint", session -> session.first(SELECT_ONE, RelayReader::endpoint, name));
    }

    private static RelayEndpoint endpoint(ResultSet row) throws SQLException {
        return new RelayEndpoint(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                Rows.constant(row, 4, RelayEndpoint.State.class),
                row.getString(5),
                Rows.timeOrNull(row, 6),
                Rows.timeOrNull(row, 7),
                row.getInt(8),
                Rows.timeOrNull(row, 9),
                row.getString(10),
                row.getLong(11));
    }

    /** An endpoint's deliveries that are retried, and all of changes after that position, in the order of the changes. */
    public List<RelayDelivery> unfinished(String endpoint, long position) throws StoreException {
        return deliveries(SELECT_UNFINISHED, endpoint, position);
    }

    public Optional<RelayDelivery> delivery(String endpoint, long sequence) throws StoreException {
        return deliveries(SELECT_DELIVERY, endpoint, sequence).stream().findFirst();
    }

    /**
     * An endpoint's deliveries, those of the newest changes first.
     *
     * @param state null for any
     * @param before only of changes of lower numbers
     * @param limit at most so many
     */
    public List<RelayDelivery> deliveries(String endpoint, RelayDelivery.@Nullable State state, long before, int limit)
            throws StoreException {
        return state == null
                ? deliveries(SELECT_PAGE, endpoint, before, limit)
                : deliveries(SELECT_PAGE_OF_STATE, endpoint, state, before, limit);
    }

    private List<RelayDelivery> deliveries(String sql, Object... values) throws StoreException {
        return readers.query("reading deliveries", session -> session.list(sql, RelayReader::delivery, values));
    }

    private static RelayDelivery delivery(ResultSet row) throws SQLException {
        int status = row.getInt(8);
        return new RelayDelivery(
                row.getLong(1),
                Rows.message(row, 2),
                Rows.constant(row, 4, RelayDelivery.State.class),
                row.getInt(5),
                Rows.timeOrNull(row, 6),
                Rows.timeOrNull(row, 7),
                status == 0 ? null : status,
                row.getString(9),
                row.getString(10));
    }
}
