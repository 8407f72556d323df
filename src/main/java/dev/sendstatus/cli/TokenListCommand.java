package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code token list}. */
@Command(
        name = "list",
        description =
                "Lists the tokens by name, with their scope and last use, to about a minute. The token of api.token, or"
                        + " the one made at the first start, has scope write and is not among them.",
        footer = {"", "Examples:", "  sendstatus token list"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TokenListCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    TokenListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        List<StoredToken> tokens;
        try (Reads reads = OpenReads.of(context.configuration())) {
            tokens = reads.tokens();
        }
        if (json) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (StoredToken token : tokens) {
                Instant last = token.lastUsedAt();
                items.addObject()
                        .put("name", token.name())
                        .put("scope", token.scope().word())
                        .put("created_at", token.createdAt().toString())
                        .put("last_used_at", last == null ? null : last.toString());
            }
            context.out().println(items.toPrettyString());
        } else if (tokens.isEmpty()) {
            context.out().println("There are none yet: sendstatus token create NAME --scope read");
        } else {
            Table table = Table.texts("name", "scope", "created at", "last used at");
            for (StoredToken token : tokens) {
                Instant last = token.lastUsedAt();
                table.row(
                        token.name(),
                        token.scope().word(),
                        Figures.time(token.createdAt()),
                        last == null ? "never" : Figures.time(last));
            }
            context.print(table);
        }
        return 0;
    }
}
