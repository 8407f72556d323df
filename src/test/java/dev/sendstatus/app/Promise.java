package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Consistency;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a 200 promises. */
final class Promise {
    /** A message of {@link Load} is one callback with one event. */
    private static final String SELECT = """
            SELECT m.provider_id, m.status, count(*), count(DISTINCT c.id)
            FROM message m JOIN event e ON e.message_id = m.id LEFT JOIN callback c ON c.id = e.callback_id
            GROUP BY m.id""";

    private Promise() {}

    /**
     * Applies what waits, as the next start would, and fails unless every message of these is stored, delivered, once, with its raw
     * callback, and the rows of all messages say what their events say.
     *
     * @param ids of messages of {@link Load}
     */
    static void kept(DatabaseSettings database, Collection<String> ids) throws StoreException, SQLException {
        CallbackReader reader = new CallbackReader(Adapters.all());
        try (Store store = Store.open(Database.of(database).dialect())) {
            while (!store.apply(128, reader).isEmpty()) {
                // The next group.
            }
        }
        keptAndApplied(database, ids);
    }

    /** The same, where nothing may be left to apply. */
    static void keptAndApplied(DatabaseSettings database, Collection<String> ids) throws StoreException, SQLException {
        assertThat(waiting(database)).as("not applied").isZero();
        Map<String, String> stored = stored(database);
        Set<String> missing = new HashSet<>(ids);
        missing.removeAll(stored.keySet());
        assertThat(missing).as("acknowledged, but not stored").isEmpty();
        assertThat(stored.values())
                .as("applied once, with the callback")
                .containsOnly("DELIVERED, 1 event, 1 callback");
        try (Reads reads = Reads.open(Database.of(database).dialect())) {
            Consistency consistency = reads.consistency();
            while (consistency.more()) {
                assertThat(consistency.next()).isEmpty();
            }
        }
    }

    /** How many callbacks wait to be applied. */
    static long waiting(DatabaseSettings database) throws SQLException {
        return count(database, "SELECT count(*) FROM inbox");
    }

    /** Fails if a callback is applied and waits all the same: it would be applied a second time, which its events' identities would hide. */
    static void nothingAppliedWaits(DatabaseSettings database) throws SQLException {
        assertThat(count(database, "SELECT count(*) FROM inbox i JOIN event e ON e.callback_id = i.callback_id"))
                .as("applied, and waiting")
                .isZero();
    }

    private static long count(DatabaseSettings database, String sql) throws SQLException {
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Map<String, String> stored(DatabaseSettings database) throws SQLException {
        Map<String, String> stored = new HashMap<>();
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SELECT)) {
            while (rows.next()) {
                stored.put(
                        rows.getString(1),
                        rows.getString(2) + ", " + rows.getInt(3) + " event, " + rows.getInt(4) + " callback");
            }
        }
        return stored;
    }

    /** As an administrator has it, beside the program. */
    static Connection connection(DatabaseSettings database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
