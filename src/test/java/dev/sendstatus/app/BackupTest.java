package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore beside the real server, each in a process of its own. */
@Tag("slow")
class BackupTest {
    @TempDir
    private Path folder;

    @Test
    void aBackupUnderLoadHasWhatWasAcknowledgedBeforeAndARestoreWaitsForTheServersEnd() throws Exception {
        Path backup = folder.resolve("backup.db");
        List<String> before;
        try (ServerProcess server = new ServerProcess(folder, List.of(), Map.of());
                Load load = new Load(server.uri("/webhooks/bandwidth"), "b", 8)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.acknowledged().size() >= 500);
            before = List.copyOf(load.acknowledged());
            Run run = run("backup", backup.toString());
            assertThat(run.code()).as(run.output()).isZero();
            int then = load.acknowledged().size();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> load.acknowledged().size() > then);
            assertThat(load.refused()).isZero();

            Run early = run("restore", backup.toString());
            assertThat(early.code()).isEqualTo(1);
            assertThat(early.output()).contains("stop the server").doesNotContain("\tat ");
            server.stop();
            load.join();
        }
        Run run = run("restore", backup.toString());
        assertThat(run.code()).as(run.output()).isZero();
        try (Reads reads = Reads.open(new SqliteDialect(
                SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + ServerProcess.database(folder), null, null))))) {
            for (String id : before) {
                assertThat(reads.message(new MessageKey(new Provider("bandwidth"), id)))
                        .as("acknowledged before the backup: %s", id)
                        .isPresent();
            }
        }
    }

    @Test
    void aBackupThatIsKilledLeavesNoHalfFileUnderItsName() throws Exception {
        try (ServerProcess server = new ServerProcess(folder, List.of(), Map.of());
                Load load = new Load(server.uri("/webhooks/bandwidth"), "b", 8)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> load.acknowledged().size() >= 500);
            Path backup = folder.resolve("killed.db");
            Process process = start("backup", backup.toString());
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || hasPartial(backup));
            process.destroyForcibly().waitFor();
            if (Files.exists(backup)) {
                // It was faster than the kill; then it is whole.
                assertThat(run("restore", "--help").code()).isZero();
                assertThat(Files.size(backup)).isGreaterThan(50_000);
            }
            Run again = run("backup", backup.toString(), "--force");
            assertThat(again.code()).as(again.output()).isZero();
            assertThat(hasPartial(backup)).isFalse();
        }
    }

    private static boolean hasPartial(Path backup) throws IOException {
        try (Stream<Path> files = Files.list(backup.getParent())) {
            return files.anyMatch(file -> file.toString().contains(".partial-"));
        }
    }

    private record Run(int code, String output) {}

    private Run run(String... arguments) throws Exception {
        Process process = start(arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsendstatus.home=" + folder,
                "dev.sendstatus.Sendstatus"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SENDSTATUS_") || name.startsWith("JAVA_TOOL"));
        return builder.start();
    }
}
