package dev.sendstatus.cli;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code token revoke NAME}. */
@Command(
        name = "revoke",
        description = "Revokes a token: a running server refuses it within a few seconds.",
        footer = "  sendstatus token revoke dashboards")
final class TokenRevokeCommand extends BaseCommand {
    @Parameters(paramLabel = "NAME", description = "The token's name; token list shows them.")
    private String name = "";

    @Override
    public Integer call() throws StoreException, CommandFailed {
        try (Store store = store(configuration())) {
            if (!store.removeToken(name)) {
                throw new CommandFailed(
                        "There is no token of the name " + name + "; sendstatus token list shows them.");
            }
        }
        say("Revoked " + name + ".");
        return 0;
    }
}
