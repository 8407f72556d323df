package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sendstatus.query.Times;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Table;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code token list}. */
@Command(
        name = "list",
        description =
                "Lists the tokens by name, with their scope and last use, to about a minute. The token of api.token, or"
                        + " the one made at the first start, has scope write and is not among them.",
        footer = "  sendstatus token list")
final class TokenListCommand extends JsonCommand {
    @Override
    public Integer call() throws StoreException, CommandFailed {
        List<StoredToken> tokens;
        try (Reads reads = reads(configuration())) {
            tokens = reads.tokens();
        }
        if (json) {
            ArrayNode items = JSON.arrayNode();
            for (StoredToken token : tokens) {
                items.addObject()
                        .put("name", token.name())
                        .put("scope", token.scope().word())
                        .put("created_at", token.createdAt().toString())
                        .put("last_used_at", Times.text(token.lastUsedAt()));
            }
            print(items);
        } else if (tokens.isEmpty()) {
            say("There are none yet: sendstatus token create NAME --scope read");
        } else {
            Table table = Table.texts("name", "scope", "created at", "last used at");
            for (StoredToken token : tokens) {
                Instant last = token.lastUsedAt();
                table.row(token.name(), token.scope().word(), token.createdAt(), last == null ? "never" : last);
            }
            print(table);
        }
        return 0;
    }
}
