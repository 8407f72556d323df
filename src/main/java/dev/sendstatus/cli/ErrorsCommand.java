package dev.sendstatus.cli;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Database;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errors PROVIDER CODE}: what a code means; without a code, all of them. */
@Command(
        name = "errors",
        description =
                "Says what an error code means, what to do, whether it is charged, and how often it came. Without a code,"
                        + " lists the codes.",
        footer = {
            "",
            "Examples:",
            "  sendstatus errors twilio 30007",
            "  sendstatus errors bandwidth",
            "  sendstatus errors --unknown"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ErrorsCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PROVIDER",
            completionCandidates = Adapters.Words.class,
            description = "${COMPLETION-CANDIDATES}.")
    private @Nullable String word;

    @Parameters(index = "1", arity = "0..1", paramLabel = "CODE", description = "The code, as the provider sent it.")
    private @Nullable String code;

    @Option(names = "--unknown", description = "List only the codes that came and that the catalogue lacks.")
    private boolean unknown;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    ErrorsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed, WrongParameter {
        Configuration configuration = context.configuration();
        Provider provider = provider(configuration.catalogue());
        ErrorCodeList list = new ErrorCodeList(configuration.catalogue());
        List<SeenErrorCode> seen = seen(configuration);
        if (provider != null && code != null) {
            ErrorCodeList.Item item = list.item(seen, provider, code);
            if (json) {
                context.out().println(item.json().toPrettyString());
            } else {
                print(item);
            }
            return 0;
        }
        List<ErrorCodeList.Item> items = list.items(seen, word, unknown ? Boolean.FALSE : null);
        if (json) {
            context.out().println(ErrorCodeList.page(items).toPrettyString());
        } else if (items.isEmpty()) {
            context.out().println("No code came that the catalogue lacks.");
        } else {
            table(items);
        }
        return 0;
    }

    private @Nullable Provider provider(Catalogue catalogue) {
        if (word == null) {
            return null;
        }
        for (Provider known : catalogue.providers()) {
            if (known.word().equals(word)) {
                return known;
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "PROVIDER is one of "
                        + catalogue.providers().stream().map(Provider::word).collect(Collectors.joining(", "))
                        + ", not "
                        + word + ".");
    }

    /** Nothing has come yet where no server has made a database. */
    private static List<SeenErrorCode> seen(Configuration configuration) throws StoreException, CommandFailed {
        if (!Database.of(configuration.database()).exists()) {
            return List.of();
        }
        try (Reads reads = OpenReads.of(configuration)) {
            return reads.errorCodes();
        }
    }

    private void print(ErrorCodeList.Item item) {
        ErrorText.print(context, item.json());
        Table more = Table.facts();
        item.chargedByStatus().forEach((status, charged) -> more.row("  charged when " + status, charged.word()));
        Instant last = item.lastSeenAt();
        context.print(more.row("  seen", item.seen() + (last == null ? "" : ", last at " + Figures.time(last)))
                .row("  source", item.meaning().source()));
    }

    private void table(List<ErrorCodeList.Item> items) {
        Table table = Table.texts("provider", "code", "category", "charged", "retryable", "seen", "title")
                .optional("retryable", "charged", "category");
        for (ErrorCodeList.Item item : items) {
            table.row(
                    item.meaning().provider().word(),
                    item.meaning().code(),
                    item.meaning().category().word(),
                    item.meaning().charged().word(),
                    item.meaning().retryable() ? "yes" : "no",
                    item.seen(),
                    item.meaning().title());
        }
        context.print(table);
    }
}
