package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.app.Adapters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as spreadsheets, databases and people write them: see the README beside them. */
class ImportedFilesTest {
    private static final Path FILES = Path.of("src/test/resources/import");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "BANDWIDTH_CALLBACK_USERNAME", "callbacks",
            "BANDWIDTH_CALLBACK_PASSWORD", "secret-of-the-test");

    @TempDir
    Path home;

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".expected") && !name.equals("README.md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsGoodGoesInAndEveryLineThatIsNotIsNamed(String name) throws Exception {
        List<String> expected = Files.readAllLines(FILES.resolve(name.substring(0, name.indexOf('.')) + ".expected"));
        CliRun run = run(
                "import",
                Path.of("").toAbsolutePath().resolve(FILES).resolve(name).toString());
        List<String> told = run.err().lines().toList();
        assertThat(told).hasSize(expected.size() - 1);
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).contains(expected.get(i + 1));
        }
        assertThat(run.code()).isEqualTo(told.isEmpty() ? 0 : 1);
        if (!expected.get(0).endsWith("?")) {
            assertThat("registered" + registered()).isEqualTo(expected.get(0));
        }
    }

    @Test
    void whatStandardInputSaysIsImportedPackedOrNot() throws Exception {
        for (String name : List.of("semicolons.csv", "gzip-in-two-parts.csv.gz", "lines-of-json-by-another-name.txt")) {
            StringWriter out = new StringWriter();
            byte[] input = Files.readAllBytes(FILES.resolve(name));
            CliContext context = new CliContext(
                    Adapters.all(),
                    ENVIRONMENT,
                    "sendstatus",
                    home,
                    home,
                    new ByteArrayInputStream(input),
                    new PrintWriter(out),
                    new PrintWriter(new StringWriter()),
                    Clock.systemUTC(),
                    CliContext.Terminal.NONE,
                    Confirmation.at(CliContext.Terminal.NONE));
            Cli.run(context, "import", "-");
        }
        assertThat(registered()).isEqualTo(" m1 m2 m3");
    }

    @Test
    void aRowTooLongForARowCostsNoOther() throws Exception {
        String file = "provider,id,to,campaign\nbandwidth,m1,+12025550123," + "x".repeat(70_000)
                + "\nbandwidth,m2,+12025550123,autumn\nbandwidth,m3,+12025550123,\"" + "y\n".repeat(40_000)
                + "bandwidth,m4,+12025550123,autumn\n";
        Files.write(home.resolve("long.csv"), file.getBytes(StandardCharsets.UTF_8));
        CliRun run = run("import", "long.csv");
        assertThat(run.err().lines()).first().asString().isEqualTo("line 2: is longer than 65536 characters");
        assertThat(run.err()).contains("line 4: has a cell whose quote is not closed");
        assertThat(registered()).isEqualTo(" m2 m4");
    }

    private String registered() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String line : run("export", "--format", "jsonl").out().lines().toList()) {
            JsonNode message = new ObjectMapper().readTree(line);
            ids.add(" " + message.path("id").asText());
        }
        ids.sort((one, other) -> one.length() != other.length() ? one.length() - other.length() : one.compareTo(other));
        return String.join("", ids);
    }

    private CliRun run(String... arguments) {
        return CliRun.of(Adapters.all(), ENVIRONMENT, home, arguments);
    }
}
