package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.QuarantineDocument;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quarantine}: the callbacks that were not understood; {@code quarantine NUMBER}: one of them as it came. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists the callbacks that were not understood, the newest first, or shows one as it came.",
            "One that is shown may hold the text of a message. replay --quarantined reads them again, after an upgrade."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus quarantine",
            "  sendstatus quarantine 1234",
            "  sendstatus replay --quarantined"
        })
final class QuarantineCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "The callback's number, as the list has it.")
    private @Nullable Long number;

    @Option(names = "--limit", paramLabel = "N", description = "List at most so many. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    QuarantineCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 or more, not " + limit + ".");
        }
        try (Reads reads = OpenReads.of(context.configuration())) {
            if (number == null) {
                list(reads);
            } else {
                QuarantinedCallback callback = reads.callbacks()
                        .quarantined(number)
                        .orElseThrow(() -> new CommandFailed("No callback of the number " + number
                                + " is in quarantine: it was never there, or has been understood since."));
                show(QuarantineDocument.whole(
                        callback,
                        reads.callbacks()
                                .one(callback.number())
                                .map(StoredCallback::raw)
                                .orElse(null)));
            }
        }
        return 0;
    }

    private void list(Reads reads) throws StoreException {
        List<QuarantinedCallback> found = reads.callbacks().quarantine(Long.MAX_VALUE, limit);
        long all = reads.callbacks().quarantineSize();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (QuarantinedCallback callback : found) {
            items.add(QuarantineDocument.item(
                    callback,
                    reads.callbacks()
                            .one(callback.number())
                            .map(StoredCallback::raw)
                            .orElse(null)));
        }
        if (json) {
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.set("items", items);
            page.put(
                    "next_cursor",
                    all > found.size() && !found.isEmpty()
                            ? Cursor.write(found.get(found.size() - 1).number())
                            : null);
            context.out().println(page.toPrettyString());
            return;
        }
        if (found.isEmpty()) {
            context.out().println("Nothing is in quarantine.");
            return;
        }
        Table table = Table.texts("number", "received at", "provider", "account", "bytes", "reason")
                .optional("bytes", "account");
        for (JsonNode item : items) {
            table.row(
                    MessageTable.text(item.path("number")),
                    MessageTable.time(item.path("received_at")),
                    MessageTable.text(item.path("provider")),
                    MessageTable.text(item.path("account")),
                    MessageTable.text(item.path("size")),
                    MessageTable.text(item.path("reason")));
        }
        context.print(table);
        if (all > found.size()) {
            context.err().println("These are the newest of " + all + "; --limit N lists more.");
        }
    }

    private void show(ObjectNode callback) {
        if (json) {
            context.out().println(callback.toPrettyString());
            return;
        }
        JsonNode raw = callback.path("raw");
        Table facts = Table.facts()
                .row("number", MessageTable.text(callback.path("number")))
                .row("received at", MessageTable.time(callback.path("received_at")))
                .row("provider", MessageTable.text(callback.path("provider")))
                .row("account", MessageTable.text(callback.path("account")))
                .row("reason", MessageTable.text(callback.path("reason")));
        if (raw.isObject()) {
            facts.row("method", MessageTable.text(raw.path("method")))
                    .row("query", MessageTable.text(raw.path("query")))
                    .row("media type", MessageTable.text(raw.path("media_type")))
                    .row("body as", MessageTable.text(raw.path("encoding")));
        }
        context.print(facts);
        context.out().println();
        if (raw.isObject()) {
            raw.path("body").asText().lines().map(Table::clean).forEach(context.out()::println);
        } else {
            context.out().println("(its bytes are no longer kept)");
        }
    }
}
