package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.postgres.PostgresServer;
import dev.sendstatus.store.postgres.RestartablePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void aNodeKilledUnderLoadLosesNothingThatItAcknowledgedAndTheOtherGoesOn() throws Exception {
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
                    acknowledged.addAll(load.acknowledged());
                }
                untilMore(beside, 100);
            }
            beside.join();
            acknowledged.addAll(beside.acknowledged());
        }
        assertThat(acknowledged).hasSizeGreaterThan(300 * DEATHS);
        Promise.kept(shared, acknowledged);
    }

    @Test
    void whilePostgresIsAwayCallbacksAreRefusedAndAfterwardsTheNodesGoOnByThemselves() throws Exception {
        try (RestartablePostgres postgres = new RestartablePostgres(folder);
                ServerProcess one = node("one", postgres.settings());
                ServerProcess other = node("other", postgres.settings());
                Load onOne = new Load(one.uri(WEBHOOK), "one", SENDERS);
                Load onOther = new Load(other.uri(WEBHOOK), "other", SENDERS)) {
            untilMore(onOne, 300);
            untilMore(onOther, 300);
            long stopped = System.nanoTime();
            postgres.stop();
            await().atMost(LONG).until(() -> onOne.refused() > SENDERS && onOther.refused() > SENDERS);
            postgres.start();
            long back = System.nanoTime();
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> onOne.lastAcknowledgedNanos() > back && onOther.lastAcknowledgedNanos() > back);
            long again = System.nanoTime();
            LOG.info(
                    "PostgreSQL was away for {} ms; {} ms after it was back both nodes acknowledged again",
                    (back - stopped) / 1_000_000,
                    (again - back) / 1_000_000);
            untilMore(onOne, 300);
            untilMore(onOther, 300);
            onOne.join();
            onOther.join();
            assertThat(one.output() + other.output()).doesNotContain(ServerProcess.PASSWORD);
            List<String> acknowledged = new ArrayList<>(onOne.acknowledged());
            acknowledged.addAll(onOther.acknowledged());
            Promise.kept(postgres.settings(), acknowledged);
        }
    }
}
