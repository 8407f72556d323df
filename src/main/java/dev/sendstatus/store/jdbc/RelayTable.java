package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints of the relay and their deliveries. */
final class RelayTable {
    private static final Word<RelayEndpoint.State> STATES = new Word<>(RelayEndpoint.State.class);
    private static final Word<RelayDelivery.State> DELIVERY_STATES = new Word<>(RelayDelivery.State.class);

    private static final String INSERT = """
            INSERT INTO relay_endpoint (name, feed, position, state, probes, epoch) VALUES (?, ?, ?, 'active', 0, 0)
            ON CONFLICT (name) DO NOTHING""";
    private static final String SELECT = """
            SELECT name, feed, position, state, reason, failing_since, next_probe_at, probes, last_success_at, owner, epoch
            FROM relay_endpoint""";
    private static final String SELECT_ONE = SELECT + " WHERE name = ?";
    private static final String SELECT_ALL = SELECT + " ORDER BY name";
    private static final String TAKE = """
            UPDATE relay_endpoint SET owner = ?, owned_until = ?, epoch = epoch + 1
            WHERE name = ? AND (owner IS NULL OR owner = ? OR owned_until < ?)""";
    private static final String RELEASE =
            "UPDATE relay_endpoint SET owner = NULL, owned_until = NULL WHERE name = ? AND owner = ?";
    private static final String RELEASE_ALL = "UPDATE relay_endpoint SET owner = NULL, owned_until = NULL";
    private static final String SAVE = """
            UPDATE relay_endpoint
            SET feed = ?, position = ?, state = ?, reason = ?, failing_since = ?, next_probe_at = ?, probes = ?, last_success_at = ?,
                owned_until = ?
            WHERE name = ? AND owner = ? AND epoch = ?""";
    private static final String SAVE_DELIVERY = """
            INSERT INTO relay_delivery (endpoint, sequence, state, attempts, next_at, tried_at, http_status, error, excerpt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (endpoint, sequence) DO UPDATE
            SET state = excluded.state, attempts = excluded.attempts, next_at = excluded.next_at, tried_at = excluded.tried_at,
                http_status = excluded.http_status, error = excluded.error, excerpt = excluded.excerpt""";

    private static final String PAUSE = """
            UPDATE relay_endpoint
            SET state = 'paused', reason = 'paused', failing_since = NULL, next_probe_at = NULL, probes = 0, epoch = epoch + 1
            WHERE name = ?""";
    /** An endpoint that failed is tried with one push before it gets more. */
    private static final String RESUME = """
            UPDATE relay_endpoint
            SET state = CASE WHEN state IN ('failing', 'gone') THEN 'failing' ELSE 'active' END,
                reason = CASE WHEN state IN ('failing', 'gone') THEN reason END,
                next_probe_at = CASE WHEN state IN ('failing', 'gone') THEN CAST(? AS BIGINT) END,
                probes = 0, epoch = epoch + 1
            WHERE name = ?""";

    private static final String RECOVER = """
            UPDATE relay_endpoint SET feed = ?, position = ?, epoch = epoch + 1 WHERE name = ? AND position > ?""";
    /** They are pushed again with all others. */
    private static final String FORGET_FROM = "DELETE FROM relay_delivery WHERE endpoint = ? AND sequence > ?";

    private static final String RETRY = """
            UPDATE relay_delivery SET state = 'retrying', next_at = ?
            WHERE endpoint = ? AND sequence = ? AND state <> 'delivered'""";
    private static final String RETRY_ALL =
            "UPDATE relay_delivery SET state = 'retrying', next_at = ? WHERE endpoint = ? AND state <> 'delivered'";
    private static final String CHANGED = "UPDATE relay_endpoint SET epoch = epoch + 1 WHERE name = ?";

    private static final String ERASE = "UPDATE relay_delivery SET excerpt = NULL WHERE excerpt IS NOT NULL";
    private static final String CHANGED_ALL = "UPDATE relay_endpoint SET epoch = epoch + 1";

    private static final String REMOVE = """
            DELETE FROM relay_delivery
            WHERE state = 'delivered' AND tried_at < ?
               OR NOT EXISTS (SELECT 1 FROM event e WHERE e.id = relay_delivery.sequence)""";

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

