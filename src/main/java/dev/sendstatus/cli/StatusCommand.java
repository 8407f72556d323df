package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.CallbackDocument;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status ID}: one message, with its history. */
@Command(
        name = "status",
        description = {
            "Shows what happened to one message: its state, each recipient's, and its history.",
            "Of a number it shows the newest messages; list finds them by every filter."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus status SM0123456789abcdef0123456789abcdef",
            "  sendstatus status first-1 --provider bandwidth --json",
            "  sendstatus status +12025550123"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {
    /** So many of a number's messages. */
    private static final int SHOWN = 10;

    private final CliContext context;

    @Parameters(paramLabel = "ID", description = "The message's id, as the provider gave it, or a number.")
    private String id = "";

    @Option(names = "--provider", description = "Where two providers have a message of that id: which.")
    private @Nullable String provider;

    @Option(names = "--json", description = "Print the API's JSON, with the history under \"events\".")
    private boolean json;

    @Option(
            names = "--raw",
            description = "Print the raw callbacks as well, as they came. They can hold the message's text.")
    private boolean raw;

    StatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        Configuration configuration = context.configuration();
        try (Reads reads = OpenReads.of(configuration)) {
            List<StoredMessage> found = reads.messages(id).stream()
                    .filter(message -> provider == null
                            || message.state().message().provider().word().equals(provider))
                    .toList();
            if (found.isEmpty()) {
                if (!json && asAddress(configuration, reads)) {
                    return 0;
                }
                throw new CommandFailed("No callback and no registration has named the message " + id + ".");
            }
            if (found.size() > 1) {
                throw new CommandFailed("Several providers have a message of this id; say which with --provider:\n  "
                        + found.stream()
                                .map(message ->
                                        message.state().message().provider().word())
                                .collect(Collectors.joining("\n  ")));
            }
            show(configuration, reads, found.get(0));
        }
        return 0;
    }

    /** Lists the messages to or from a number or name, which is no message's id. @return whether there are any */
    private boolean asAddress(Configuration configuration, Reads reads) throws StoreException {
        Instant now = context.clock().instant();
        boolean any = false;
        for (String which : List.of("to", "from")) {
            Map<String, List<String>> given = new HashMap<>(Map.of(which, List.of(id)));
            if (provider != null) {
                given.put("provider", List.of(provider));
            }
            MessageFilter filter;
            try {
                filter = FilterOptions.parameters(configuration).filter(given, Set.of(), Set.of(), now);
            } catch (WrongParameter e) {
                return false;
            }
            MessagePage page = ListCommand.newest(reads, filter, null, SHOWN);
            if (page.messages().isEmpty()) {
                continue;
            }
            int count = page.messages().size();
            context.out()
                    .println((any ? "\n" : "No message has this id. As a number or name, ")
                            + (page.next() == null ? Figures.messages(count) : "the newest " + count + " messages")
                            + " " + which + " it:");
            context.print(MessageTable.of(
                    ListCommand.document(configuration, page, now).path("items")));
            context.out().println("sendstatus list --" + which + " \"" + id + "\" lists them, and takes filters.");
            any = true;
        }
        return any;
    }

    private void show(Configuration configuration, Reads reads, StoredMessage message) throws StoreException {
        MessageDocument document = configuration.document();
        MessageState state = message.state();
        ObjectNode node = document.message(message, context.clock().instant());
        node.set("events", document.events(reads.history(state.message())));
        if (json) {
            if (raw) {
                node.set("raw", CallbackDocument.of(reads.callbacks().of(state.message())));
            }
            context.out().println(node.toPrettyString());
            return;
        }
        print(node);
        if (raw) {
            printRaw(reads.callbacks().of(state.message()));
        }
    }

    private void print(ObjectNode node) {
        Table facts = Table.facts();
        for (String key : List.of("provider", "account", "id", "direction", "from")) {
            fact(facts, node, key);
        }
        facts.row("status", MessageTable.status(node));
        if (node.hasNonNull("error_code")) {
            facts.row("error code", MessageTable.code(node));
        }
        if (node.hasNonNull("stuck")) {
            JsonNode stuck = node.path("stuck");
            facts.row(
                    "stuck",
                    stuck.path("reason").asText().replace('_', ' ') + ", for "
                            + Figures.duration(stuck.path("age_seconds").asLong()));
        }
        for (String key : List.of("segments", "reference", "campaign")) {
            fact(facts, node, key);
        }
        if (node.hasNonNull("cost")) {
            facts.row(
                    "cost",
                    node.path("cost").path("amount").asText() + " "
                            + node.path("cost").path("currency").asText());
        }
        for (String key : List.of("registered_at", "sent_at", "finalized_at", "first_event_at", "last_event_at")) {
            if (node.hasNonNull(key)) {
                facts.row(key.replace('_', ' '), MessageTable.time(node.path(key)));
            }
        }
        context.print(facts);
        printErrors(node.path("recipients"));
        context.out().println();
        context.print(recipients(node.path("recipients")));
        context.out().println();
        context.print(events(node.path("events")));
    }

    private static void fact(Table facts, JsonNode node, String key) {
        if (node.hasNonNull(key)) {
            facts.row(key, node.path(key).asText());
        }
    }

    /** The meaning of each code, once, however many recipients have it. */
    private void printErrors(JsonNode recipients) {
        Set<JsonNode> told = new HashSet<>();
        for (JsonNode recipient : recipients) {
            JsonNode error = recipient.path("error");
            if (recipient.hasNonNull("error") && told.add(error)) {
                context.out().println();
                ErrorText.print(context, error);
            }
        }
    }

    private static Table recipients(JsonNode recipients) {
        Table table = Table.texts(
                        "to",
                        "status",
                        "provider status",
                        "error code",
                        "unconfirmed",
                        "conflict",
                        "carrier",
                        "updated at")
                .optional("updated at", "carrier");
        for (JsonNode recipient : recipients) {
            table.row(
                    MessageTable.text(recipient.path("to")),
                    MessageTable.status(recipient),
                    MessageTable.text(recipient.path("provider_status")),
                    MessageTable.code(recipient),
                    MessageTable.yes(recipient.path("unconfirmed")),
                    MessageTable.yes(recipient.path("conflict")),
                    MessageTable.text(recipient.path("carrier")),
                    MessageTable.time(recipient.path("updated_at")));
        }
        return table;
    }

    private static Table events(JsonNode events) {
        Table table = Table.texts(
                        "sequence",
                        "received at",
                        "occurred at",
                        "source",
                        "recipient",
                        "provider status",
                        "status",
                        "error code",
                        "changed")
                .optional("sequence", "recipient", "occurred at");
        for (JsonNode event : events) {
            table.row(
                    MessageTable.text(event.path("sequence")),
                    MessageTable.time(event.path("received_at")),
                    MessageTable.time(event.path("occurred_at")),
                    MessageTable.text(event.path("source")),
                    MessageTable.text(event.path("recipient")),
                    MessageTable.text(event.path("provider_status")),
                    MessageTable.status(event),
                    MessageTable.text(event.path("error_code")),
                    MessageTable.yes(event.path("changed")));
        }
        return table;
    }

    private void printRaw(List<StoredCallback> callbacks) {
        PrintWriter out = context.out();
        for (StoredCallback callback : callbacks) {
            RawCallback raw = callback.raw();
            out.println();
            out.println("-- callback " + callback.number() + ", received " + Figures.time(callback.receivedAt()));
            out.println(raw.method() + (raw.query() == null ? "" : " ?" + Table.clean(raw.query())));
            new String(raw.body(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Table::clean)
                    .forEach(out::println);
        }
    }
}
