package dev.sendstatus.cli;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import dev.sendstatus.store.jdbc.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token create NAME --scope read|write}. */
@Command(
        name = "create",
        description =
                "Makes a token and prints it, once: only its hash is kept. It is good at once, also on a running server.",
        footer = "  sendstatus token create dashboards --scope read")
final class TokenCreateCommand extends JsonCommand {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @Parameters(paramLabel = "NAME", description = "What you call it: who uses it, or for what.")
    private String name = "";

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "read|write",
            description = "read: may only ask. write: may change things too.")
    private String scope = "";

    @Override
    public Integer call() throws StoreException, CommandFailed {
        if (!NAME.matcher(name).matches()) {
            throw wrongUsage("NAME has letters, digits, '.', '_' and '-', and at most 64 of them.");
        }
        if (!scope.equals("read") && !scope.equals("write")) {
            throw wrongUsage("--scope is read or write, not " + scope + ".");
        }
        String token = TokenHash.newToken();
        Instant now = now().truncatedTo(ChronoUnit.MILLIS);
        try (Store store = store(configuration())) {
            if (!store.addToken(new StoredToken(name, TokenHash.of(token), TokenScope.of(scope), now, null))) {
                throw new CommandFailed("There is a token of the name " + name
                        + " already. Take another name, or revoke that one: sendstatus token revoke " + name);
            }
        }
        if (json) {
            print(JSON.objectNode()
                    .put("name", name)
                    .put("scope", scope)
                    .put("token", token)
                    .put("created_at", now.toString()));
        } else {
            // The token alone on the output, so that a script can keep it: TOKEN=$(sendstatus token create …)
            say(token);
            note("This is the only time that it is shown.");
        }
        return 0;
    }
}