    /** By what was received since then, which an index of messages finds. */
    private static final String FIRST_SINCE = """
            SELECT min(e.id) FROM message m JOIN event e ON e.message_id = m.id
            WHERE m.last_received_at >= ? AND e.changed AND e.received_at >= ?""";

    // All lock an endpoint before its deliveries, so that none wait for each other.

    private RelayTable() {}

    static void add(Session session, String name, String feed, long position) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        insert.setString(1, name);
        insert.setString(2, feed);
        insert.setLong(3, position);
        insert.executeUpdate();
    }

    static Optional<RelayEndpoint> one(Session session, String name) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_ONE);
        select.setString(1, name);
        return endpoints(select).stream().findFirst();
    }

    static List<RelayEndpoint> all(Session session) throws SQLException {
        return endpoints(session.prepared(SELECT_ALL));
    }

    private static List<RelayEndpoint> endpoints(PreparedStatement select) throws SQLException {
        List<RelayEndpoint> endpoints = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                endpoints.add(new RelayEndpoint(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        STATES.constant(row.getString(4)),
                        row.getString(5),
                        Rows.timeOrNull(row, 6),
                        Rows.timeOrNull(row, 7),
                        row.getInt(8),
                        Rows.timeOrNull(row, 9),
                        row.getString(10),
                        row.getLong(11)));
            }
        }
        return endpoints;
    }

    /** @return false if another node has it */
    static boolean take(Session session, String name, String owner, Instant now, Instant until) throws SQLException {
        PreparedStatement update = session.prepared(TAKE);
        update.setString(1, owner);
        update.setLong(2, until.toEpochMilli());
        update.setString(3, name);
        update.setString(4, owner);
        update.setLong(5, now.toEpochMilli());
        return update.executeUpdate() == 1;
    }

    static void release(Session session, String name, String owner) throws SQLException {
        PreparedStatement update = session.prepared(RELEASE);
        update.setString(1, name);
        update.setString(2, owner);
        update.executeUpdate();
    }

    static void releaseAll(Session session) throws SQLException {
        session.prepared(RELEASE_ALL).executeUpdate();
    }

    /** @return false if somebody else changed it meanwhile: then nothing is saved */
    static boolean save(Session session, RelayEndpoint endpoint, Instant until, Collection<RelayDelivery> deliveries)
            throws SQLException {
        PreparedStatement update = session.prepared(SAVE);
        update.setString(1, endpoint.feed());
        update.setLong(2, endpoint.position());
        update.setString(3, STATES.of(endpoint.state()));
        update.setString(4, endpoint.reason());
        Rows.set(update, 5, endpoint.failingSince());
        Rows.set(update, 6, endpoint.nextProbeAt());
        update.setInt(7, endpoint.probes());
        Rows.set(update, 8, endpoint.lastSuccessAt());
        update.setLong(9, until.toEpochMilli());
        update.setString(10, endpoint.name());
        update.setString(11, endpoint.owner());
        update.setLong(12, endpoint.epoch());
        if (update.executeUpdate() == 0) {
            return false;
        }
        PreparedStatement insert = session.prepared(SAVE_DELIVERY);
        for (RelayDelivery delivery : deliveries) {
            insert.setString(1, endpoint.name());
            insert.setLong(2, delivery.sequence());
            insert.setString(3, DELIVERY_STATES.of(delivery.state()));
            insert.setInt(4, delivery.attempts());
            Rows.set(insert, 5, delivery.nextAt());
            Rows.set(insert, 6, delivery.triedAt());
            Integer status = delivery.httpStatus();
            if (status == null) {
                insert.setNull(7, Types.BIGINT);
            } else {
                insert.setInt(7, status);
            }
            insert.setString(8, delivery.error());
            insert.setString(9, delivery.excerpt());
            insert.addBatch();
        }
        insert.executeBatch();
        return true;
    }

    static void pause(Session session, String name) throws SQLException {
        byName(session, PAUSE, name);
    }

    static void resume(Session session, String name, Instant now) throws SQLException {
        PreparedStatement update = session.prepared(RESUME);
        update.setLong(1, now.toEpochMilli());
        update.setString(2, name);
        update.executeUpdate();
    }

    /** Goes back to the first change that came at that time or later, if that is back. */
    static void recover(Session session, String name, Instant since, long newest) throws SQLException {
        PreparedStatement select = session.prepared(FIRST_SINCE);
        select.setLong(1, since.toEpochMilli());
        select.setLong(2, since.toEpochMilli());
        long position = newest;
        try (ResultSet row = select.executeQuery()) {
            row.next();
            long first = row.getLong(1);
            if (!row.wasNull()) {
                position = first - 1;
            }
        }
        PreparedStatement update = session.prepared(RECOVER);
        update.setString(1, FeedTable.read(session).id());
        update.setLong(2, position);
        update.setString(3, name);
        update.setLong(4, position);
        if (update.executeUpdate() == 1) {
            PreparedStatement delete = session.prepared(FORGET_FROM);
            delete.setString(1, name);
            delete.setLong(2, position);
            delete.executeUpdate();
        }
    }

    /** @return false if no such one waits for it */
    static boolean retry(Session session, String name, long sequence, Instant now) throws SQLException {
        byName(session, CHANGED, name);
        PreparedStatement update = session.prepared(RETRY);
        update.setLong(1, now.toEpochMilli());
        update.setString(2, name);
        update.setLong(3, sequence);
        return update.executeUpdate() == 1;
    }

    /** @return how many */
    static int retryAll(Session session, String name, Instant now) throws SQLException {
        byName(session, CHANGED, name);
        PreparedStatement update = session.prepared(RETRY_ALL);
        update.setLong(1, now.toEpochMilli());
        update.setString(2, name);
        return update.executeUpdate();
    }

    private static void byName(Session session, String sql, String name) throws SQLException {
        PreparedStatement update = session.prepared(sql);
        update.setString(1, name);
        update.executeUpdate();
    }

    /** Removes excerpts of answers, in which a number can stand. Pushers read their endpoints again. */
    static void erase(Session session) throws SQLException {
        session.prepared(CHANGED_ALL).executeUpdate();
        session.prepared(ERASE).executeUpdate();
    }

    /** Removes what is delivered for long, and that of which the change is no longer kept. */
    static void removeOld(Session session, Instant before) throws SQLException {
        PreparedStatement delete = session.prepared(REMOVE);
        delete.setLong(1, before.toEpochMilli());
        delete.executeUpdate();
    }

    /** Those that are retried, and all after the position, in their order. */
    static List<RelayDelivery> unfinished(Session session, String name, long position) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_UNFINISHED);
        select.setString(1, name);
        select.setLong(2, position);
        return deliveries(select);
    }

    static Optional<RelayDelivery> delivery(Session session, String name, long sequence) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_DELIVERY);
        select.setString(1, name);
        select.setLong(2, sequence);
        return deliveries(select).stream().findFirst();
    }

    /** The newest first. @param state null for any */
    static List<RelayDelivery> page(
            Session session, String name, RelayDelivery.@Nullable State state, long before, int limit)
            throws SQLException {
        PreparedStatement select = session.prepared(state == null ? SELECT_PAGE : SELECT_PAGE_OF_STATE);
        int next = 1;
        select.setString(next++, name);
        if (state != null) {
            select.setString(next++, DELIVERY_STATES.of(state));
        }
        select.setLong(next++, before);
        select.setInt(next, limit);
        return deliveries(select);
    }

    private static List<RelayDelivery> deliveries(PreparedStatement select) throws SQLException {
        List<RelayDelivery> deliveries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int status = row.getInt(8);
                deliveries.add(new RelayDelivery(
                        row.getLong(1),
                        new MessageKey(new Provider(row.getString(2)), row.getString(3)),
                        DELIVERY_STATES.constant(row.getString(4)),
                        row.getInt(5),
                        Rows.timeOrNull(row, 6),
                        Rows.timeOrNull(row, 7),
                        status == 0 ? null : status,
                        row.getString(9),
                        row.getString(10)));
            }
        }
        return deliveries;
    }
}
