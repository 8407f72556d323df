package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.app.Providers;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.register.Registrar;
import dev.sendstatus.register.RegistrationLocks;
import dev.sendstatus.register.RegistrationResult;
import dev.sendstatus.register.SendAccounts;
import dev.sendstatus.register.SendFile;
import dev.sendstatus.register.SendFile.Format;
import dev.sendstatus.register.SendImport;
import dev.sendstatus.register.SendReader;
import dev.sendstatus.register.SendSource;
import dev.sendstatus.register.UnreadableSends;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Table;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import FILE}: registers the sends of a file, beside a running server or without one. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Registers the sends of a file, so that a message of which no callback ever comes is found all the same.",
            "Works beside a running server. What is registered already stays as it is, so a run that was cut short is"
                    + " simply run again. Rows that cannot be registered are listed with their line and stop nothing else."
        },
        footer = {
            "",
            "Columns of CSV, in any order, named by the first line; keys of JSONL:",
            "  provider, id, to   needed",
            "  account            needed where the provider has several",
            "  from, sent_at, reference, campaign, tags, link_domains, segments",
            "  error_code         of a send that the provider refused outright",
            "In CSV the parts of to, tags and link_domains are separated by semicolons; cells by commas, semicolons, tabs or bars.",
            "Numbers are taken as people write them: +12025550123, +1 (202) 555-0123, tel:+1-202-555-0123.",
            "",
            "Examples:",
            "  sendstatus import sends.csv",
            "  sendstatus import sends.jsonl.gz --json",
            "  psql -c 'COPY (SELECT …) TO STDOUT CSV HEADER' | sendstatus import -",
            "",
            "Exit codes: 0 every row is registered, 1 some could not be, or the file could not be read, 2 wrong usage."
        })
final class ImportCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The number of problems that the summary in JSON lists. The error stream has all of them. */
    private static final int MOST_LISTED = 1_000;

    private final CliContext context;
    private final InputStream standardInput;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "CSV or JSONL, in UTF-8 or UTF-16, also packed by gzip. - is the standard input.")
    private String file = "";

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl",
            description = "Where neither the file's name nor its first character tells it.")
    private @Nullable String format;

    @Option(names = "--json", description = "Print the summary as JSON.")
    private boolean json;

    private final ArrayNode problems = JsonNodeFactory.instance.arrayNode();

    ImportCommand(CliContext context) {
        this(context, System.in);
    }

    ImportCommand(CliContext context, InputStream standardInput) {
        this.context = context;
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        SendInput input = new SendInput(context, file, standardInput);
        Format given = input.format(format, spec.commandLine());
        Configuration configuration = context.configuration();
        SendReader reader = new SendReader(
                new SendAccounts(Providers.configured(configuration, context.adapters())), context.clock());
        try (CountedInput in = new CountedInput(input.open());
                Store store = OpenStore.of(configuration);
                Reads reads = OpenReads.of(configuration);
                ProgressLine bar = input.progress("import")) {
            SendSource source = SendFile.open(in, given, reader);
            Registrar registrar = new Registrar(
                    reads,
                    new RegistrationLocks(),
                    new DirectCommit(store, PATIENCE, System::nanoTime, stored -> {})::store,
                    context.clock());
            return run(new SendImport(registrar, new ImportListener(in, bar)), source, input);
        } catch (UnreadableSends e) {
            throw new CommandFailed(input.named() + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed(input.named() + ": " + SendInput.unreadable(e));
        }
    }

    private int run(SendImport work, SendSource source, SendInput input) throws CommandFailed {
        String broken = null;
        try {
            work.run(source);
        } catch (IOException e) {
            broken = SendInput.unreadable(e);
        } catch (StoreException e) {
            broken = "The database does not take any more: " + e.getMessage() + ". Run it again to go on from there.";
        }
        SendImport.Summary summary = work.summary();
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("rows", summary.rows());
            node.put("registered", summary.registered());
            node.put("unchanged", summary.unchanged());
            node.put("errors", summary.errors());
            node.put("stopped", broken);
            node.set("problems", problems);
            context.out().println(node.toPrettyString());
        } else {
            Table table = Table.figures("rows", "count");
            table.row("registered", summary.registered());
            table.row("unchanged", summary.unchanged());
            table.row("errors", summary.errors());
            context.print(table);
        }
        if (broken != null) {
            throw new CommandFailed(input.named() + ", after " + summary.rows() + " rows: " + broken);
        }
        return summary.errors() == 0 ? 0 : 1;
    }

    /** Lists what fails as it fails, since a file may hold more of it than fits into memory. */
    private final class ImportListener implements SendImport.Listener {
        private final CountedInput in;
        private final ProgressLine bar;

        private ImportListener(CountedInput in, ProgressLine bar) {
            this.in = in;
            this.bar = bar;
        }

        @Override
        public void failed(RegistrationResult result) {
            String named = result.id() == null ? "" : " (" + result.id() + ")";
            context.err().println("line " + result.index() + named + ": " + result.problem());
            if (problems.size() < MOST_LISTED) {
                problems.addObject()
                        .put("line", result.index())
                        .put("id", result.id())
                        .put("problem", result.problem());
            }
        }

        @Override
        public void progress() {
            bar.at(in.count());
        }
    }
}
