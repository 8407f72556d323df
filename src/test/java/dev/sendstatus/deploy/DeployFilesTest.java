package dev.sendstatus.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files under {@code deploy/} fit together, and fit the program. */
class DeployFilesTest {
    private static final String UNIT = "systemd/sendstatus.service";
    private static final String COMPOSE = "compose/compose.yaml";
    private static final String PROXY = "compose/nginx.conf";
    private static final Pattern PROXIED = Pattern.compile("(?m)^\\s+server (\\S+:\\d+) ");

    @Test
    void theUnitGivesTheServerNothingThatItDoesNotNeed() throws IOException {
        assertThat(unit())
                .containsEntry("User", List.of("sendstatus"))
                .containsEntry("NoNewPrivileges", List.of("yes"))
                .containsEntry("ProtectSystem", List.of("strict"))
                .containsEntry("ProtectHome", List.of("yes"))
                .containsEntry("PrivateTmp", List.of("yes"))
                .containsEntry("PrivateDevices", List.of("yes"))
                .containsEntry("CapabilityBoundingSet", List.of(""))
                .containsEntry("SystemCallFilter", List.of("@system-service", "~@privileged @resources"))
                .containsEntry("RestrictAddressFamilies", List.of("AF_INET AF_INET6 AF_UNIX"))
                .containsEntry("StateDirectory", List.of("sendstatus"))
                .containsKeys("MemoryMax", "TasksMax")
                // The JVM compiles into memory that it runs, and reads its limits from /proc.
                .doesNotContainKeys("MemoryDenyWriteExecute", "ProcSubset");
    }

    @Test
    void theUnitLetsAStopFinishAndStartsAgainWhateverEnded() throws IOException {
        assertThat(unit())
                .containsEntry("TimeoutStopSec", List.of("60"))
                .containsEntry("SuccessExitStatus", List.of("143"))
                .containsEntry("Restart", List.of("always"))
                .containsEntry("StartLimitIntervalSec", List.of("0"));
        assertThat(DeployFolder.yaml(COMPOSE)
                        .at("/services/node-1/stop_grace_period")
                        .asText())
                .isEqualTo("60s");
    }

