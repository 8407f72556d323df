package dev.sendstatus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of README.md and of docs/commands.md, in their order and as they are written, in a folder that looks like a clone after its first
 * build. Only the port is another one.
 */
@Tag("slow")
class ReadmeCommandsTest {
    private static final String SERVER = "localhost:8080";
    /** A clone as far as commands need it. The program itself is the one under test. */
    private static final List<String> CLONED = List.of("scripts", "config", "pom.xml");

    /** What is not run, by how it begins, and why. */
    private static final Map<String, String> NOT_RUN =
            Map.of("scripts/sendstatus reconcile", "asks a provider's API, with credentials");

    /** What a person does around a command, by how it begins: {@code COMMAND} is the line as it is written. */
    private static final Map<String, String> WITH_A_PERSON = Map.of(
            "scripts/sendstatus erase",
            "COMMAND --yes",
            "scripts/sendstatus restore",
            "stop; COMMAND; scripts/sendstatus serve --background",
            // It goes on until it is ended, and then ends well.
            "scripts/sendstatus tail",
            "COMMAND & sleep 6; kill $!; wait $! || test $? -eq 143");

    /** A page of the sending program's own. */
    private static final String SENDS = "provider,id,to\nbandwidth,sms-2,+12025550123\n";

    /** What a reader does between the blocks, with the number that was printed. */
    private static final String STOP = """
            stop() {
                local pid; pid=$(cat data/*.db-server)
                kill "$pid"
                for _ in $(seq 200); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
                rm data/*.db-server
            }
            """;

    @TempDir
    Path clone;

    @Test
    void everyCommandRunsAsItIsWrittenOnAFreshFolder() throws Exception {
        makeClone();
        List<String> readme = blocks(Path.of("README.md"));
        assertThat(readme).hasSizeGreaterThan(3);
        String last = readme.get(readme.size() - 1);
        assertThat(last).as("the end of the try").startsWith("rm data/first-steps.db*");

        StringBuilder script = new StringBuilder("set -eu\n" + STOP);
        // An answer that is a problem is a failure.
        script.append("curl() { command curl --fail-with-body --max-time 20 \"$@\"; }\n");
        for (String block : readme.subList(0, readme.size() - 1)) {
            if (block.startsWith("export SENDSTATUS_DATABASE_URL")) {
                script.append("stop\n");
            }
            script.append(block);
        }
        blocks(Path.of("docs/commands.md")).forEach(script::append);
        script.append("stop\ntest -s report.html\n").append(last).append("echo all of it\n");
        Run run = run(script.toString());
        assertThat(run.output()).as(run.output()).endsWith("all of it\n");
        assertThat(run.code()).isZero();
        assertThat(run.output())
                .contains(
                        "HTTP/1.1 200",
                        "4770 destination-spam-detected",
                        "Sendstatus is ready at",
                        "URLs for the providers: scripts/sendstatus webhooks list",
                        "Token of the API and the dashboard: " + clone.resolve("data/api-token"),
                        "report.html\n",
                        "never any callback",
                        "+*********23  ",
                        "What was there before is kept as ")
                .doesNotContain("Failed to connect", "Connection refused");
        assertThat(clone.resolve("target/demo-report.html")).isNotEmptyFile();
        assertThat(clone.resolve("report.html")).doesNotExist();
        assertThat(clone.resolve("data/server.log")).content().contains("Sendstatus is ready at");
    }

    /** The shell blocks of a document, without what cannot run. */
    private static List<String> blocks(Path document) throws IOException {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : Files.readAllLines(document)) {
            if (line.equals("```sh")) {
                block = new StringBuilder();
            } else if (line.equals("```") && block != null) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null && NOT_RUN.keySet().stream().noneMatch(line::startsWith)) {
                block.append(withAPerson(line)).append('\n');
            }
        }
        return blocks;
    }

    private static String withAPerson(String line) {
        for (Map.Entry<String, String> command : WITH_A_PERSON.entrySet()) {
            if (line.startsWith(command.getKey())) {
                return command.getValue().replace("COMMAND", line);
            }
        }
        return line;
    }

    private void makeClone() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        for (String name : CLONED) {
            copy(root.resolve(name), clone.resolve(name));
        }
        Files.createDirectories(clone.resolve("src/main"));
        Files.createDirectories(clone.resolve(".mvn"));
        Files.createDirectories(clone.resolve("target/lib"));
        Files.writeString(clone.resolve("sends.csv"), SENDS);
        Path jar = clone.resolve("target/sendstatus.jar");
        writeJar(jar);
        // As the launcher tells a build that is done: made after the sources, with an archive of classes that need not
        // be tried again.
        Instant now = Instant.now();
        try (Stream<Path> all = Files.walk(clone)) {
            for (Path file : all.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofMinutes(3))));
            }
        }
        Files.setLastModifiedTime(jar, FileTime.from(now.minus(Duration.ofMinutes(2))));
        Files.createFile(clone.resolve("target/sendstatus.built"));
        Files.createFile(clone.resolve("target/sendstatus-" + Runtime.version().feature() + ".jsa"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Leads to the classes under test. */
    private static void writeJar(Path jar) throws IOException {
        String classes = Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
                .collect(Collectors.joining(" "));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.sendstatus.Sendstatus");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classes);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
    }

    private record Run(int code, String output) {}

    private Run run(String script) throws IOException, InterruptedException {
        int port = freePort();
        Path file = clone.resolve("commands.sh");
        Files.writeString(file, script.replace(SERVER, "127.0.0.1:" + port));
        Path output = clone.resolve("output.txt");
        ProcessBuilder shell = new ProcessBuilder("bash", "-x", file.toString())
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = shell.environment();
        environment.keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        environment.put("SENDSTATUS_JAVA_HOME", System.getProperty("java.home"));
        environment.put("SENDSTATUS_HTTP_PORT", Integer.toString(port));
        environment.put("SENDSTATUS_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        Process process = shell.start();
        process.getOutputStream().close();
        boolean done = process.waitFor(5, TimeUnit.MINUTES);
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (!done) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        stopLeftOver();
        return new Run(done ? process.exitValue() : -1, said);
    }

    /** Where a command failed, the server it had started goes on. */
    private void stopLeftOver() throws IOException {
        Path data = clone.resolve("data");
        if (!Files.isDirectory(data)) {
            return;
        }
        try (Stream<Path> files = Files.list(data)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".db-server")).toList()) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
