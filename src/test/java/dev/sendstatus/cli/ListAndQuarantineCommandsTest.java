package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.query.MessageParameters;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListAndQuarantineCommandsTest {
    @TempDir
    private Path folder;

    private TwilioHome home;

    @BeforeEach
    void fill() throws Exception {
        home = TwilioHome.fill(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            list                                      | SM4 SM3 SM2 SM1
            list --limit 2                            | SM4 SM3
            list --to +12025550143                    | SM2 SM1
            list --to 1202555014*                     | SM2 SM1
            list --from +1202555014*                  | SM4
            list --status ERROR                       | SM1
            list --direction inbound                  | SM4
            list --carrier AT&T                       | SM3
            list --sent-since 8h                      | SM3
            list --sent-since 6h                      | ''
            list --sent-until 6h                      | SM3
            list --sent-until today                   | ''
            list --since today                        | SM4 SM3 SM2 SM1
            list --until yesterday                    | ''
            list --error-code 30007 --provider twilio | SM1
            """)
    void aListHasWhatMatchesTheNewestFirst(String command, String expected) throws Exception {
        List<String> arguments = List.of(command.split(" "));
        CliRun table = home.run(arguments.toArray(String[]::new));
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out().lines().skip(1).map(line -> line.split(" +")[3]).toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
        JsonNode page = new JsonMapper()
                .readTree(home.run((command + " --json").split(" ")).out());
        assertThat(String.join(" ", page.path("items").findValuesAsText("id"))).isEqualTo(expected);
    }

    @Test
    void aRowSaysWhatTheCodeMeansAndTimesAreToTheSecond() {
        CliRun run = home.run("list", "--status", "ERROR");
        assertThat(run.out())
                .contains("2026-11-25T12:00:00Z  twilio    main     SM1", "ERROR   30007  Message filtered");
    }

    @Test
    void coloursAreForATerminalOnly() {
        CliRun run = home.run(new StringWriter(), new CliContext.Terminal(true, false, 200, false), "list");
        assertThat(run.out()).contains("\u001b[31mERROR\u001b[0m").doesNotContain("\u001b[31mDELIVERED");
        assertThat(home.run("list").out()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 79, 80, 100})
    void whatAPersonIsShownFitsTheTerminal(int columns) {
        for (String command : List.of("list", "status SM1", "quarantine", "stats", "report stuck", "errors twilio")) {
            CliRun run = home.run(
                    new StringWriter(), new CliContext.Terminal(false, false, columns, false), command.split(" "));
            // A sentence wraps by itself; a table must not.
            assertThat(run.out().lines().filter(line -> line.contains("  ")))
                    .as(command)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void cursorsLeadOn() throws Exception {
        JsonNode first = new JsonMapper()
                .readTree(home.run("list", "--limit", "3", "--json").out());
        CliRun rest = home.run("list", "--cursor", first.path("next_cursor").asText(), "--json");
        assertThat(new JsonMapper().readTree(rest.out()).path("items").findValuesAsText("id"))
                .containsExactly("SM1");
        CliRun wrong = home.run("list", "--cursor", "x");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("--cursor is the next_cursor").contains("Help: sendstatus list --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "export"})
    void everyFilterOfTheApiIsAnOption(String command) {
        String help = home.run(command, "--help").out();
        for (String name : MessageParameters.NAMES) {
            assertThat(help).contains("--" + name.replace('_', '-') + "=");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            list --since tomorrow        | --since is a time like 2026-11-25T12:00:00Z, a day like 2026-11-25, today
            export --sent-until 25.11.26 | --sent-until is a time like
            report stuck --date tomorrow | --date is a day like 2026-11-25, today or yesterday, not "tomorrow".
            list --status LOST           | --status is one of SENT, ERROR, DELIVERED.
            list --account nobody        | --account is one of main
            list --to *                  | --to is a number
            """)
    void aFilterThatCannotBeMeantIsOneLineAndWhereHelpIs(String command, String expected) {
        CliRun run = home.run(command.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith(expected).hasLineCount(2).contains("\nHelp: sendstatus ");
    }

    @Test
    void ofANumberStatusShowsTheMessagesAndWhereTheOthersAre() {
        CliRun run = home.run("status", "+12025550143");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("No message has this id. As a number or name, 2 messages to it:", "SM1", "SM2")
                .contains("sendstatus list --to \"+12025550143\"")
                .contains("1 message from it:", "SM4", "sendstatus list --from \"+12025550143\"");
        CliRun nobody = home.run("status", "+12025550177");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("has named the message +12025550177").hasLineCount(1);
    }

    @Test
    void theQuarantineIsListedAndShown() throws Exception {
        CliRun list = home.run("quarantine");
        assertThat(list.code()).as(list.err()).isZero();
        String row = list.out().lines().skip(1).findFirst().orElseThrow();
        assertThat(row).contains("2026-11-25T12:00:00Z  twilio", "the unknown MessageStatus \"novel\"");
        String number = row.split(" ")[0];
        CliRun one = home.run("quarantine", number);
        assertThat(one.out())
                .contains("reason       the unknown MessageStatus", "POST", "MessageStatus=novel&Body=.[2J")
                .doesNotContain("\u001b");
        JsonNode document = new JsonMapper()
                .readTree(home.run("quarantine", number, "--json").out());
        assertThat(document.path("raw").path("body").asText()).startsWith("MessageStatus=novel");
        assertThat(new JsonMapper()
                        .readTree(home.run("quarantine", "--json").out())
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void aNumberThatIsNotInQuarantineIsSaidSo() {
        CliRun unknown = home.run("quarantine", "999999");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("No callback of the number 999999 is in quarantine");
        CliRun word = home.run("quarantine", "first");
        assertThat(word.code()).isEqualTo(2);
        assertThat(word.err()).contains("\"first\" is not a whole number").doesNotContain("long");
    }
}
