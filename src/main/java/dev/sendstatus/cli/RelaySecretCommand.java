package dev.sendstatus.cli;

import dev.sendstatus.outbound.SigningSecret;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code relay secret}. */
@Command(
        name = "secret",
        description =
                "Makes a secret for an endpoint. It is kept nowhere: write it into the configuration and give it to the receiver.",
        footer = {"", "Examples:", "  sendstatus relay secret"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RelaySecretCommand implements Callable<Integer> {
    private final CliContext context;

    RelaySecretCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.out().println(SigningSecret.make());
        return 0;
    }
}
