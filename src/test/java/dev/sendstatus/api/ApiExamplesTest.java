package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/api.md, run by a shell with curl against a real server. */
class ApiExamplesTest {
    private static final String WRITTEN_URL = "http://localhost:8080";
    private static final Pattern ANSWERS = Pattern.compile("# answers ([0-9]{3})$");
    private static final Pattern URL = Pattern.compile(Pattern.quote(WRITTEN_URL) + "([^\"\\s?]*)");

    /** Puts the status below the body, whatever the example's options are. */
    private static final String CURL = "curl() { command curl --max-time 20 -w '\\n%{http_code}' \"$@\"; }\n";

    @TempDir
    Path folder;

    private ExampleServer examples;

    @BeforeEach
    void start() throws Exception {
        examples = new ExampleServer(folder);
    }

    @AfterEach
    void stop() {
        examples.close();
    }

    @Test
    void everyExampleGivesTheAnswerThatIsPrinted() throws Exception {
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(20);
        for (String command : commands) {
            Matcher answers = ANSWERS.matcher(command);
            String expected = answers.find() ? answers.group(1) : "200";
            String output = run(command.replace(WRITTEN_URL, "http://127.0.0.1:" + examples.server.port()));
            assertThat(output.substring(output.lastIndexOf('\n') + 1))
                    .as("%s%n%s", command, output)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyRouteHasAnExample() throws Exception {
        HttpResponse<String> json = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(examples.server.uri("/openapi.json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        List<String> missing = new ArrayList<>();
        for (Description.Operation operation : new Description(json.body()).operations()) {
            Pattern path = Pattern.compile(operation.path().replaceAll("\\{[a-z]+}", "[^/]+"));
            boolean shown = false;
            for (String command : commands()) {
                Matcher url = URL.matcher(command);
                String method = command.contains("-X DELETE")
                        ? "DELETE"
                        : command.contains("-X POST") || command.contains("--data") ? "POST" : "GET";
                shown |= url.find()
                        && method.equals(operation.method())
                        && path.matcher(url.group(1)).matches();
            }
            if (!shown) {
                missing.add(operation.name());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<String> commands() throws Exception {
        return Files.readAllLines(Path.of("docs/api.md")).stream()
                .filter(line -> line.startsWith("curl "))
                .toList();
    }

    private String run(String command) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", CURL + command).redirectErrorStream(true);
        shell.environment().put("TOKEN", TestServer.TOKEN);
        shell.environment().put("BANDWIDTH_CALLBACK_USERNAME", "first");
        shell.environment().put("BANDWIDTH_CALLBACK_PASSWORD", "secret");
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
