package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.CallbackDocument;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status ID}: one message, with its history. */
@Command(
        name = "status",
        description = "Shows what happened to one message: its state, each recipient's, and its history.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "ID", description = "The message's id, as the provider gave it.")
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
        MessageDocument document = new MessageDocument(configuration.unconfirmedStatus(), configuration.catalogue());
        try (Reads reads = OpenReads.of(configuration)) {
            List<StoredMessage> found = reads.messages(id).stream()
                    .filter(message -> provider == null
                            || message.state().message().provider().word().equals(provider))
                    .toList();
            if (found.isEmpty()) {
                context.err().println("No callback and no registration has named the message " + id + ".");
                return 1;
            }
            if (found.size() > 1) {
                context.err().println("Several providers have a message of this id; say which with --provider:");
                found.forEach(message ->
                        context.err().println("  " + message.state().message().provider()));
                return 1;
            }
            StoredMessage message = found.get(0);
            MessageState state = message.state();
            ObjectNode node = document.message(
                    state,
                    StuckView.of(
                            state,
                            message.flag(),
                            context.clock().instant(),
                            configuration.stuck().limits()));
            node.set("events", document.events(reads.history(state.message())));
            if (json) {
                if (raw) {
                    node.set("raw", CallbackDocument.of(reads.callbacks(state.message())));
                }
                context.out().println(node.toPrettyString());
            } else {
                print(node);
                if (raw) {
                    printRaw(reads.callbacks(state.message()));
                }
            }
            return 0;
        }
    }

    private void print(ObjectNode node) {
        PrintWriter out = context.out();
        List<List<String>> facts = new ArrayList<>();
        for (String key : List.of(
                "provider",
                "account",
                "id",
                "direction",
                "from",
                "status",
                "error_code",
                "segments",
                "reference",
                "campaign",
                "registered_at",
                "sent_at",
                "finalized_at",
                "first_event_at",
                "last_event_at")) {
            if (node.hasNonNull(key)) {
                facts.add(List.of(key.replace('_', ' '), node.path(key).asText()));
            }
        }
        if (node.hasNonNull("stuck")) {
            JsonNode stuck = node.path("stuck");
            facts.add(List.of(
                    "stuck",
                    stuck.path("reason").asText().replace('_', ' ') + ", for "
                            + stuck.path("age_seconds").asText() + " s"));
        }
        if (node.hasNonNull("cost")) {
            facts.add(List.of(
                    "cost",
                    node.path("cost").path("amount").asText() + " "
                            + node.path("cost").path("currency").asText()));
        }
        TextTable.print(out, facts);
        printErrors(node.path("recipients"));
        out.println();
        TextTable.print(
                out,
                rows(
                        node.path("recipients"),
                        List.of(
                                "to",
                                "status",
                                "provider_status",
                                "error_code",
                                "unconfirmed",
                                "conflict",
                                "carrier",
                                "updated_at")));
        out.println();
        TextTable.print(
                out,
                rows(
                        node.path("events"),
                        List.of(
                                "sequence",
                                "received_at",
                                "occurred_at",
                                "source",
                                "recipient",
                                "provider_status",
                                "status",
                                "error_code",
                                "changed")));
    }

    /** What each code means, once, however many recipients have it. */
    private void printErrors(JsonNode recipients) {
        Set<JsonNode> told = new HashSet<>();
        for (JsonNode recipient : recipients) {
            JsonNode error = recipient.path("error");
            if (recipient.hasNonNull("error") && told.add(error)) {
                context.out().println();
                ErrorText.print(context.out(), error);
            }
        }
    }

    private static List<List<String>> rows(JsonNode items, List<String> keys) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(keys.stream().map(key -> key.replace('_', ' ')).toList());
        for (JsonNode item : items) {
            rows.add(keys.stream()
                    .map(key -> item.hasNonNull(key) ? item.path(key).asText() : "-")
                    .toList());
        }
        return rows;
    }

    private void printRaw(List<StoredCallback> callbacks) {
        PrintWriter out = context.out();
        for (StoredCallback callback : callbacks) {
            RawCallback raw = callback.raw();
            out.println();
            out.println("-- callback " + callback.number() + ", received " + callback.receivedAt());
            out.println(raw.method() + (raw.query() == null ? "" : " ?" + raw.query()));
            out.println(new String(raw.body(), StandardCharsets.UTF_8));
        }
    }
}
