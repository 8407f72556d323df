package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What tests of faults share: callbacks to store, and a way to break connections. */
final class PostgresFaults {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final RawCallback RAW = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
    // One at a time: with all at once no batch would ever get through.
    private static final String KILL_ONE = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'sendstatus' AND pid <> pg_backend_pid()
            ORDER BY random() LIMIT 1""";

    private PostgresFaults() {}

    static String id(int number) {
        return "m" + number;
    }

    /** Callbacks of so many messages, numbered from there on. */
    static List<Incoming> batch(int from, int count) {
        List<Incoming> batch = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            DeliveryEvent event = DeliveryEvent.of(
                            new MessageKey(Histories.PROVIDER, id(i)),
                            Direction.OUTBOUND,
                            Progress.DELIVERED,
                            "delivered")
                    .to("+12025550143")
                    .build();
            batch.add(new Incoming(
                    new AccountName(Histories.PROVIDER, "main"), Source.WEBHOOK, NOW, RAW, List.of(event), null));
        }
        return batch;
    }

    /** @return false if the database was not to be had; everything else is a failure of the test */
    static boolean stored(Store store, List<Incoming> batch) throws StoreException {
        try {
            store.commit(batch);
            return true;
        } catch (StoreException.Unavailable e) {
            return false;
        }
    }

    /** Ends connections one after another as long as that. @return how many */
    static int killAll(DatabaseSettings database, AtomicBoolean going) throws SQLException {
        int killed = 0;
        try (Connection plain = PostgresServer.connection(database);
                PreparedStatement kill = plain.prepareStatement(KILL_ONE)) {
            while (going.get()) {
                try (ResultSet row = kill.executeQuery()) {
                    killed += row.next() && row.getBoolean(1) ? 1 : 0;
                }
                pause(plain);
            }
        }
        return killed;
    }

    private static void pause(Connection plain) throws SQLException {
        try (PreparedStatement pause = plain.prepareStatement("SELECT pg_sleep(0.02)");
                ResultSet row = pause.executeQuery()) {
            row.next();
        }
    }
}
