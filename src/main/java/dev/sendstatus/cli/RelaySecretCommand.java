package dev.sendstatus.cli;

import dev.sendstatus.outbound.SigningSecret;
import picocli.CommandLine.Command;

/** {@code relay secret}. */
@Command(
        name = "secret",
        description =
                "Makes a secret for an endpoint. It is kept nowhere: write it into the configuration and give it to the receiver.",
        footer = "  sendstatus relay secret")
final class RelaySecretCommand extends BaseCommand {
    @Override
    public Integer call() {
        say(SigningSecret.make());
        return 0;
    }
}
