package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.query.CallbackDocument;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.MessageParameters;
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
import java.util.TreeMap;
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
            "  sendstatus status SM0123456789abcdef0123456789abcdef",
            "  sendstatus status first-1 --provider bandwidth --json",
            "  sendstatus status +12025550123"
        })
final class StatusCommand extends BaseCommand {
    /** The most messages of a number that are shown. */
    private static final int SHOWN = 10;

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

    @Override
    public Integer call() throws StoreException, CommandFailed {
        Configuration configuration = configuration();
        try (Reads reads = reads(configuration)) {
            StoredMessage found = find(reads, id, provider);
            if (found != null) {
                show(configuration, reads, found);
            } else if (json || !asAddress(configuration, reads)) {
                throw new CommandFailed("No callback and no registration has named the message " + id + ".");
            }
        }
        return 0;
    }

    /** The message of that id; null for none. @throws CommandFailed if several providers have one */
    static @Nullable StoredMessage find(Reads reads, String id, @Nullable String provider)
            throws StoreException, CommandFailed {
        Map<String, StoredMessage> found = new TreeMap<>();
        reads.messages(id)
                .forEach(message ->
                        found.put(message.state().message().provider().word(), message));
        if (provider != null) {
            return found.get(provider);
        }
        if (found.size() > 1) {
            throw new CommandFailed("Several providers have a message of this id; say which with --provider:\n  "
                    + String.join("\n  ", found.keySet()));
        }
        return found.values().stream().findFirst().orElse(null);
    }

    /** Lists the messages to or from a number or name, which is no message's id. @return whether there are any */
    private boolean asAddress(Configuration configuration, Reads reads) throws StoreException {
        Instant now = now();
        boolean any = false;
        for (String which : List.of("to", "from")) {
            Map<String, List<String>> given = new HashMap<>(Map.of(which, List.of(id)));
            if (provider != null) {
                given.put("provider", List.of(provider));
            }
            MessageFilter filter;
            try {
                filter = new MessageParameters(configuration.document()).filter(given, Set.of(), Set.of(), now);
            } catch (WrongParameter e) {
                return false;
            }
            MessagePage page = ListCommand.newest(reads, filter, null, SHOWN);
            if (page.messages().isEmpty()) {
                continue;
            }
            int count = page.messages().size();
            say((any ? "\n" : "No message has this id. As a number or name, ")
                    + (page.next() == null ? Figures.messages(count) : "the newest " + count + " messages")
                    + " " + which + " it:");
            print(DocumentTable.messages(
                    ListCommand.document(configuration, page, now).path("items")));
            say("sendstatus list --" + which + " \"" + id + "\" lists them, and takes filters.");
            any = true;
        }
        return any;
    }

    private void show(Configuration configuration, Reads reads, StoredMessage message) throws StoreException {
        MessageDocument document = configuration.document();
        MessageState state = message.state();
        ObjectNode node = document.message(message, now());
        node.set("events", document.events(reads.history(state.message())));
        if (json) {
            if (raw) {
                node.set("raw", CallbackDocument.of(reads.callbacks().of(state.message())));
            }
            print(node);
            return;
        }
        show(node);
        if (raw) {
            printRaw(reads.callbacks().of(state.message()));
        }
    }

    private void show(ObjectNode node) {
        Table facts = Table.facts();
        DocumentTable.facts(facts, node, "provider", "account", "id", "direction", "from", "status", "error_code");
        if (node.hasNonNull("stuck")) {
            JsonNode stuck = node.path("stuck");
            facts.row(
                    "stuck",
                    stuck.path("reason").asText().replace('_', ' ') + ", for "
                            + Figures.duration(stuck.path("age_seconds").asLong()));
        }
        DocumentTable.facts(facts, node, "segments", "reference", "campaign");
        if (node.hasNonNull("cost")) {
            facts.row(
                    "cost",
                    node.path("cost").path("amount").asText() + " "
                            + node.path("cost").path("currency").asText());
        }
        DocumentTable.facts(facts, node, "registered_at", "sent_at", "finalized_at", "first_event_at", "last_event_at");
        print(facts);
        printErrors(node.path("recipients"));
        say();
        Table recipients = Table.texts(
                "to", "status", "provider status", "error code", "unconfirmed", "conflict", "carrier", "updated at");
        print(DocumentTable.of(recipients.optional("updated at", "carrier"), node.path("recipients")));
        say();
        Table events = Table.texts(
                "sequence",
                "received at",
                "occurred at",
                "source",
                "recipient",
                "provider status",
                "status",
                "error code",
                "changed");
        print(DocumentTable.of(events.optional("sequence", "recipient", "occurred at"), node.path("events")));
    }

    /** The meaning of each code, once, however many recipients have it. */
    private void printErrors(JsonNode recipients) {
        Set<JsonNode> told = new HashSet<>();
        for (JsonNode recipient : recipients) {
            JsonNode error = recipient.path("error");
            if (recipient.hasNonNull("error") && told.add(error)) {
                say();
                printError(error);
            }
        }
    }

    private void printRaw(List<StoredCallback> callbacks) {
        PrintWriter out = context().out();
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
