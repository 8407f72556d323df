package dev.sendstatus.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sendstatus.outbound.PushClient.Push;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receivers of docs/relay.md, run as they are printed there. Where a program or a package cannot be had, a line says so. */
@Tag("slow")
class ReceiverProgramsTest {
    private static final Push PUSH = new Push(
            "chg_0123456789abcdef_17",
            "{\"type\":\"message.delivered\",\"timestamp\":\"2026-11-25T12:00:00Z\",\"data\":{\"id\":\"m1\",\"text\":\"é\"}}"
                    .getBytes(StandardCharsets.UTF_8));

    private final String secret = SigningSecret.make();

    @TempDir
    private Path folder;

    /** The program of that language, which listens at port 3000. */
    private static String program(String language) throws IOException {
        Matcher block = Pattern.compile("\n```" + language + "\n(.*?)\n```\n", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/relay.md")));
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }

    @Test
    void javascript() throws Exception {
        assumeTrue(runs("npm", "--version"), "npm is not installed");
        assumeTrue(
                runs(
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--silent",
                        "standardwebhooks@1.1.1",
                        "express@5.1.0"),
                "the packages standardwebhooks and express of npm cannot be had");
        int port = freePort();
        String program = program("js");
        assertThat(program).contains("listen(3000)");
        Files.writeString(folder.resolve("receiver.mjs"), program.replace("3000", Integer.toString(port)));
        takesWhatIsSignedAndNothingElse(port, "node", "receiver.mjs");
    }

    @Test
    void python() throws Exception {
        assumeTrue(runs("python3", "--version"), "Python is not installed");
        int port = freePort();
        String program = program("python");
        assertThat(program).contains("3000");
        Files.writeString(folder.resolve("receiver.py"), program.replace("3000", Integer.toString(port)));
        takesWhatIsSignedAndNothingElse(port, "python3", "receiver.py");
    }

    private void takesWhatIsSignedAndNothingElse(int port, String... command) throws Exception {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("SENDSTATUS_RELAY_SECRET", secret);
        Process program = builder.start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> !program.isAlive() || listens(port));
            assertThat(program.isAlive()).as(Files.readString(said)).isTrue();
            List<Integer> statuses = new ArrayList<>();
            InstantSource clock = InstantSource.system();
            InstantSource late = InstantSource.fixed(clock.instant().minus(Duration.ofMinutes(6)));
            for (PushAnswer answer : List.of(
                    push(port, List.of(secret), clock),
                    push(port, List.of(SigningSecret.make(), secret), clock),
                    push(port, List.of(SigningSecret.make()), clock),
                    push(port, List.of(secret), late))) {
                assertThat(answer)
                        .as(Files.readString(said))
                        .isInstanceOfSatisfying(PushAnswer.Answered.class, answered -> statuses.add(answered.status()));
            }
            assertThat(statuses.subList(0, 2)).as(Files.readString(said)).containsExactly(204, 204);
            assertThat(statuses.get(2)).as("signed by somebody else").isGreaterThanOrEqualTo(400);
            assertThat(statuses.get(3)).as("signed six minutes ago").isGreaterThanOrEqualTo(400);
        } finally {
            program.descendants().forEach(ProcessHandle::destroyForcibly);
            program.destroyForcibly().waitFor();
        }
    }

    private static PushAnswer push(int port, List<String> secrets, InstantSource clock) {
        Destination destination = new Destination(
                Destination.url("http://localhost:" + port + "/sendstatus", true),
                secrets.stream().map(SigningSecret::read).toList(),
                Duration.ofSeconds(15),
                true);
        try (PushClient client = new PushClient(destination, 1, clock)) {
            return client.send(PUSH);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean runs(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
