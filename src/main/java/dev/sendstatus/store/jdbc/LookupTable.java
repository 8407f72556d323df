package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.PastLookup;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The messages that providers were asked about. */
final class LookupTable {
    private static final String SELECT =
            "SELECT provider, provider_id, asked_at, again FROM lookup WHERE provider_id IN (%s)";
    private static final String REPLACE = """
            INSERT INTO lookup (provider_id, provider, asked_at, again) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider_id, provider) DO UPDATE SET asked_at = excluded.asked_at, again = excluded.again""";
    private static final String DELETE = "DELETE FROM lookup WHERE asked_at < ?";

    private LookupTable() {}

    static Map<MessageKey, PastLookup> asked(Session session, Collection<MessageKey> keys) throws SQLException {
        Map<MessageKey, PastLookup> found = new HashMap<>();
        InList.select(
                session, SELECT, keys.stream().map(MessageKey::id).distinct().toList(), row -> {
                    MessageKey key = Rows.message(row, 1);
                    found.put(key, new PastLookup(key, Rows.time(row, 3), row.getBoolean(4)));
                });
        found.keySet().retainAll(new HashSet<>(keys));
        return found;
    }

    /** In one order, as on every node. */
    static void note(Session session, List<PastLookup> asked) throws SQLException {
        List<PastLookup> ordered =
                asked.stream().sorted(Comparator.comparing(PastLookup::message)).toList();
        session.batch(REPLACE, ordered, one ->
                new Object[] {one.message().id(), one.message().provider(), one.at(), one.again()});
    }

    static void forget(Session session, Instant before) throws SQLException {
        session.update(DELETE, before);
    }
}
