package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.feed.ChangeFeed;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.relay.RelayEvent;
import dev.sendstatus.state.Change;
import dev.sendstatus.store.ChangePage;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Table;
import dev.sendstatus.text.Table.Mark;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tail}: the change feed as it comes, beside a running server or without one. */
@Command(
        name = "tail",
        description = {
            "Shows every change of a message's state as it comes, until it is ended by Ctrl-C.",
            "All filters that are given must hold, for the change as it was; --since and --until are its time."
        },
        footer = {
            "  sendstatus tail",
            "  sendstatus tail --status ERROR --account main",
            "  sendstatus tail --after 0 --campaign autumn --json",
            "  sendstatus tail --after 0 --forward-to http://localhost:3000/hook"
        })
final class TailCommand extends BaseCommand {
    private static final int PAGE = 1_000;
    private static final long LOOK_MILLIS = 250;
    private static final long RETRY_MILLIS = 1_000;

    @Option(
            names = "--after",
            paramLabel = "SEQUENCE",
            description =
                    "Begin after that change; 0: with the oldest that is kept. Default: with what comes from now on.")
    private @Nullable Long after;

    @Option(names = "--limit", paramLabel = "N", description = "End after so many changes.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print the API's JSON, a change a line.")
    private boolean json;

    @Option(
            names = "--forward-to",
            paramLabel = "URL",
            description =
                    "Push each change to that URL as well, signed as the relay does, and show the answer: for trying a receiver."
                            + " It may be on this host. Nothing is sent twice.")
    private @Nullable String forwardTo;

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter, InterruptedException {
        if (limit < 1 || after != null && after < 0) {
            throw wrongUsage("--after is a number from 0, --limit one from 1.");
        }
        Configuration configuration = configuration();
        MessageDocument document = configuration.document();
        try (Reads reads = reads(configuration)) {
            MessageFilter filter = FilterOptions.of(this, configuration, reads, now());
            if (forwardTo == null) {
                follow(new ChangeFeed(reads), filter, document, null);
            } else {
                try (Forwarding forwarding = Forwarding.to(forwardTo, context())) {
                    follow(new ChangeFeed(reads), filter, document, forwarding);
                }
            }
        }
        return 0;
    }

    private void follow(
            ChangeFeed feed, MessageFilter filter, MessageDocument document, @Nullable Forwarding forwarding)
            throws StoreException, CommandFailed, InterruptedException {
        ChangePage ends = feed.ends();
        long position = after == null ? ends.newest() : after == 0 ? ends.oldestAfter() : after;
        long left = limit;
        boolean away = false;
        while (left > 0 && !context().out().checkError()) {
            ChangePage page;
            try {
                page = feed.after(position, filter, (int) Math.min(left, PAGE));
            } catch (StoreException.Unavailable e) {
                if (!away) {
                    note("Waiting for the database: " + e.getMessage());
                    context().err().flush();
                    away = true;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                continue;
            }
            away = false;
            requireKept(page, position, ends.feed());
            for (Change change : page.changes()) {
                ObjectNode item = document.change(change);
                say(json ? item.toString() : line(item));
                if (forwarding != null) {
                    context().out().flush();
                    note("  -> " + forwarding.push(RelayEvent.of(change, page.feed(), document)));
                    context().err().flush();
                }
            }
            context().out().flush();
            left -= page.changes().size();
            position = page.next();
            if (left > 0 && position >= page.newest()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private static void requireKept(ChangePage page, long position, String feed) throws CommandFailed {
        if (!page.feed().equals(feed)) {
            throw new CommandFailed("The database was restored meanwhile, and its changes are others: begin anew.");
        }
        if (!page.reachesBackTo(position)) {
            throw new CommandFailed("What came after " + position + " cannot be shown: all changes from "
                    + page.oldestAfter() + " to " + page.newest() + " are kept. --after 0 begins with the oldest.");
        }
    }

    /** One change for a person, without a table's width: nobody knows what comes. */
    private String line(ObjectNode item) {
        String status = item.path("status").asText();
        String previous = item.path("previous_status").asText("");
        String shown = item.path("unconfirmed").asBoolean() ? status + " (unconfirmed)" : status;
        return Stream.of(
                        DocumentTable.time(item.path("changed_at")),
                        item.path("provider").asText(),
                        item.path("account").asText(),
                        Table.clean(item.path("id").asText()),
                        Table.clean(DocumentTable.text(item.path("recipient"))),
                        item.path("previous_status").isNull() || previous.equals(status) ? "" : previous + " ->",
                        status.equals("ERROR") ? context().screen().painted(Mark.ALARM, shown) : shown,
                        Table.clean(item.path("provider_status").asText()),
                        Table.clean(item.path("error_code").asText("")),
                        item.hasNonNull("error_code") ? item.path("category").asText() : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("  "));
    }
}
