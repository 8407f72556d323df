package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where commands write to, and that output which is lost is told. */
@EnabledOnOs(OS.LINUX)
class OutputTest {
    @TempDir
    private Path folder;

    private TwilioHome home;

    @BeforeEach
    void fill() throws Exception {
        home = TwilioHome.fill(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "help export",
                "completion bash",
                "status SM1",
                "status SM1 --json",
                "status +12025550143",
                "list",
                "list --json",
                "quarantine",
                "export",
                "export --out -",
                "export --format jsonl",
                "stats",
                "stats --json",
                "report stuck",
                "report stuck --format html",
                "errors",
                "errors twilio 30007",
                "token create reader --scope read",
                "token list",
                "webhooks list",
                "webhooks list --json",
                "config check",
                "replay",
                "replay --json",
                "backup copy.db",
                "erase +12025550143 --yes"
            })
    void outputThatIsLostIsOneLineAndExitCodeOne(String command) throws Exception {
        try (Writer full = new FileWriter("/dev/full", StandardCharsets.UTF_8)) {
            CliRun run = home.run(full, CliContext.Terminal.NONE, command.split(" "));
            assertThat(run.code()).as(run.err()).isEqualTo(1);
            // A token that could not be printed is told to be lost as well.
            assertThat(run.err().lines().filter(line -> !line.startsWith("This is the only time")))
                    .singleElement()
                    .asString()
                    .contains("The output is not complete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhooks list", "list", "export", "report stuck --format html", "help"})
    void aReaderThatHasEnoughIsNoFailureThatIsTold(String command) throws Exception {
        try (Writer closed = new FileWriter("/dev/full", StandardCharsets.UTF_8)) {
            CliRun run = home.run(closed, new CliContext.Terminal(false, false, 0, true), command.split(" "));
            assertThat(run.err()).isEmpty();
            assertThat(run.code())
                    .as("as of a program that the signal SIGPIPE ended")
                    .isEqualTo(141);
        }
    }

    @Test
    void aReportInAFileIsToldWithWhatIsInIt() {
        CliRun run = home.run("report", "stuck", "--format", "csv", "--out", "stuck.csv");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEqualTo("1 message in " + folder.resolve("stuck.csv") + "\n");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"export --out /dev/full", "report stuck --out /dev/full"})
    void aFullDeviceIsOneLineAndExitCodeOne(String command) {
        CliRun run = home.run(command.split(" "));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("/dev/full cannot be written: No space left on device\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "report stuck"})
    void aDeviceIsWrittenAndStaysOne(String command) {
        CliRun run = home.run((command + " --out /dev/null").split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        assertThat(Path.of("/dev/null.part")).doesNotExist();
    }

    @Test
    void aPipeIsWritten() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<List<String>> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readAllLines(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(home.run("export", "--out", "pipe").code()).isZero();
        assertThat(read.get(20, TimeUnit.SECONDS)).hasSize(5);
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALinkLeadsToIsWrittenAndTheLinkStays(boolean there) throws Exception {
        Path kept = Files.createDirectories(folder.resolve("kept")).resolve("all.csv");
        if (there) {
            Files.writeString(kept, "old");
        }
        Files.createSymbolicLink(folder.resolve("middle"), Path.of("kept/all.csv"));
        Path link = Files.createSymbolicLink(folder.resolve("all.csv"), Path.of("middle"));
        for (String command : List.of("export", "report stuck --format csv")) {
            CliRun run = home.run((command + " --out all.csv").split(" "));
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(link).isSymbolicLink();
            assertThat(Files.readString(kept)).startsWith("provider,");
        }
        assertThat(kept.resolveSibling("all.csv.part")).doesNotExist();
    }

    @Test
    void linksThatLeadInACircleAreSaidSo() throws Exception {
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        CliRun run = home.run("export", "--out", "a");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).endsWith("a cannot be written: its links lead in a circle\n");
    }

    @Test
    void aDashIsTheOutput() {
        CliRun run = home.run("export", "--out", "-");
        assertThat(run.out()).startsWith("provider,account,id,");
        assertThat(run.err()).isEmpty();
        assertThat(home.run("report", "stuck", "--out", "-").out()).startsWith("Stuck messages");
        assertThat(folder.resolve("-")).doesNotExist();
    }

    @Test
    void whatIsInTheWayOfAFileIsSaidWithoutJavasWords() throws Exception {
        CliRun nowhere = home.run("report", "stuck", "--out", "nowhere/stuck.csv");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err())
                .isEqualTo(folder + "/nowhere/stuck.csv cannot be written: " + folder
                        + "/nowhere/stuck.csv.part: there is no such file or folder\n");
        assertThat(home.run("report", "stuck", "--out", ".").err()).contains("is a folder: name a file in it.");
    }

    @Test
    void aBackupReplacesNoDeviceAndNoLink() throws Exception {
        CliRun device = home.run("backup", "/dev/null", "--force");
        assertThat(device.code()).isEqualTo(1);
        assertThat(device.err()).contains("/dev/null is no file");
        Path link = Files.createSymbolicLink(folder.resolve("copy.db"), Path.of("real.db"));
        assertThat(home.run("backup", "copy.db").code()).isZero();
        assertThat(home.run("backup", "copy.db", "--force").code()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("real.db")).isRegularFile();
    }
}
