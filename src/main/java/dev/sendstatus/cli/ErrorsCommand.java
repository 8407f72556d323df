package dev.sendstatus.cli;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code errors PROVIDER CODE}: what a code means; without a code, all of them. */
@Command(
        name = "errors",
        description =
                "Says what an error code means, what to do, whether it is charged, and how often it came. Without a code,"
                        + " lists the codes.",
        footer = {"  sendstatus errors twilio 30007", "  sendstatus errors bandwidth", "  sendstatus errors --unknown"})
final class ErrorsCommand extends BaseCommand {
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

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        Configuration configuration = configuration();
        if (word != null) {
            requireProvider("PROVIDER", word);
        }
        Provider provider = word == null ? null : new Provider(word);
        ErrorCodeList list = new ErrorCodeList(configuration.catalogue());
        List<SeenErrorCode> seen = seen(configuration);
        if (provider != null && code != null) {
            ErrorCodeList.Item item = list.item(seen, provider, code);
            if (json) {
                say(item.json().toPrettyString());
            } else {
                print(item);
            }
            return 0;
        }
        List<ErrorCodeList.Item> items = list.items(seen, word, unknown ? Boolean.FALSE : null);
        if (json) {
            say(ErrorCodeList.page(items).toPrettyString());
        } else if (items.isEmpty()) {
            say("No code came that the catalogue lacks.");
        } else {
            table(items);
        }
        return 0;
    }

    /** Nothing has come yet where no server has made a database. */
    private static List<SeenErrorCode> seen(Configuration configuration) throws StoreException, CommandFailed {
        if (!Database.of(configuration.database()).exists()) {
            return List.of();
        }
        try (Reads reads = reads(configuration)) {
            return reads.errorCodes();
        }
    }

    private void print(ErrorCodeList.Item item) {
        printError(item.json());
        Table more = Table.facts();
        item.chargedByStatus().forEach((status, charged) -> more.row("  charged when " + status, charged.word()));
        Instant last = item.lastSeenAt();
        print(more.row("  seen", item.seen() + (last == null ? "" : ", last at " + Figures.time(last)))
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
        print(table);
    }
}
