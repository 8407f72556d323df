package dev.sendstatus.store.postgres;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Store;
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
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    // One at a time: with all at once no batch would ever get through.
    private static final String KILL_ONE = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'sendstatus' AND pid <> pg_backend_pid()
            ORDER BY random() LIMIT 1""";

    private PostgresFaults() {}

    static String id(int number) {
        return "m" + number;
    }

    static MessageKey key(int number) {
        return new MessageKey(Histories.PROVIDER, id(number));
    }

    /** Callbacks of so many messages, numbered from there on. */
    static List<Incoming> batch(int from, int count) {
        List<Incoming> batch = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            batch.add(incoming(raw(i), Source.WEBHOOK));
        }
        return batch;
    }

    /** The same, as they come in. */
    static List<AcceptedCallback> accepted(int from, int count) {
        List<AcceptedCallback> batch = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            batch.add(new AcceptedCallback(ACCOUNT, NOW, raw(i)));
        }
        return batch;
    }

    private static RawCallback raw(int number) {
        return new RawCallback("POST", null, null, id(number).getBytes(StandardCharsets.UTF_8));
    }

    /** What one of them says. */
    static Incoming read(StoredCallback callback, Source source) {
        return incoming(callback.raw(), source);
    }

    private static Incoming incoming(RawCallback raw, Source source) {
        MessageKey message = new MessageKey(Histories.PROVIDER, new String(raw.body(), StandardCharsets.UTF_8));
        DeliveryEvent event = DeliveryEvent.of(message, Direction.OUTBOUND, Progress.DELIVERED, "delivered")
                .to("+12025550143")
                .build();
        return new Incoming(ACCOUNT, source, NOW, raw, List.of(event), null);
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

    /** @return false if the database was not to be had, so that nobody knows whether they are stored */
    static boolean acknowledged(Store store, List<AcceptedCallback> batch) throws StoreException {
        try {
            store.accept(batch, NOW);
            return true;
        } catch (StoreException.Unavailable e) {
            return false;
        }
    }

    /** Applies some of what waits, if the database is to be had. */
    static void applied(Store store, int limit) throws StoreException {
        try {
            store.apply(limit, PostgresFaults::read);
        } catch (StoreException.Unavailable e) {
            // What was taken is given back, and applied by whoever comes next.
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
