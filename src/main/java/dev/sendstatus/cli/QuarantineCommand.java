package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.QuarantineDocument;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quarantine}: the callbacks that were not understood; {@code quarantine NUMBER}: one of them as it came. */
@Command(
        name = "quarantine",
        description = {
            "Lists the callbacks that were not understood, the newest first, or shows one as it came.",
            "One that is shown may hold the text of a message. replay --quarantined reads them again, after an upgrade."
        },
        footer = {"  sendstatus quarantine", "  sendstatus quarantine 1234", "  sendstatus replay --quarantined"})
final class QuarantineCommand extends BaseCommand {
    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "The callback's number, as the list has it.")
    private @Nullable Long number;

    @Option(names = "--limit", paramLabel = "N", description = "List at most so many. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    @Override
    public Integer call() throws StoreException, CommandFailed {
        if (limit < 1) {
            throw wrongUsage("--limit is 1 or more, not " + limit + ".");
        }
        try (Reads reads = reads(configuration())) {
            if (number == null) {
                list(reads);
            } else {
                QuarantinedCallback callback = reads.callbacks()
                        .quarantined(number)
                        .orElseThrow(() -> new CommandFailed("No callback of the number " + number
                                + " is in quarantine: it was never there, or has been understood since."));
                show(QuarantineDocument.whole(callback, reads));
            }
        }
        return 0;
    }

    private void list(Reads reads) throws StoreException {
        List<QuarantinedCallback> found = reads.callbacks().quarantine(Long.MAX_VALUE, limit);
        long all = reads.callbacks().quarantineSize();
        ArrayNode items = JSON.arrayNode();
        for (QuarantinedCallback callback : found) {
            items.add(QuarantineDocument.item(callback, reads));
        }
        if (json) {
            ObjectNode page = JSON.objectNode();
            page.set("items", items);
            page.put(
                    "next_cursor",
                    all > found.size() && !found.isEmpty()
                            ? Cursor.write(found.get(found.size() - 1).number())
                            : null);
            print(page);
            return;
        }
        if (found.isEmpty()) {
            say("Nothing is in quarantine.");
            return;
        }
        Table table = Table.texts("number", "received at", "provider", "account", "bytes", "reason")
                .optional("bytes", "account");
        for (JsonNode item : items) {
            table.row(
                    DocumentTable.text(item.path("number")),
                    DocumentTable.time(item.path("received_at")),
                    DocumentTable.text(item.path("provider")),
                    DocumentTable.text(item.path("account")),
                    DocumentTable.text(item.path("size")),
                    DocumentTable.text(item.path("reason")));
        }
        print(table);
        if (all > found.size()) {
            note("These are the newest of " + all + "; --limit N lists more.");
        }
    }

    private void show(ObjectNode callback) {
        if (json) {
            print(callback);
            return;
        }
        JsonNode raw = callback.path("raw");
        Table facts = Table.facts();
        DocumentTable.facts(facts, callback, "number", "received_at", "provider", "account", "reason");
        if (raw.isObject()) {
            DocumentTable.facts(facts, raw, "method", "query", "media_type");
            facts.row("body as", DocumentTable.text(raw.path("encoding")));
        }
        print(facts);
        say();
        if (raw.isObject()) {
            raw.path("body")
                    .asText()
                    .lines()
                    .map(Table::clean)
                    .forEach(context().out()::println);
        } else {
            say("(its bytes are no longer kept)");
        }
    }
}
