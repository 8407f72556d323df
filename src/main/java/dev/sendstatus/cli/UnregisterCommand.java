package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.register.SendWithdrawal;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unregister ID|FILE}: takes registrations back, beside a running server or without one. */
@Command(
        name = "unregister",
        description = {
            "Takes a mistaken registration back, or those of a whole file that was imported by mistake.",
            "What only the registration said goes. A message that the provider named too stays, and its history keeps both the"
                    + " registration and that it was taken back; any other goes whole. It can be registered again."
        },
        footer = {
            "  sendstatus unregister SM0123456789abcdef0123456789abcdef",
            "  sendstatus unregister first-1 --provider bandwidth --json",
            "  sendstatus unregister sends.csv",
            "",
            "A file is one that import takes; only provider and id matter, and need to be in it.",
            "Exit codes: 0 nothing of it is registered any more, 1 an id is not registered, or a row names no message, 2 wrong usage."
        })
final class UnregisterCommand extends SendFileCommand {
    private static final Map<String, String> WORDS = Map.of(
            "withdrawn",
            "taken back, message stays",
            "removed",
            "taken back, message gone",
            "unchanged",
            "not registered");

    @Parameters(
            paramLabel = "ID|FILE",
            description =
                    "A message's id, or a file of sends. A file goes first where both could be meant. - is the standard input.")
    private String what = "";

    @Option(
            names = "--provider",
            paramLabel = "WORD",
            description = "Where two providers have a message of that id: which.")
    private @Nullable String provider;

    @Override
    public Integer call() throws StoreException, CommandFailed {
        if (exists(what)) {
            return pass(
                    what,
                    WORDS,
                    (reads, store) -> new SendWithdrawal(
                            context().adapters().stream()
                                    .map(ProviderAdapter::provider)
                                    .collect(Collectors.toSet()),
                            messages -> withdraw(store, messages),
                            this::failed));
        }
        Configuration configuration = configuration();
        MessageKey message;
        try (Reads reads = reads(configuration)) {
            StoredMessage found = StatusCommand.find(reads, what, provider);
            if (found == null) {
                throw new CommandFailed(
                        "Nothing has named the message " + what + ", and there is no file of that name.");
            }
            message = found.state().message();
        }
        try (Store store = store(configuration)) {
            one(message, withdraw(store, List.of(message)).get(message));
        }
        return 0;
    }

    private Map<MessageKey, Store.Withdrawn> withdraw(Store store, Collection<MessageKey> messages)
            throws StoreException {
        return commit(store).withdraw(messages, now().truncatedTo(ChronoUnit.MILLIS));
    }

    private void one(MessageKey message, Store.@Nullable Withdrawn result) throws CommandFailed {
        if (result == null || result == Store.Withdrawn.NOT_REGISTERED) {
            throw new CommandFailed("The message " + message.id() + " is not registered, or was taken back before.");
        }
        if (json) {
            print(JSON.objectNode()
                    .put("provider", message.provider().word())
                    .put("id", message.id())
                    .put("result", ParameterText.word(result)));
        } else if (result == Store.Withdrawn.REMOVED) {
            say("Taken back. The provider never named " + message.id() + ", so the message is gone.");
        } else {
            say("Taken back. The provider named " + message.id()
                    + " too, so the message stays with what the provider said.");
        }
    }
}
