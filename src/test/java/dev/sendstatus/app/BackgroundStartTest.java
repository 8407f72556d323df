package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --background}, with the real program in processes of its own. */
@Tag("slow")
class BackgroundStartTest {
    private static final Pattern STOP = Pattern.compile("Stop it: kill (\\d+)");

    @TempDir
    private Path folder;

    private String said = "";

    @AfterEach
    void stop() {
        Matcher pid = STOP.matcher(said);
        if (pid.find()) {
            ProcessHandle.of(Long.parseLong(pid.group(1))).ifPresent(server -> {
                server.destroyForcibly();
                server.onExit().join();
            });
        }
    }

    private String start(Map<String, String> variables) throws IOException, InterruptedException {
        ProcessBuilder server = ServerProcess.command(folder, "serve", "--background");
        List<String> words = server.command();
        int main = words.indexOf("dev.sendstatus.Sendstatus") + 1;
        // The program reads its own command line, of which the system shows the first 4 KiB: no whole class path fits
        // in.
        Path options = Files.write(folder.resolve("options"), words.subList(1, main));
        List<String> command = new ArrayList<>(List.of(words.get(0), "@" + options));
        command.addAll(words.subList(main, words.size()));
        Path output = folder.resolve("output");
        server.command(command).redirectOutput(output.toFile());
        server.environment().putAll(variables);
        int code = server.start().waitFor();
        said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(code).as(said).isZero();
        return said;
    }

    @Test
    void aPersonIsShownALinkThatSignsInAndWhatIsDoubtful() throws Exception {
        // As the launcher says it where the output is a terminal.
        String shown = start(Map.of("SENDSTATUS_API_TOKEN", "", "JDK_JAVA_OPTIONS", "-Dsendstatus.colours=true"));
        Path token = folder.resolve("data/api-token");
        assertThat(shown)
                .contains("/ui/sign-in#token=" + Files.readString(token).strip())
                .contains("Token of the API and the dashboard: " + token)
                .contains("Warning: http.public-url is http://localhost:0, which no provider can reach");
    }

    @Test
    void aFileIsToldWhereTheTokenIsAndNotTheToken() throws Exception {
        String shown = start(Map.of("SENDSTATUS_API_TOKEN", ""));
        Path token = folder.resolve("data/api-token");
        assertThat(shown)
                .contains("Token of the API and the dashboard: " + token)
                .doesNotContain(Files.readString(token).strip());
    }

    @Test
    void aConfiguredTokenIsNeverShown() throws Exception {
        assertThat(start(Map.of("JDK_JAVA_OPTIONS", "-Dsendstatus.colours=true")))
                .contains("to sign in with api.token")
                .doesNotContain(ServerProcess.TOKEN);
    }
}
