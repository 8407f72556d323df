package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.postgres.PostgresServer;
import dev.sendstatus.store.postgres.RestartablePostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole nodes, each a process, on one PostgreSQL: a node is killed, and PostgreSQL is stopped and started, all under load. */
@Tag("slow")
class NodeFaultsTest {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFaultsTest.class);
    private static final int DEATHS = Integer.getInteger("sendstatus.crash.rounds", 3);
    private static final int SENDERS = 8;
    private static final String WEBHOOK = "/webhooks/bandwidth";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private ServerProcess node(String name, DatabaseSettings database) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        return new ServerProcess(
                home,
                List.of(),
                Map.of("SENDSTATUS_DATABASE_URL", database.url(), "SENDSTATUS_DATABASE_USER", "postgres"));
    }

    private static void untilMore(Load load, int more) {
        int before = load.acknowledged().size();
        await().atMost(LONG).until(() -> load.acknowledged().size() >= before + more);
    }

    @Test
    void aNodeThatNeverComesBackLosesNothingThatItAcknowledgedAndTheOtherAppliesIt() throws Exception {
        DatabaseSettings shared = PostgresServer.fresh();
        List<String> acknowledged = new ArrayList<>();
        try (ServerProcess staying = node("staying", shared);
                Load beside = new Load(staying.uri(WEBHOOK), "staying", SENDERS)) {
            for (int death = 0; death < DEATHS; death++) {
                try (ServerProcess mortal = node("mortal" + death, shared);
                        Load load = new Load(mortal.uri(WEBHOOK), "mortal" + death, SENDERS)) {
                    untilMore(load, 200 + 150 * death);
                    mortal.kill();
                    load.join();
                    Promise.nothingAppliedWaits(shared);
                    acknowledged.addAll(load.acknowledged());
                }
                untilMore(beside, 100);
            }
            beside.join();
            acknowledged.addAll(beside.acknowledged());
            await().atMost(LONG).until(() -> Promise.waiting(shared) == 0);
        }
        assertThat(acknowledged).hasSizeGreaterThan(300 * DEATHS);
        Promise.keptAndApplied(shared, acknowledged);
    }

    /** A lock on the messages stops it in the middle of its transaction, with what it took out of the inbox. */
    @Test
    void whatANodeHasTakenAndNotAppliedWhenItDiesAnotherApplies() throws Exception {
        DatabaseSettings shared = PostgresServer.fresh();
        List<String> acknowledged;
        try (Connection holding = PostgresServer.connection(shared);
                Statement statement = holding.createStatement();
                ServerProcess mortal = node("mortal", shared);
                Load load = new Load(mortal.uri(WEBHOOK), "mortal", SENDERS)) {
            untilMore(load, 100);
            holding.setAutoCommit(false);
            statement.execute("LOCK TABLE message IN EXCLUSIVE MODE");
            untilMore(load, 200);
            await().atMost(LONG).until(() -> waitsForTheLock(shared));
            mortal.kill();
            load.join();
            acknowledged = List.copyOf(load.acknowledged());
            holding.rollback();
        }
        assertThat(Promise.waiting(shared)).as("what it took it has given back").isPositive();
        Promise.nothingAppliedWaits(shared);
        try (ServerProcess other = node("other", shared)) {
            await().atMost(LONG).until(() -> Promise.waiting(shared) == 0);
            assertThat(other.output()).doesNotContain(" ERROR ");
        }
        Promise.keptAndApplied(shared, acknowledged);
    }

    private static boolean waitsForTheLock(DatabaseSettings database) throws SQLException {
        try (Connection plain = PostgresServer.connection(database);
                Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_locks WHERE relation = 'message'::regclass AND NOT granted")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    @Test
    void whilePostgresIsAwayCallbacksAreRefusedInTimeAndAfterwardsTheNodesGoOnByThemselves() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        try (RestartablePostgres postgres = new RestartablePostgres(folder);
                ServerProcess one = node("one", postgres.settings());
                ServerProcess second = node("second", postgres.settings());
                ServerProcess third = node("third", postgres.settings());
                Load onOne = new Load(one.uri(WEBHOOK), "one", SENDERS);
                Load onSecond = new Load(second.uri(WEBHOOK), "second", SENDERS);
                Load onThird = new Load(third.uri(WEBHOOK), "third", SENDERS);
                Load reads = new Load(
                        "reads",
                        SENDERS,
                        id -> HttpRequest.newBuilder(List.of(one, second, third)
                                        .get(turn.getAndIncrement() % 3)
                                        .uri("/v1/messages/one-0-0"))
                                .timeout(Load.PATIENCE)
                                .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                                .build())) {
            List<Load> loads = List.of(onOne, onSecond, onThird, reads);
            for (Load load : loads) {
                untilMore(load, 300);
            }
            loads.forEach(Load::warm);
            long stopped = System.nanoTime();
            postgres.stop();
            await().atMost(LONG).until(() -> loads.stream().allMatch(load -> load.refused() > 2 * SENDERS));
            postgres.start();
            long back = System.nanoTime();
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> loads.stream().allMatch(load -> load.lastAcknowledgedNanos() > back));
            long again = System.nanoTime();
            List<String> acknowledged = new ArrayList<>();
            for (Load load : loads) {
                untilMore(load, 300);
                load.join();
                acknowledged.addAll(load == reads ? List.of() : load.acknowledged());
            }
            LOG.info(
                    "PostgreSQL was away for {} ms; {} ms after it was back all nodes acknowledged again; the slowest answers: {}",
                    (back - stopped) / 1_000_000,
                    (again - back) / 1_000_000,
                    loads.stream().map(Load::slowest).toList());
            assertThat(loads).allSatisfy(load -> {
                assertThat(load.slowest()).isLessThan(Duration.ofSeconds(2));
                assertThat(load.broken()).isZero();
            });
            assertThat(one.output() + second.output() + third.output()).doesNotContain(ServerProcess.PASSWORD);
            await().atMost(LONG).until(() -> Promise.waiting(postgres.settings()) == 0);
            Promise.keptAndApplied(postgres.settings(), acknowledged);
        }
    }
}
