package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.register.Registrar;
import dev.sendstatus.register.RegistrationLocks;
import dev.sendstatus.register.RegistrationResult;
import dev.sendstatus.register.SendImport;
import dev.sendstatus.store.jdbc.Reads;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
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
        SendPass pass = new SendPass(context, input, input.format(format, spec.commandLine()), json);
        Configuration configuration = context.configuration();
        return pass.open("import", configuration, (source, store, progress) -> {
            try (Reads reads = OpenReads.of(configuration)) {
                Registrar registrar = new Registrar(
                        reads,
                        new RegistrationLocks(),
                        new DirectCommit(store, PATIENCE, System::nanoTime, stored -> {})::store,
                        context.clock());
                SendImport work = new SendImport(registrar, new ImportListener(progress));
                ObjectNode more = JsonNodeFactory.instance.objectNode();
                more.set("problems", problems);
                return pass.run(() -> work.run(source), () -> summary(work.summary()), more);
            }
        });
    }

    private static SendPass.Summary summary(SendImport.Summary done) {
        return new SendPass.Summary(
                done.rows(),
                List.of(
                        new SendPass.Count("registered", "registered", done.registered()),
                        new SendPass.Count("unchanged", "unchanged", done.unchanged())),
                done.errors());
    }

    /** Lists what fails as it fails, since a file may hold more of it than fits into memory. */
    private final class ImportListener implements SendImport.Listener {
        private final Runnable progress;

        private ImportListener(Runnable progress) {
            this.progress = progress;
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
            progress.run();
        }
    }
}
