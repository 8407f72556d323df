package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.store.TextMessage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/changes.md, run as they are printed there against a real server, and killed in the middle. */
class ChangesDocumentTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final int ROUNDS = 3;
    private static final int MESSAGES = 40;

    @TempDir
    Path folder;

    private TestServer server;
    private Path home;
    private @Nullable Process program;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder, new IngestSettings(50, Duration.ofMillis(900)));
        home = Files.createDirectory(folder.resolve("home"));
    }

    @AfterEach
    void stop() {
        if (program != null) {
            program.destroyForcibly();
        }
        server.close();
    }

    /** The program under that heading, as a file. */
    private static String program(String heading) throws IOException {
        Matcher block = Pattern.compile("\n## " + heading + "\n.*?\n```[a-z]+\n(.*?)\n```\n", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/changes.md")));
        assertThat(block.find()).as(heading).isTrue();
        return block.group(1);
    }

    private void run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(home.toFile(), "said.txt")));
        builder.environment().put("TOKEN", TestServer.TOKEN);
        builder.environment().put("URL", "http://127.0.0.1:" + server.port());
        program = builder.start();
    }

    private Process running() {
        return Objects.requireNonNull(program);
    }

    private void kill() throws InterruptedException {
        running().descendants().forEach(ProcessHandle::destroyForcibly);
        running().destroyForcibly().waitFor();
    }

    /**
     * Changes come while the program runs, is killed, and runs again; at the end it has each of them once.
     *
     * @param known what it keeps: how many changes there were of each message
     */
    private void follow(List<String> command, Callable<Map<String, Integer>> known) throws Exception {
        Map<String, Integer> expected = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            run(command);
            for (int i = 0; i < MESSAGES; i++) {
                String id = "m" + round + "-" + i;
                TextMessage message =
                        TextMessage.in(server.store, TextMessage.TWILIO, id).sentAt(NOW);
                if (i % 3 == 0) {
                    message.failedAt(NOW.plusSeconds(1));
                }
                expected.put(id, i % 3 == 0 ? 2 : 1);
            }
            int sofar = round;
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> known.call().keySet().stream().anyMatch(id -> id.startsWith("m" + sofar + "-")));
            kill();
        }
        run(command);
        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(known.call()).isEqualTo(expected));
        update("UPDATE feed SET id = 'another'");
        TextMessage.add(
                server.store, TextMessage.TWILIO, Source.WEBHOOK, NOW, TextMessage.event("last", Progress.SENT));
        assertThat(running().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(running().exitValue()).isEqualTo(1);
        assertThat(Files.readString(home.resolve("said.txt"))).contains("oldest_after", "is no more");
        assertThat(known.call()).isEqualTo(expected);
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + server.file.path());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static Map<String, Integer> counted(List<String> answers) throws IOException {
        List<Long> sequences = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (String answer : answers) {
            for (JsonNode item : JSON.readTree(answer).path("items")) {
                counts.merge(item.path("id").asText(), 1, Integer::sum);
                sequences.add(item.path("sequence").asLong());
            }
        }
        assertThat(sequences).doesNotHaveDuplicates();
        return counts;
    }

    @Test
    void curl() throws Exception {
        Path script = Files.writeString(home.resolve("follow.sh"), program("With curl"));
        follow(List.of("bash", script.toString()), () -> {
            List<String> answers = new ArrayList<>();
            File[] files = home.resolve("answers").toFile().listFiles();
            for (File file : files == null ? new File[0] : files) {
                answers.add(Files.readString(file.toPath()));
            }
            return counted(answers);
        });
    }

    @Test
    void python() throws Exception {
        assumeTrue(
                Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                        .anyMatch(folderOfPrograms -> Files.isExecutable(Path.of(folderOfPrograms, "python3"))),
                "python3 is not installed");
        Path script = Files.writeString(home.resolve("follow.py"), program("With Python"));
        follow(List.of("python3", script.toString()), () -> {
            Map<String, Integer> counts = new TreeMap<>();
            Path database = home.resolve("messages.db");
            if (!Files.exists(database)) {
                return counts;
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id, status, changes FROM message")) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getInt(3));
                    assertThat(rows.getString(2))
                            .isEqualTo((rows.getInt(3) == 2 ? SendStatus.ERROR : SendStatus.SENT).name());
                }
            } catch (SQLException e) {
                // Its tables are not made yet, or it writes at the moment.
                return Map.of();
            }
            return counts;
        });
    }

    @Test
    void java() throws Exception {
        Path source = Files.writeString(home.resolve("FollowChanges.java"), program("With Java"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        follow(List.of(java.toString(), source.toString()), () -> {
            Path answers = home.resolve("answers.jsonl");
            List<String> lines = new ArrayList<>(Files.exists(answers) ? Files.readAllLines(answers) : List.of());
            lines.removeIf(line -> !line.endsWith("}"));
            return counted(lines);
        });
    }
}
