package dev.sendstatus.cli;

import dev.sendstatus.provider.ProviderAdapter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
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
        return with(clock, adapters, environment, home, new StringWriter(), CliContext.Terminal.NONE, arguments);
    }

    /** @param out what takes the output; what it says of itself is what was printed */
    static CliRun with(
            Clock clock,
            List<ProviderAdapter<?>> adapters,
            Map<String, String> environment,
            Path home,
            Writer out,
            CliContext.Terminal terminal,
            String... arguments) {
        StringWriter err = new StringWriter();
        int code = Cli.run(
                new CliContext(
                        adapters,
                        environment,
                        "sendstatus",
                        home,
                        home,
                        System.in,
                        new PrintWriter(out, true),
                        new PrintWriter(err),
                        clock,
                        terminal,
                        Confirmation.at(terminal)),
                arguments);
        return new CliRun(code, out.toString(), err.toString());
    }
}
