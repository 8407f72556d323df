package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.store.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a 200 promises, when the process ends. {@code -Dsendstatus.crash.rounds=20} makes a longer run of it. */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("sendstatus.crash.rounds", 4);
    private static final int SENDERS = 16;

    @TempDir
    private Path folder;

    @Test
    void killedUnderLoadAgainAndAgainNothingAcknowledgedIsMissing() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = new ServerProcess(folder, List.of(), Map.of());
                    Load load = new Load(server.uri("/webhooks/bandwidth"), "r" + round, SENDERS)) {
                int enough = 300 + 200 * round;
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> load.acknowledged().size() >= enough);
                server.kill();
                load.join();
                acknowledged.addAll(load.acknowledged());
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(300 * ROUNDS);
        assertAllStored(acknowledged);
    }

    @Test
    void aStopUnderLoadAnswersWhatWasTakenAndStoresIt() throws Exception {
        try (ServerProcess server = new ServerProcess(folder, List.of(), Map.of());
                Load load = new Load(server.uri("/webhooks/bandwidth"), "s", SENDERS)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.acknowledged().size() >= 500);
            assertThat(server.stop()).as(server.output()).isIn(0, 143);
            load.join();
            assertThat(server.output()).doesNotContain("Exception").doesNotContain(ServerProcess.PASSWORD);
            assertAllStored(load.acknowledged());
        }
    }

    private void assertAllStored(Collection<String> ids) throws Exception {
        Promise.kept(new DatabaseSettings("jdbc:sqlite:" + ServerProcess.database(folder), null, null), ids);
    }
}
