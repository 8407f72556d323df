package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a 200 promises, when the process ends. */
class CrashTest {
    private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);
    private static final int CRASHES = Integer.getInteger("sendstatus.crash.rounds", 20);
    private static final int SENDERS = 16;
    private static final int BURST = 3_000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final AccountName ACCOUNT = new AccountName(new Provider("bandwidth"), "main");

    @TempDir
    private Path folder;

    private DatabaseSettings database() {
        return new DatabaseSettings("jdbc:sqlite:" + ServerProcess.database(folder), null, null);
    }

    private ServerProcess server() throws Exception {
        return new ServerProcess(folder, List.of(), Map.of());
    }

    /** On one database, by turns: killed while it takes callbacks, and, started on what a burst has left, while it applies these. */
    @Test
    @Tag("slow")
    void killedInABurstAndWhileThatIsAppliedNothingAcknowledgedIsMissingAndNothingIsAppliedTwice() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        int killedApplying = 0;
        for (int crash = 0; crash < CRASHES; crash++) {
            if (crash % 2 == 0) {
                acknowledged.addAll(killedInABurst("b" + crash, 200 + 20 * crash));
                acknowledged.addAll(burst("a" + crash));
            } else {
                killedApplying += killedApplying(100 * crash) ? 1 : 0;
            }
        }
        LOG.info(
                "{} acknowledged, {} of {} crashes while they were applied",
                acknowledged.size(),
                killedApplying,
                CRASHES);
        assertThat(killedApplying).as("crashes in the middle of applying").isGreaterThanOrEqualTo(CRASHES / 4);
        Promise.kept(database(), acknowledged);
    }

    private List<String> killedInABurst(String prefix, int enough) throws Exception {
        try (ServerProcess server = server();
                Load load = new Load(server.uri("/webhooks/bandwidth"), prefix, SENDERS)) {
            await().atMost(LONG).until(() -> load.acknowledged().size() >= enough);
            server.kill();
            load.join();
            Promise.nothingAppliedWaits(database());
            return List.copyOf(load.acknowledged());
        }
    }

    /** What a burst leaves that was faster than it could be applied. */
    private List<String> burst(String prefix) throws Exception {
        List<String> ids = new ArrayList<>();
        List<AcceptedCallback> callbacks = new ArrayList<>();
        Instant now = Instant.now();
        for (int i = 0; i < BURST; i++) {
            String id = prefix + "-" + i;
            ids.add(id);
            RawCallback raw = new RawCallback(
                    "POST", null, "application/json", Load.body(id).getBytes(StandardCharsets.UTF_8));
            callbacks.add(new AcceptedCallback(ACCOUNT, now, raw));
        }
        try (Store store = Store.open(new SqliteDialect(SqliteFile.of(database())))) {
            store.accept(callbacks, now);
        }
        return ids;
    }

    /** @param enough as soon as so many are applied @return whether some were and some were not */
    private boolean killedApplying(int enough) throws Exception {
        long before = Promise.waiting(database());
        ServerProcess.startAndKill(folder, () -> Promise.waiting(database()) <= before - enough);
        Promise.nothingAppliedWaits(database());
        long after = Promise.waiting(database());
        return after > 0 && after < before;
    }

    @Test
    void whatAKilledServerLeftIsFoundByTheCommandLineWithoutAStart() throws Exception {
        List<String> acknowledged = new ArrayList<>(killedInABurst("c", 300));
        acknowledged.addAll(burst("left"));
        Command status = Command.run(folder, database(), "status", "left-" + (BURST - 1));
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(status.out()).contains("DELIVERED", "+12025550143");
        acknowledged.addAll(burst("more"));
        Path file = folder.resolve("all.csv");
        Command export =
                Command.run(folder, database(), "export", "--columns", "id,sendStatus", "--out", file.toString());
        assertThat(export.code()).as(export.err()).isZero();
        List<String> lines = Files.readAllLines(file);
        Set<String> exported = new HashSet<>(lines);
        assertThat(exported).as("each once").hasSameSizeAs(lines);
        assertThat(exported)
                .containsAll(acknowledged.stream().map(id -> id + ",DELIVERED").toList());
        Promise.keptAndApplied(database(), acknowledged);
    }

    @Test
    void aStopUnderLoadAnswersAndAppliesWhatWasTaken() throws Exception {
        List<String> burst;
        try (ServerProcess server = server();
                Load load = new Load(server.uri("/webhooks/bandwidth"), "s", SENDERS)) {
            await().atMost(LONG).until(() -> load.acknowledged().size() >= 500);
            burst = burst("waits");
            assertThat(server.stop()).as(server.output()).isIn(0, 143);
            load.join();
            assertThat(server.output())
                    .doesNotContain("Exception", "not yet part of their messages", ServerProcess.PASSWORD);
            Promise.keptAndApplied(database(), load.acknowledged());
            Promise.keptAndApplied(database(), burst);
        }
    }
}
