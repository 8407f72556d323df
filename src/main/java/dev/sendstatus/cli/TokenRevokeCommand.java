package dev.sendstatus.cli;

import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code token revoke NAME}. */
@Command(
        name = "revoke",
        description = "Revokes a token: a running server refuses it within a few seconds.",
        footer = {"", "Examples:", "  sendstatus token revoke dashboards"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokenRevokeCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The token's name; token list shows them.")
    private String name = "";

    TokenRevokeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        try (Store store = OpenStore.of(context.configuration())) {
            if (!store.removeToken(name)) {
                throw new CommandFailed(
                        "There is no token of the name " + name + "; sendstatus token list shows them.");
            }
        }
        context.out().println("Revoked " + name + ".");
        return 0;
    }
}
