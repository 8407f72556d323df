package dev.sendstatus.cli;

import dev.sendstatus.app.Database;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.event.Provider;
import dev.sendstatus.query.ErrorCodeList;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import java.io.PrintWriter;
import java.util.ArrayList;
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
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ErrorsCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PROVIDER", description = "telnyx, twilio or bandwidth.")
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
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
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
        List<ErrorCodeList.Item> items = list.items(seen, provider, unknown ? Boolean.FALSE : null);
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
        PrintWriter out = context.out();
        ErrorText.print(out, item.json());
        List<List<String>> more = new ArrayList<>();
        item.chargedByStatus()
                .forEach((status, charged) -> more.add(List.of("  charged when " + status, charged.word())));
        more.add(List.of("  seen", item.seen() + (item.lastSeenAt() == null ? "" : ", last at " + item.lastSeenAt())));
        more.add(List.of("  source", item.meaning().source()));
        TextTable.print(out, more);
    }

    private void table(List<ErrorCodeList.Item> items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("provider", "code", "category", "charged", "retryable", "seen", "title"));
        for (ErrorCodeList.Item item : items) {
            rows.add(List.of(
                    item.meaning().provider().word(),
                    item.meaning().code(),
                    item.meaning().category().word(),
                    item.meaning().charged().word(),
                    item.meaning().retryable() ? "yes" : "no",
                    Long.toString(item.seen()),
                    item.meaning().title()));
        }
        TextTable.print(context.out(), rows);
    }
}
