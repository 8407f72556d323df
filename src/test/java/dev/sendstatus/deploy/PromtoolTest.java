package dev.sendstatus.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code deploy/monitoring} as Prometheus itself reads them, and the tests of its rules. */
class PromtoolTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check config prometheus.yml",
                "check rules alerts.yml postgresql.yml",
                "test rules alerts.test.yml postgresql.test.yml"
            })
    void prometheusTakesTheFilesAndTheRulesFireAsTheirTestsSay(String arguments) throws Exception {
        assumeTrue(
                Files.isExecutable(PROMTOOL),
                "Skipped, since there is no promtool. Debian: apt-get install --no-install-recommends prometheus");
        String[] words = (PROMTOOL + " " + arguments).split(" ");
        Process promtool = new ProcessBuilder(words)
                .directory(DeployFolder.path("monitoring").toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
        assertThat(output).contains("SUCCESS");
    }
}
