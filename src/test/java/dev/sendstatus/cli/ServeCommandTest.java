package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Application;
import dev.sendstatus.config.ConfigurationLoader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that fails. */
class ServeCommandTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>(Map.of("SENDSTATUS_HTTP_PORT", "0"));

    private CliRun run(String arguments) {
        return CliRun.of(Adapters.all(), environment, home, arguments.split(" "));
    }

    @Test
    void aUsedPortIsSaidWithItsReasonAndOneRemedy() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("SENDSTATUS_HTTP_PORT", Integer.toString(used.getLocalPort()));
            CliRun run = run("serve");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualTo("Nothing can listen on 127.0.0.1:" + used.getLocalPort() + ": Address already in use\n"
                            + "Stop what listens there, or set http.port (SENDSTATUS_HTTP_PORT).\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "serve --background"})
    void aSecondServerOnADatabaseIsToldTheOneRemedyAndLeavesTheLogOfTheFirstAlone(String command) throws Exception {
        var configuration = new ConfigurationLoader(Adapters.all(), environment, home).load();
        try (Application first = new Application(configuration, Adapters.all(), Clock.systemUTC())) {
            CliRun run = run(command);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualTo("A server runs on " + home.resolve("data/sendstatus.db") + " already (process "
                            + ProcessHandle.current().pid()
                            + "), and a SQLite file has one: stop that one, or use PostgreSQL for several.\n");
            assertThat(home.resolve("data/server.log")).doesNotExist();
            assertThat(first.port()).isPositive();
        }
    }
}
