package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.config.FakeAdapter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {
    /** As a shell takes them apart. */
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^ \"])+");

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "config --help", "config check --help", "simulate --help", "import --help", "--version"
            })
    void helpIsEverywhereAndIsNoFailure(String arguments) {
        CliRun run = run(Map.of(), arguments.split(" "));
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("sendstatus");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "config check --x",
                "simulate --messages 0",
                "simulate --messages many",
                "quarantine first",
                "list --limit many",
                "list --statu SENT",
                "list everything",
                "stats --until 25.11.2026",
                "replay --since soon",
                "reconcile --older-than yesterday",
                "export --columns state",
                "help mend",
                "completion fish",
                "status",
                "simulate --provider twilo",
                "simulate --faults lte=0.1",
                "simulate --faults late=2",
                "simulate --url nowhere"
            })
    void wrongUsageIsExitCodeTwoWithOneLineAndWhereHelpIs(String arguments) {
        CliRun run = run(Map.of(), arguments.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(2).contains("\nHelp: sendstatus ").contains(" --help\n");
        assertThat(run.err()).doesNotContain("\tat ", "java", "Exception", "an int", "a long", "convert", "index 0");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearestOne() {
        CliRun run = run(Map.of(), "confg", "check");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("There is no command confg. Did you mean config?");
    }

    @Test
    void everyHelpHasExamplesThatAreRightUsage() {
        CommandLine all = Cli.line(context());
        List<CommandLine> commands = new ArrayList<>(List.of(all));
        for (int i = 0; i < commands.size(); i++) {
            commands.addAll(commands.get(i).getSubcommands().values());
        }
        assertThat(commands).hasSizeGreaterThan(25);
        for (CommandLine command : commands) {
            String name = command.getCommandSpec().qualifiedName();
            List<String> examples = Stream.of(
                            command.getCommandSpec().usageMessage().footer())
                    .filter(line -> line.startsWith("  sendstatus "))
                    .toList();
            assertThat(examples).as(name).isNotEmpty();
            for (String example : examples) {
                assertThat(example.length()).as(example).isLessThanOrEqualTo(80);
                String[] words = WORD.matcher(
                                example.replaceFirst(" [<>] \\S+$", "").strip())
                        .results()
                        .map(word -> word.group().replace("\"", ""))
                        .toArray(String[]::new);
                CommandLine.ParseResult parsed =
                        Cli.line(context()).parseArgs(Arrays.copyOfRange(words, 1, words.length));
                assertThat(parsed.errors()).as(example).isEmpty();
            }
        }
    }

    @Test
    void helpOfACommandIsAskedForByAWordToo() {
        assertThat(run(Map.of(), "help", "token", "create").out())
                .isEqualTo(run(Map.of(), "token", "create", "--help").out())
                .startsWith("Usage: sendstatus token create");
        assertThat(run(Map.of(), "help").out())
                .isEqualTo(run(Map.of(), "--help").out())
                .contains("simulate");
        CliRun unknown = run(Map.of(), "help", "token", "mend");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no command token mend.");
    }

    @ParameterizedTest
    @CsvSource({"list --sta, --status", "rec, reconcile", "token cre, create"})
    void bashCompletesWhatIsBegun(String begun, String expected) throws Exception {
        Path script = Files.writeString(
                home.resolve("completion"), run(Map.of(), "completion", "bash").out());
        String asked =
                """
                source %s
                COMP_WORDS=(sendstatus %s) COMP_CWORD=%d COMP_LINE="sendstatus %s" COMP_POINT=%d
                _complete_sendstatus
                echo "${COMPREPLY[@]}"
                """.formatted(script, begun, begun.split(" ").length, begun, "sendstatus ".length() + begun.length());
        Process bash = new ProcessBuilder("bash", "-c", asked)
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"restore nothing.db", "import nothing.csv", "backup nowhere/copy.db"})
    void aFileThatIsNotThereIsOneLineInAPersonsWords(String arguments) {
        CliRun run = run(Map.of(), arguments.split(" "));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).startsWith("There is no ").doesNotContain("Exception");
    }

    @Test
    void aMistakeInTheProgramIsSaidWithoutItsWords() {
        assertThat(Cli.explained(new IllegalStateException("java.lang.Nonsense")))
                .contains("a mistake in Sendstatus")
                .doesNotContain("java", "Exception");
        assertThat(Cli.explained(new NoSuchFileException("some/file")))
                .isEqualTo("It failed: some/file: there is no such file or folder.");
    }

    @Test
    void nothingToDoIsWrongUsageThatListsTheCommands() {
        CliRun run = run(Map.of());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("config", "simulate");
    }

    @Test
    void configCheckPrintsWhatIsInForce() {
        CliRun run = run(Map.of("SENDSTATUS_HTTP_PORT", "9090"), "config", "check");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("9090", "SENDSTATUS_HTTP_PORT", "TWILIO_AUTH_TOKEN");
    }

    @Test
    void configCheckListsEveryMistakeAndFails() {
        CliRun run = run(
                Map.of(
                        "SENDSTATUS_HTTP_PORT",
                        "x",
                        "SENDSTATUS_STUCK_GIVE_UP",
                        "y",
                        "SENDSTATUS_API_TOKEN",
                        "hush-hush-hush-hush"),
                "config",
                "check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("2 mistakes", "http.port", "stuck.give-up")
                .doesNotContain("\tat ");
        assertThat(run.out()).contains("(mistake)", "****").doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "status m1", "stats", "report stuck", "token list", "errors", "webhooks list"})
    void aDatabaseServerThatIsNotThereIsSaidWithoutItsSecrets(String arguments) throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        CliRun run = run(
                Map.of(
                        "SENDSTATUS_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + port + "/sendstatus?sslpassword=hush1",
                        "SENDSTATUS_DATABASE_USER",
                        "us",
                        "SENDSTATUS_DATABASE_PASSWORD",
                        "hush2"),
                arguments.split(" "));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("cannot be reached")
                .doesNotContain("hush")
                .doesNotContain("\tat ");
    }

    private CliContext context() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new CliContext(
                FakeAdapter.three(),
                Map.of(),
                "sendstatus",
                home,
                home,
                System.in,
                nowhere,
                nowhere,
                Clock.systemUTC(),
                CliContext.Terminal.NONE,
                Confirmation.at(CliContext.Terminal.NONE));
    }

    private CliRun run(Map<String, String> environment, String... arguments) {
        return CliRun.of(FakeAdapter.three(), environment, home, arguments);
    }
}
