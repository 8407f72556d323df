package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list}: the newest messages that match, beside a running server or without one. */
@Command(
        name = "list",
        description = {
            "Lists the messages that match, the newest first. All filters that are given must hold.",
            "export writes all of them, however many there are; status shows one with its history."
        },
        footer = {
            "  sendstatus list --to +12025550123",
            "  sendstatus list --status ERROR --since yesterday",
            "  sendstatus list --to \"+1202*\" --carrier \"AT&T\" --sent-since 7d --json"
        })
final class ListCommand extends BaseCommand {
    private static final int MOST = 10_000;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Option(names = "--cursor", paramLabel = "TEXT", description = "Goes on at the next_cursor of --json.")
    private @Nullable String cursor;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        if (limit < 1 || limit > MOST) {
            throw wrongUsage("--limit is a number from 1 to " + MOST + "; export has no limit.");
        }
        Long before = cursor == null ? null : Long.valueOf(Cursor.read(cursor));
        Configuration configuration = configuration();
        Instant now = now();
        try (Reads reads = reads(configuration)) {
            MessageFilter filter = FilterOptions.of(this, configuration, reads, now);
            MessagePage page = newest(reads, filter, before, limit);
            ObjectNode document = document(configuration, page, now);
            if (json) {
                print(document);
            } else if (page.messages().isEmpty()) {
                say("No message matches.");
            } else {
                print(DocumentTable.messages(document.path("items")));
                if (page.next() != null) {
                    note("There may be more: --limit N lists more, export writes all.");
                }
            }
        }
        return 0;
    }

    static ObjectNode document(Configuration configuration, MessagePage page, Instant now) {
        return configuration.document().page(page, now);
    }

    /** The newest messages, up to the limit. One page of the store may be short, so more than one may be read. */
    static MessagePage newest(Reads reads, MessageFilter filter, @Nullable Long before, int limit)
            throws StoreException {
        MessagePage page = reads.page(filter, before, limit);
        List<StoredMessage> found = new ArrayList<>(page.messages());
        while (found.size() < limit && page.next() != null) {
            page = reads.page(filter, page.next(), limit - found.size());
            found.addAll(page.messages());
        }
        return new MessagePage(found, page.next());
    }
}
