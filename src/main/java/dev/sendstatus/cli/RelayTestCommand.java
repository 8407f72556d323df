package dev.sendstatus.cli;

import dev.sendstatus.relay.PushTrial;
import picocli.CommandLine.Command;

/** {@code relay test NAME}. */
@Command(
        name = "test",
        description =
                "Pushes an event relay.test to an endpoint from this host, and shows the answer. Exit code 1 if it was not taken.",
        footer = "  sendstatus relay test default")
final class RelayTestCommand extends RelayEndpointCommand {
    @Override
    public Integer call() throws CommandFailed {
        PushTrial trial = PushTrial.of(endpoint(configuration()), context().clock());
        return told(trial.ok(), trial.answer(), trial.milliseconds());
    }
}
