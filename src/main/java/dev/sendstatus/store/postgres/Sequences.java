package dev.sendstatus.store.postgres;

import dev.sendstatus.store.jdbc.Session;
import java.sql.SQLException;

/**
 * The numbers of events. A transaction's are its own number in the cluster, shifted, and then one after another; so an event below
 * the oldest transaction that is still running is there or never will be, and a reader that stops there steps over nothing.
 */
final class Sequences {
    /** Two to this many events fit into one transaction: more than the largest commit of callbacks can hold. */
    static final int SHIFT = 16;

    static final int MOST = 1 << SHIFT;

    // The shift by 16 is written out in each statement.
    private static final String BEGIN = "SELECT (pg_current_xact_id()::text::bigint << 16) + event_offset FROM counter";
    static final String SELECT_COMPLETE = """
            SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 16) + event_offset FROM counter""";
    private static final String PLACE = """
            (SELECT system_identifier || ' ' || d.oid || ' ' || 'counter'::regclass::oid
            FROM pg_control_system(), pg_database d WHERE d.datname = current_database())""";
    // A number of the cluster whose lock nobody else is likely to take.
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7250114302351098)";
    // All stored numbers are of transactions below the snapshot's end, unless they were written in another cluster.
    private static final String RAISE = """
            WITH now AS (
                SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint << 16 AS number),
            stored AS (
                SELECT greatest((SELECT reached FROM counter), (SELECT coalesce(max(id), 0) + 1 FROM event)) AS number)
            UPDATE counter
            SET place = %s,
                event_offset = greatest(event_offset, stored.number - now.number),
                reached = greatest(now.number + event_offset, stored.number)
            FROM now, stored""".formatted(PLACE);
    private static final String BEGIN_ANOTHER_FEED = """
            UPDATE feed SET id = substr(md5(gen_random_uuid()::text), 1, 16)
            WHERE (SELECT place FROM counter) <> %s""".formatted(PLACE);
    private static final String GO_ON = "UPDATE counter SET place = " + PLACE;

    private Sequences() {}

    /** Begins the numbers of the transaction that runs. @return the first */
    static long begin(Session session) throws SQLException {
        return session.number(BEGIN);
    }

    /** All that has a lower number, and ever will have, is committed. */
    static long complete(Session session) throws SQLException {
        return session.number(SELECT_COMPLETE);
    }

    /**
     * Sees to it that stored events have lower numbers than later ones, also in a cluster that counts from the start again; and that a
     * database that was restored from a dump begins another feed: it lacks the events that came after the dump.
     */
    static void raise(Session session) throws SQLException {
        session.each(LOCK, row -> {});
        session.update(BEGIN_ANOTHER_FEED);
        session.update(RAISE);
    }

    /** Says that the database is no restored one, though it was not opened before: one that was copied from another goes on with its feed. */
    static void goOn(Session session) throws SQLException {
        session.update(GO_ON);
    }
}
