package dev.sendstatus.bench;

import dev.sendstatus.app.Database;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the writers do in one process: one on SQLite, one and then three on one PostgreSQL that syncs, with the same callbacks; each
 * message is sent and, some thousand callbacks later, delivered. Prints events a second and, last, a line of JSON.
 */
public final class NodesBench {
    private static final AccountName ACCOUNT = new AccountName(new Provider("twilio"), "main");
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final int[] BATCHES = {16, 64, 256};
    private static final int NODES = 3;
    private static final int EVENTS = 40_000;
    private static final int BEHIND = 2_000;

    private final Path folder;

    private NodesBench(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        try (BenchFolder folder = BenchFolder.make();
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_wal_size", "2GB")
                        .start()) {
            new NodesBench(folder.path()).run(server);
        }
    }

    private void run(EmbeddedPostgres server) throws Exception {
        StringBuilder json = new StringBuilder();
        System.out.printf(Locale.ROOT, "%8s %12s %14s %14s%n", "batch", "SQLite, 1", "PostgreSQL, 1", "PostgreSQL, 3");
        for (int batch : BATCHES) {
            long sqlite = rate(sqlite("s" + batch), batch, 1);
            long one = rate(postgres(server, "one" + batch), batch, 1);
            long three = rate(postgres(server, "three" + batch), batch, NODES);
            System.out.printf(Locale.ROOT, "%8d %,12d %,14d %,14d%n", batch, sqlite, one, three);
            json.append(json.isEmpty() ? "" : ",")
                    .append("{\"batch\":%d,\"sqlite\":%d,\"postgresql\":%d,\"postgresql3\":%d}"
                            .formatted(batch, sqlite, one, three));
        }
        System.out.println("[" + json + "]");
    }

    private Database sqlite(String name) {
        return Database.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve(name + ".db"), null, null));
    }

    private static Database postgres(EmbeddedPostgres server, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return Database.of(
                new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, "postgres", ""));
    }

    private static long rate(Database database, int size, int nodes)
            throws StoreException, InterruptedException, ExecutionException, IOException {
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        List<Store> stores = new ArrayList<>();
        try {
            for (int i = 0; i < nodes; i++) {
                stores.add(database.store());
            }
            long begun = 0;
            // The first round warms up.
            for (int round = 0; round < 2; round++) {
                List<List<List<Incoming>>> all = new ArrayList<>();
                for (int i = 0; i < nodes; i++) {
                    all.add(batches(new Random(100L * round + i), size, "r" + round + "n" + i + "-"));
                }
                begun = System.nanoTime();
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < nodes; i++) {
                    Store store = stores.get(i);
                    List<List<Incoming>> own = all.get(i);
                    done.add(threads.submit(() -> {
                        for (List<Incoming> batch : own) {
                            store.commit(batch);
                        }
                        return null;
                    }));
                }
                for (Future<?> one : done) {
                    one.get();
                }
            }
            return (long) (EVENTS * nodes / ((System.nanoTime() - begun) / 1e9));
        } finally {
            threads.shutdown();
            stores.forEach(Store::close);
        }
    }

    private static List<List<Incoming>> batches(Random random, int size, String prefix) {
        List<List<Incoming>> batches = new ArrayList<>();
        List<Incoming> batch = new ArrayList<>(size);
        for (int i = 0; i < EVENTS; i++) {
            boolean delivered = i >= BEHIND && i % 2 == 1;
            int number = delivered ? i - 1 - BEHIND : i;
            batch.add(incoming(random, prefix + number, delivered ? Progress.DELIVERED : Progress.SENT, number));
            if (batch.size() == size) {
                batches.add(batch);
                batch = new ArrayList<>(size);
            }
        }
        batches.add(batch);
        return batches;
    }

    private static Incoming incoming(Random random, String id, Progress progress, int number) {
        String to = "+1202" + (5_000_000 + number);
        String key = "SM%032x".formatted(id.hashCode() * 0x9e3779b97f4a7c15L);
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(ACCOUNT.provider(), key),
                        Direction.OUTBOUND,
                        progress,
                        progress == Progress.SENT ? "sent" : "delivered")
                .soleRecipient()
                .to(to)
                .from("+1202555" + (1_000 + number % 100))
                .occurredAt(START.plusMillis(number))
                .build();
        String body = "MessageSid=" + key + "&To=%2B" + to.substring(1) + "&MessageStatus=" + progress + "&n="
                + random.nextInt(1_000_000);
        return new Incoming(
                ACCOUNT,
                Source.WEBHOOK,
                START.plusMillis(number),
                new RawCallback(
                        "POST", null, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8)),
                List.of(event),
                null);
    }
}
