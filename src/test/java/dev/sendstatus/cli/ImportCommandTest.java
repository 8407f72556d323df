package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Application;
import dev.sendstatus.config.ConfigurationLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String BAD_ROWS = """
            to,id,provider,sent_at,tags,segments
            +12025550123,m1,bandwidth,2026-11-25T12:00:00Z,vote;first,2
            +12025550123,,bandwidth,,,
            +12025550123,m3,bandwith,,,
            "+12025550123; +12025550124",m4,bandwidth,,,
            +12025550123,m5,bandwidth,yesterday,,many
            +12025550123,m6

            12025550123,m7,bandwidth,,"a ""quoted"" tag",
            """;

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "BANDWIDTH_CALLBACK_USERNAME", "callbacks",
            "BANDWIDTH_CALLBACK_PASSWORD", "secret-of-the-test",
            "SENDSTATUS_API_TOKEN", "token-of-the-test",
            "SENDSTATUS_HTTP_PORT", "0"));

    @Test
    void badRowsAreListedWithTheirLinesAndTheRestGoesInWhateverTheOrderOfTheColumns() throws Exception {
        CliRun run = run("sends.csv", BAD_ROWS);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly(
                        "line 3: id is missing",
                        "line 4 (m3): provider is one of bandwidth, telnyx, twilio",
                        "line 6 (m5): sent_at is a time like 2026-11-25T12:00:00Z, with its offset; segments is a whole"
                                + " number from 1 to 100",
                        "line 7: has 2 cells where the header has 6 columns");
        assertThat(run.out().lines())
                .containsExactly("rows        count", "registered      3", "unchanged       0", "errors          4");
        JsonNode message = status("m1");
        assertThat(message.path("tags").toString()).isEqualTo("[\"first\",\"vote\"]");
        assertThat(message.path("segments").asInt()).isEqualTo(2);
        assertThat(status("m4").path("recipients")).hasSize(2);
        assertThat(status("m7").path("tags").path(0).asText()).isEqualTo("a \"quoted\" tag");
    }

    @Test
    void theSameFileAgainGoesOnWhereTheFirstRunWasCutShort() throws Exception {
        StringBuilder file = new StringBuilder("provider,id,to\n");
        for (int i = 0; i < 1_200; i++) {
            file.append("bandwidth,m").append(i).append(",+12025550123\n");
        }
        int half = file.indexOf("bandwidth,m700,");
        run("first.csv", file.substring(0, half));
        CliRun run = run("all.csv", file.toString(), "--json");
        assertThat(run.code()).isZero();
        JsonNode summary = new ObjectMapper().readTree(run.out());
        assertThat(summary.path("unchanged").asInt()).isEqualTo(700);
        assertThat(summary.path("registered").asInt()).isEqualTo(500);
        assertThat(summary.path("rows").asInt()).isEqualTo(1_200);
    }

    @Test
    void aFileOfJsonLinesSaysTheSame() throws Exception {
        CliRun run = run("sends.jsonl", """
                {"provider":"bandwidth","id":"m1","to":["+12025550123"],"error_code":"4720"}
                {"provider":"bandwidth","id":"m2"

                {"provider":"bandwidth","id":"m1","to":["+12025550123"]}
                """, "--json");
        assertThat(run.code()).isEqualTo(1);
        JsonNode problems = new ObjectMapper().readTree(run.out()).path("problems");
        assertThat(problems.findValuesAsText("line")).containsExactly("2", "4");
        assertThat(problems.path(1).path("problem").asText()).contains("at the same time");
        assertThat(status("m1").path("status").asText()).isEqualTo("ERROR");
    }

    @Test
    void aFileThatCannotBeReadIsToldWithoutItsContent() throws Exception {
        assertThat(run("a.csv", "provider,id,to,text\n").err())
                .contains("The header's column 4 has \"text\", which is none of provider, account, id");
        assertThat(run("b.csv", "bandwidth,m1,Hello Ann\n").err())
                .doesNotContain("Ann")
                .contains("column 1");
        assertThat(run("c.csv", "id,id\n").err()).contains("column 2 has id a second time");
        assertThat(run("d.csv", "").err()).contains("The file is empty");
        assertThat(run("e.txt", "").err()).contains("The file is empty");
        assertThat(run("f.txt", "", "--format", "xml").code()).isEqualTo(2);
        CliRun missing = CliRun.of(Adapters.all(), environment, home, "import", "none.csv");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no file", "none.csv");
    }

    @Test
    void worksBesideARunningServerWhichSeesWhatItDid() throws Exception {
        try (Application server = new Application(
                new ConfigurationLoader(Adapters.all(), environment, home, home).load(),
                Adapters.all(),
                Clock.systemUTC())) {
            assertThat(server.port()).isPositive();
            assertThat(run("sends.csv", "provider,id,to\nbandwidth,m1,+12025550123\n")
                            .code())
                    .isZero();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/messages"))
                    .header("Authorization", "Bearer token-of-the-test")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"provider\":\"bandwidth\",\"id\":\"m1\",\"to\":[\"+12025550123\"]}"))
                    .build();
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"unchanged\"");
        }
    }

    @Test
    void aFileThatWasImportedByMistakeIsTakenBackAndCanBeImportedAgain() throws Exception {
        run("sends.csv", BAD_ROWS);
        CliRun back = CliRun.of(Adapters.all(), environment, home, "unregister", "sends.csv");
        assertThat(back.out().lines())
                .containsExactly(
                        "rows                       count",
                        "taken back, message stays      0",
                        "taken back, message gone       3",
                        "not registered                 1",
                        "errors                         3");
        assertThat(back.err())
                .contains("line 3: id is missing", "line 4 (m3): provider is one of", "line 7: has 2 cells");
        assertThat(back.code()).isEqualTo(1);
        assertThat(CliRun.of(Adapters.all(), environment, home, "status", "m1").code())
                .isEqualTo(1);
        assertThat(run("sends.csv", BAD_ROWS, "--json").out()).contains("\"registered\" : 3");

        CliRun one = CliRun.of(Adapters.all(), environment, home, "unregister", "m1", "--json");
        assertThat(one.out()).contains("\"result\" : \"removed\"");
        CliRun gone = CliRun.of(Adapters.all(), environment, home, "unregister", "m1");
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err()).contains("Nothing has named the message m1, and there is no file of that name.");
    }

    private CliRun run(String name, String content, String... more) throws Exception {
        Files.write(home.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        String[] arguments = new String[more.length + 2];
        arguments[0] = "import";
        arguments[1] = name;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CliRun.of(Adapters.all(), environment, home, arguments);
    }

    private JsonNode status(String id) throws Exception {
        CliRun run = CliRun.of(Adapters.all(), environment, home, "status", id, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
