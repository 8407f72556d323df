package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sendstatus.store.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more, and a database that another process holds: 503 while it is so, nothing acknowledged lost, and recovery without a restart. */
@Tag("slow")
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    /** The log may grow to two megabytes and no further: what a quota does. */
    @Test
    void atItsQuotaItAnswers503AndGoesOnWhenTheQuotaIsRaised() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit raises the limit of a running process");
        List<String> limited = List.of("bash", "-c", "ulimit -S -f 2048; exec \"$@\"", "limited");
        try (ServerProcess server = new ServerProcess(folder, limited, Map.of())) {
            Collection<String> acknowledged = fillUntil503(server);
            assertThat(get(server.uri("/healthz"))).isEqualTo(200);
            run("/usr/bin/prlimit", "--fsize=unlimited", "--pid", Long.toString(server.pid()));
            assertRecovers(server, folder, acknowledged);
        }
    }

    /** A real file system of ten megabytes, filled up by somebody else, who then makes room again. */
    @Test
    void onAFullDiskItAnswers503AndGoesOnWhenThereIsRoom() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mounts(disk), "only root may mount a small file system");
        try {
            try (ServerProcess server = new ServerProcess(disk, List.of(), Map.of())) {
                Path filler = disk.resolve("filler");
                fill(filler);
                Collection<String> acknowledged = fillUntil503(server);
                assertThat(get(server.uri("/readyz"))).isEqualTo(503);
                Files.delete(filler);
                assertRecovers(server, disk, acknowledged);
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /** As a script that forgets to end its transaction does. */
    @Test
    void whileAnotherProcessLocksTheDatabaseItAnswers503InTimeAndGoesOnWhenItIsDone() throws Exception {
        try (ServerProcess server = new ServerProcess(folder, List.of(), Map.of());
                Load load = new Load(server.uri("/webhooks/bandwidth"), "l", 8)) {
            await().atMost(PATIENCE).until(() -> load.acknowledged().size() > 300);
            load.warm();
            try (Connection other = Promise.connection(database(folder));
                    Statement statement = other.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> lockedWhileSomeWait(statement));
                await().atMost(PATIENCE).until(() -> load.refused() > 16);
                assertThat(Promise.waiting(database(folder)))
                        .as("acknowledged, and waiting to be applied")
                        .isPositive();
                statement.execute("ROLLBACK");
            }
            load.join();
            assertThat(load.slowest()).isLessThan(Duration.ofSeconds(2));
            assertThat(load.broken()).isZero();
            assertThat(server.output()).contains("another process holds the database locked");
            assertRecovers(server, folder, load.acknowledged());
        }
    }

    /** A callback waits for milliseconds only: the lock is taken again and again, until it holds some up. */
    private static boolean lockedWhileSomeWait(Statement statement) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM inbox")) {
            if (row.getInt(1) > 0) {
                return true;
            }
        }
        statement.execute("ROLLBACK");
        return false;
    }

    private static boolean mounts(Path disk) throws IOException, InterruptedException {
        return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", disk.toString())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void fill(Path filler) {
        byte[] block = new byte[64 * 1024];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** @return what was acknowledged */
    private Collection<String> fillUntil503(ServerProcess server) throws Exception {
        URI url = server.uri("/webhooks/bandwidth");
        Collection<String> acknowledged;
        try (Load load = new Load(url, "f", 8)) {
            await().atMost(PATIENCE).until(() -> load.refused() > 0);
            load.join();
            acknowledged = load.acknowledged();
        }
        for (String id : acknowledged) {
            HttpResponse<String> answer = answer(server.uri("/v1/messages/" + id));
            if (answer.headers().firstValue("Sendstatus-Behind").isEmpty()) {
                assertThat(answer.statusCode()).as("acknowledged: %s", id).isEqualTo(200);
            }
        }
        HttpResponse<String> response = client.send(Load.request(url, "full"), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        return acknowledged;
    }

    /** Without a restart. */
    private void assertRecovers(ServerProcess server, Path home, Collection<String> acknowledged) throws Exception {
        URI url = server.uri("/webhooks/bandwidth");
        await().atMost(PATIENCE)
                .until(() -> client.send(Load.request(url, "after"), BodyHandlers.ofString())
                                .statusCode()
                        == 200);
        await().atMost(PATIENCE).until(() -> get(server.uri("/readyz")) == 200);
        await().atMost(PATIENCE).until(() -> get(server.uri("/v1/messages/after")) == 200);
        server.stop();
        Promise.keptAndApplied(database(home), acknowledged);
    }

    private static DatabaseSettings database(Path home) {
        return new DatabaseSettings("jdbc:sqlite:" + ServerProcess.database(home), null, null);
    }

    private HttpResponse<String> answer(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private int get(URI uri) throws IOException, InterruptedException {
        return answer(uri).statusCode();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
