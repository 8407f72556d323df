package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.register.RegistrationResult;
import dev.sendstatus.register.SendWithdrawal;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.io.InputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code unregister ID|FILE}: takes registrations back, beside a running server or without one. */
@Command(
        name = "unregister",
        description = {
            "Takes a mistaken registration back, or those of a whole file that was imported by mistake.",
            "What only the registration said goes. A message that the provider named too stays, and its history keeps both the"
                    + " registration and that it was taken back; any other goes whole. It can be registered again."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus unregister SM0123456789abcdef0123456789abcdef",
            "  sendstatus unregister first-1 --provider bandwidth --json",
            "  sendstatus unregister sends.csv",
            "",
            "A file is one that import takes; only provider and id matter, and need to be in it.",
            "Exit codes: 0 nothing of it is registered any more, 1 an id is not registered, or a row names no message, 2 wrong usage."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class UnregisterCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CliContext context;
    private final InputStream standardInput;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

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

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl",
            description = "Where neither the file's name nor its first character tells it.")
    private @Nullable String format;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    UnregisterCommand(CliContext context) {
        this.context = context;
        this.standardInput = System.in;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        Configuration configuration = context.configuration();
        SendInput input = new SendInput(context, what, standardInput);
        if (input.exists()) {
            return file(configuration, input);
        }
        MessageKey message;
        try (Reads reads = OpenReads.of(configuration)) {
            message = message(reads);
        }
        try (Store store = OpenStore.of(configuration)) {
            one(message, withdraw(store, List.of(message)).get(message));
        }
        return 0;
    }

    private MessageKey message(Reads reads) throws StoreException, CommandFailed {
        List<MessageKey> found = reads.messages(what).stream()
                .map(message -> message.state().message())
                .filter(key -> provider == null || key.provider().word().equals(provider))
                .toList();
        if (found.isEmpty()) {
            throw new CommandFailed("Nothing has named the message " + what + ", and there is no file of that name.");
        }
        if (found.size() > 1) {
            throw new CommandFailed("Several providers have a message of this id; say which with --provider:\n  "
                    + found.stream().map(key -> key.provider().word()).collect(Collectors.joining("\n  ")));
        }
        return found.get(0);
    }

    private Map<MessageKey, Store.Withdrawn> withdraw(Store store, Collection<MessageKey> messages)
            throws StoreException {
        return new DirectCommit(store, PATIENCE, System::nanoTime, stored -> {})
                .withdraw(messages, context.clock().instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void one(MessageKey message, Store.@Nullable Withdrawn result) throws CommandFailed {
        if (result == null || result == Store.Withdrawn.NOT_REGISTERED) {
            throw new CommandFailed("The message " + message.id() + " is not registered, or was taken back before.");
        }
        if (json) {
            context.out()
                    .println(JsonNodeFactory.instance
                            .objectNode()
                            .put("provider", message.provider().word())
                            .put("id", message.id())
                            .put("result", result.name().toLowerCase(Locale.ROOT))
                            .toPrettyString());
        } else if (result == Store.Withdrawn.REMOVED) {
            context.out().println("Taken back. The provider never named " + message.id() + ", so the message is gone.");
        } else {
            context.out()
                    .println("Taken back. The provider named " + message.id()
                            + " too, so the message stays with what the provider said.");
        }
    }

    private int file(Configuration configuration, SendInput input) throws CommandFailed {
        SendPass pass = new SendPass(context, input, input.format(format, spec.commandLine()), json);
        return pass.open("unregister", configuration, (source, store, progress) -> {
            SendWithdrawal work = new SendWithdrawal(
                    context.adapters().stream()
                            .map(adapter -> adapter.provider())
                            .collect(Collectors.toSet()),
                    messages -> {
                        progress.run();
                        return withdraw(store, messages);
                    },
                    this::failed);
            return pass.run(
                    () -> work.run(source), () -> summary(work.summary()), JsonNodeFactory.instance.objectNode());
        });
    }

    private void failed(RegistrationResult row) {
        context.err().println("line " + row.index() + ": " + row.problem());
    }

    private static SendPass.Summary summary(SendWithdrawal.Summary done) {
        return new SendPass.Summary(
                done.rows(),
                List.of(
                        new SendPass.Count("withdrawn", "taken back, message stays", done.withdrawn()),
                        new SendPass.Count("removed", "taken back, message gone", done.removed()),
                        new SendPass.Count("unchanged", "not registered", done.unchanged())),
                done.errors());
    }
}
