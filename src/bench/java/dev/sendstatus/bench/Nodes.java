package dev.sendstatus.bench;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Database;
import dev.sendstatus.ingest.CallbackReader;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Table;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Applying alone: what one node does on SQLite, and one and three nodes on one PostgreSQL that syncs, with the same callbacks. */
final class Nodes {
    private static final int[] GROUPS = {128, 512};
    private static final int NODES = 3;
    private static final int ROUNDS = 3;
    private static final int ACCEPTED_AT_ONCE = 1_024;

    private final Path folder;
    private final int callbacks;
    private final CallbackReader reader = new CallbackReader(Adapters.all());
    private int databases;

    /** @param callbacks how many are applied in each round */
    Nodes(Path folder, int callbacks) {
        this.folder = folder;
        this.callbacks = callbacks;
    }

    /** A server of its own that syncs as one in production. */
    static EmbeddedPostgres postgres(Path folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgresql"))
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    static DatabaseSettings database(EmbeddedPostgres server, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new DatabaseSettings("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, "postgres", "any");
    }

    void run(Figures figures) throws Exception {
        Table table = Table.figures(
                "callbacks a group", "SQLite/s", "PostgreSQL, 1/s", "PostgreSQL, 3/s", "1 of SQLite", "3 of 1");
        try (EmbeddedPostgres server = postgres(folder)) {
            for (int group : GROUPS) {
                List<Double> sqlite = new ArrayList<>();
                List<Double> one = new ArrayList<>();
                List<Double> three = new ArrayList<>();
                // Interleaved, since the machine's speed drifts; the first round warms up.
                for (int round = 0; round <= ROUNDS; round++) {
                    Path file = folder.resolve("apply" + databases + ".db");
                    sqlite.add(rate(new DatabaseSettings("jdbc:sqlite:" + file, null, null), group, 1));
                    one.add(rate(database(server, "apply" + databases++), group, 1));
                    three.add(rate(database(server, "apply" + databases++), group, NODES));
                }
                double onSqlite = Figures.median(sqlite.subList(1, sqlite.size()));
                double onPostgres = Figures.median(one.subList(1, one.size()));
                double onThree = Figures.median(three.subList(1, three.size()));
                table.row(
                        group,
                        Figures.whole(onSqlite),
                        Figures.whole(onPostgres),
                        Figures.whole(onThree),
                        Figures.hundredths(onPostgres / onSqlite),
                        Figures.hundredths(onThree / onPostgres));
                figures.put("apply" + group + "_sqlite_eps", onSqlite, 0);
                figures.put("apply" + group + "_postgresql_ratio", onPostgres / onSqlite, 2);
                figures.put("apply" + group + "_three_nodes_ratio", onThree / onPostgres, 2);
            }
        }
        Figures.print("Applying alone, %,d callbacks at a time on an empty database".formatted(callbacks), table);
    }

    /** @return callbacks a second, of which each is one event */
    private double rate(DatabaseSettings settings, int group, int nodes) throws Exception {
        Database database = Database.of(settings);
        List<Store> stores = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            for (int i = 0; i < nodes; i++) {
                stores.add(Store.open(database.dialect()));
            }
            accept(stores.get(0));
            long begun = System.nanoTime();
            List<Future<Integer>> applied = new ArrayList<>();
            for (Store store : stores) {
                applied.add(threads.submit(() -> apply(store, group)));
            }
            int all = 0;
            for (Future<Integer> one : applied) {
                all += one.get();
            }
            if (all != callbacks) {
                throw new IllegalStateException(all + " of " + callbacks + " callbacks were applied");
            }
            return all / ((System.nanoTime() - begun) / 1e9);
        } finally {
            threads.shutdownNow();
            stores.forEach(Store::close);
        }
    }

    private void accept(Store store) throws StoreException {
        Instant now = Instant.now();
        MixedTraffic traffic = new MixedTraffic(now);
        List<AcceptedCallback> batch = new ArrayList<>();
        for (int i = 0; i < callbacks; i++) {
            MixedTraffic.Said said = traffic.next(now);
            batch.add(said.demo().callback(said.message(), now));
            if (batch.size() == ACCEPTED_AT_ONCE || i == callbacks - 1) {
                store.accept(batch, now);
                batch.clear();
            }
        }
    }

    private int apply(Store store, int group) throws StoreException {
        int all = 0;
        for (int applied = -1; applied != 0; ) {
            applied = store.apply(group, reader).size();
            all += applied;
        }
        return all;
    }
}
