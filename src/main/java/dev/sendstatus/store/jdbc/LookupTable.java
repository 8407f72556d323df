package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.PastLookup;
import java.sql.PreparedStatement;
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
                    MessageKey key = new MessageKey(new Provider(row.getString(1)), row.getString(2));
                    found.put(key, new PastLookup(key, Rows.time(row, 3), row.getBoolean(4)));
                });
        found.keySet().retainAll(new HashSet<>(keys));
        return found;
    }

    static void note(Session session, List<PastLookup> asked) throws SQLException {
        PreparedStatement replace = session.prepared(REPLACE);
        // In one order, as on every node.
        for (PastLookup one :
                asked.stream().sorted(Comparator.comparing(PastLookup::message)).toList()) {
            replace.setString(1, one.message().id());
            replace.setString(2, one.message().provider().word());
            replace.setLong(3, one.at().toEpochMilli());
            replace.setBoolean(4, one.again());
            replace.addBatch();
        }
        replace.executeBatch();
    }

    static void forget(Session session, Instant before) throws SQLException {
        PreparedStatement delete = session.prepared(DELETE);
        delete.setLong(1, before.toEpochMilli());
        delete.executeUpdate();
    }
}
