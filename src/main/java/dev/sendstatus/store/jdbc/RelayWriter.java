package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;

/**
 * Writes the positions of the relay's endpoints, and their deliveries that failed. Each method is one synced transaction, unless it says otherwise,
 * and locks an endpoint before its deliveries, so that none wait for each other. Any thread.
 */
public final class RelayWriter {
    private static final String INSERT = """
            INSERT INTO relay_endpoint (name, feed, position, state, probes, epoch) VALUES (?, ?, ?, 'active', 0, 0)
            ON CONFLICT (name) DO NOTHING""";
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

    /** An index of messages finds those that were last heard of since then. */
    private static final String FIRST_SINCE = """
            SELECT min(e.id) FROM message m JOIN event e ON e.message_id = m.id
            WHERE m.last_received_at >= ? AND e.changed AND e.received_at >= ?""";

    private final Dialect dialect;
    private final Writer writer;

    RelayWriter(Dialect dialect, Writer writer) {
        this.dialect = dialect;
        this.writer = writer;
    }

    /** Keeps an endpoint of the relay that is new, with that position. One that is known stays as it is. */
    public void addEndpoint(String name, String feed, long position) throws StoreException {
        writer.run("keeping an endpoint", session -> session.update(INSERT, name, feed, position));
    }

    /** Has a node push for an endpoint until that time. @return false if another one does */
    public boolean takeEndpoint(String name, String owner, Instant now, Instant until) throws StoreException {
        return writer.append(
                "taking an endpoint", session -> session.update(TAKE, owner, until, name, owner, now) == 1);
    }

    /** Has no node push for an endpoint any more, if that one did. */
    public void releaseEndpoint(String name, String owner) throws StoreException {
        writer.run("releasing an endpoint", session -> session.update(RELEASE, name, owner));
    }

    /** Says that no other node is there: those that pushed are gone. */
    public void releaseEndpoints() throws StoreException {
        writer.run("releasing the endpoints", session -> session.update(RELEASE_ALL));
    }

    /**
     * Keeps how far an endpoint is, and until when its node pushes. A power cut may lose it: later pushes are then repeated.
     *
     * @return false if somebody else changed it since it was read: then nothing is kept
     */
    public boolean save(RelayEndpoint endpoint, Instant until, Collection<RelayDelivery> deliveries)
            throws StoreException {
        return writer.append("keeping how far an endpoint is", session -> save(session, endpoint, until, deliveries));
    }

    private static boolean save(
            Session session, RelayEndpoint endpoint, Instant until, Collection<RelayDelivery> deliveries)
            throws SQLException {
        int saved = session.update(
                SAVE,
                endpoint.feed(),
                endpoint.position(),
                endpoint.state(),
                endpoint.reason(),
                endpoint.failingSince(),
                endpoint.nextProbeAt(),
                endpoint.probes(),
                endpoint.lastSuccessAt(),
                until,
                endpoint.name(),
                endpoint.owner(),
                endpoint.epoch());
        if (saved == 1) {
            session.batch(SAVE_DELIVERY, deliveries, delivery -> new Object[] {
                endpoint.name(),
                delivery.sequence(),
                delivery.state(),
                delivery.attempts(),
                delivery.nextAt(),
                delivery.triedAt(),
                delivery.httpStatus(),
                delivery.error(),
                delivery.excerpt()
            });
        }
        return saved == 1;
    }

    public void pause(String name) throws StoreException {
        writer.run("pausing an endpoint", session -> session.update(PAUSE, name));
    }

    /** Has an endpoint tried now. */
    public void resume(String name, Instant now) throws StoreException {
        writer.run("resuming an endpoint", session -> session.update(RESUME, now, name));
    }

    /** Has all that changed since then pushed again: goes back to the first such change, if that is back. */
    public void recover(String name, Instant since) throws StoreException {
        writer.run("going back in the feed", session -> {
            long first = session.number(FIRST_SINCE, since, since);
            long position = (first == 0 ? dialect.completeEvents(session) : first) - 1;
            if (session.update(RECOVER, FeedTable.read(session).id(), position, name, position) == 1) {
                session.update(FORGET_FROM, name, position);
            }
        });
    }

    /** Has a delivery tried now. @return false if there is none, or it is delivered */
    public boolean retryDelivery(String endpoint, long sequence, Instant now) throws StoreException {
        return writer.write("retrying a delivery", session -> {
            session.update(CHANGED, endpoint);
            return session.update(RETRY, now, endpoint, sequence) == 1;
        });
    }

    /** Has all deliveries tried now that are not delivered. @return how many */
    public int retryDeliveries(String endpoint, Instant now) throws StoreException {
        return writer.write("retrying deliveries", session -> {
            session.update(CHANGED, endpoint);
            return session.update(RETRY_ALL, now, endpoint);
        });
    }

    /** Removes deliveries that succeeded before then, and those of which the change is no longer kept. */
    public void removeOldDeliveries(Instant before) throws StoreException {
        writer.run("removing old deliveries", session -> session.update(REMOVE, before));
    }

    /** Removes excerpts of answers, in which a number can stand. Pushers read their endpoints again. */
    static void erase(Session session) throws SQLException {
        session.update(CHANGED_ALL);
        session.update(ERASE);
    }
}
