package dev.sendstatus.cli;

import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.relay.PushTrial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code relay test NAME}. */
@Command(
        name = "test",
        description =
                "Pushes an event relay.test to an endpoint from this host, and shows the answer. Exit code 1 if it was not taken.",
        footer = {"", "Examples:", "  sendstatus relay test default"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RelayTestCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name; relay list shows them.")
    private String name = "";

    RelayTestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        PushTrial trial = PushTrial.of(RelayEndpoints.named(context.configuration(), name), context.clock());
        context.out()
                .println((trial.ok() ? "Taken: " : "Not taken: ") + trial.answer() + " (" + trial.milliseconds()
                        + " ms)");
        return trial.ok() ? 0 : 1;
    }
}