    @Test
    void secretsComeFromTheEnvironmentFileAlone() throws IOException {
        Map<String, List<String>> unit = unit();
        assertThat(unit).containsEntry("EnvironmentFile", List.of("/etc/sendstatus/sendstatus.env"));
        assertThat(String.join(" ", unit.getOrDefault("Environment", List.of())))
                .doesNotContain("TOKEN", "PASSWORD", "SECRET", "KEY");
        assertThat(DeployFolder.text("container/Containerfile")).doesNotContain("TOKEN", "PASSWORD", "SECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose/env.example", "systemd/sendstatus.env.example"})
    void theVariablesOfTheExamplesAreThoseThatTheProgramKnows(String example, @TempDir Path folder) throws Exception {
        Map<String, String> environment = new HashMap<>(DeployFolder.environment(example));
        assertThat(environment).containsKeys("SENDSTATUS_API_TOKEN", "TWILIO_AUTH_TOKEN", "TELNYX_PUBLIC_KEY");
        environment.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001");
        environment.put("TWILIO_AUTH_TOKEN", "token");
        environment.put("BANDWIDTH_CALLBACK_USERNAME", "callbacks");
        environment.put("BANDWIDTH_CALLBACK_PASSWORD", "secret");
        environment.put("SENDSTATUS_API_TOKEN", "a-token-that-is-long-enough-for-nobody-to-guess");
        Configuration configuration = new ConfigurationLoader(Adapters.all(), environment, folder).load();
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.http().publicUrl()).hasToString("https://status.example.com");
        assertThat(configuration.accounts()).hasSize(2);
    }

    @Test
    void theNodesAreAlikeAndTheProxyKnowsThemAll() throws IOException {
        JsonNode services = DeployFolder.yaml(COMPOSE).path("services");
        List<String> nodes = new ArrayList<>();
        for (String name : List.of("node-1", "node-2", "node-3")) {
            JsonNode node = services.path(name);
            nodes.add(node.at("/networks/inside/ipv4_address").asText() + ":8080");
            assertThat(node.path("image").asText()).isEqualTo("sendstatus");
            assertThat(node.at("/environment/SENDSTATUS_DATABASE_URL").asText())
                    .isEqualTo("jdbc:postgresql://postgres/sendstatus");
            assertThat(node.path("env_file").asText()).isEqualTo(".env");
            assertThat(node.path("read_only").asBoolean()).isTrue();
        }
        List<String> proxied = PROXIED.matcher(DeployFolder.text(PROXY))
                .results()
                .map(server -> server.group(1))
                .toList();
        assertThat(proxied).doesNotHaveDuplicates().isEqualTo(nodes);
    }

    @Test
    void theProxyTakesRequestLinesAsLongAsTheNodesDo() throws IOException {
        assertThat(DeployFolder.text(PROXY)).containsPattern("(?m)^ +large_client_header_buffers \\d+ 64k;$");
    }

    @Test
    void onlyTheProxyIsReachedFromOutside() throws IOException {
        DeployFolder.yaml(COMPOSE)
                .path("services")
                .properties()
                .forEach(service -> assertThat(service.getValue().has("ports"))
                        .as(service.getKey())
                        .isEqualTo(service.getKey().equals("proxy")));
    }

    @Test
    void theProxyGivesACallbackToAnotherNodeAndLeavesItAsItIs() throws IOException {
        String proxy = DeployFolder.text(PROXY);
        assertThat(proxy)
                .contains("proxy_next_upstream error timeout http_503 non_idempotent;")
                .contains("proxy_set_header Host $http_host;")
                .contains("proxy_set_header X-Forwarded-Proto $scheme;")
                .contains("merge_slashes off;")
                .doesNotContain("rewrite ");
        // With a path it would send on what it decoded.
        assertThat(proxy.lines()
                        .filter(line -> line.strip().startsWith("proxy_pass "))
                        .map(String::strip))
                .isNotEmpty()
                .containsOnly("proxy_pass http://nodes;");
        // A query holds the phone numbers of a GET callback.
        assertThat(proxy.lines().filter(line -> line.contains("log_format")).toList())
                .singleElement()
                .asString()
                .doesNotContain("$request ", "$request_uri", "$args");
    }

    @Test
    void imagesAreNamedWithoutARegistryAndWhatIsCopiedExists() throws IOException {
        List<String> images = new ArrayList<>();
        DeployFolder.yaml(COMPOSE)
                .path("services")
                .forEach(service -> images.add(service.path("image").asText()));
        Matcher from = Pattern.compile("(?m)^FROM (\\S+)").matcher(DeployFolder.text("container/Containerfile"));
        while (from.find()) {
            images.add(from.group(1));
        }
        assertThat(images)
                .hasSizeGreaterThan(6)
                .allMatch(image -> !image.replaceAll(":.*", "").contains("."));

        Matcher copy = Pattern.compile("(?m)^COPY ((?:(?!--)\\S+ )+)\\S+$")
                .matcher(DeployFolder.text("container/Containerfile"));
        List<String> copied = new ArrayList<>();
        while (copy.find()) {
            copied.addAll(List.of(copy.group(1).strip().split(" ", -1)));
        }
        assertThat(copied)
                .contains("deploy/sendstatus")
                .allMatch(file -> Files.exists(DeployFolder.ROOT.resolve(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendstatus", "systemd/sendstatus", "container/healthcheck"})
    void whatIsRunCanBeRun(String script) {
        assertThat(DeployFolder.path(script)).isExecutable();
    }

    @Test
    void aContainerIsHealthyWhileItsServerCanCommitAndNotAfterwards(@TempDir Path folder) throws Exception {
        int port;
        try (RunningServer server = new RunningServer(folder)) {
            port = server.port();
            assertThat(healthcheck(port)).isZero();
        }
        assertThat(healthcheck(port)).isEqualTo(1);
    }

    private static int healthcheck(int port) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(DeployFolder.path("container/healthcheck").toString());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SENDSTATUS_HTTP_PORT", Integer.toString(port));
        return builder.start().waitFor();
    }

    /** By key; several lines of one key in their order. */
    private static Map<String, List<String>> unit() throws IOException {
        Map<String, List<String>> keys = new HashMap<>();
        for (String line : DeployFolder.text(UNIT).lines().toList()) {
            int equals = line.indexOf('=');
            if (!line.startsWith("#") && equals > 0) {
                keys.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                        .add(line.substring(equals + 1));
            }
        }
        return keys;
    }
}
