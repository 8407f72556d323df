package dev.sendstatus.cli;

import dev.sendstatus.provider.ProviderAdapter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What one run of the command line returned and printed. */
record CliRun(int code, String out, String err) {

    static CliRun of(
            List<ProviderAdapter<?>> adapters, Map<String, String> environment, Path home, String... arguments) {
        return at(Clock.systemUTC(), adapters, environment, home, arguments);
    }

    static CliRun at(
            Clock clock,
            List<ProviderAdapter<?>> adapters,
            Map<String, String> environment,
            Path home,
            String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Cli.run(
                new CliContext(
                        adapters,
                        environment,
                        home,
                        home,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        clock,
                        CliContext.Terminal.NONE),
                arguments);
        return new CliRun(code, out.toString(), err.toString());
    }
}
