package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.CsvLayout;
import dev.sendstatus.query.ExportFormat;
import dev.sendstatus.query.MessageExport;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.ViewFile;
import dev.sendstatus.text.Figures;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code export}: all messages that match, as CSV or JSONL, beside a running server or without one. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes the messages that match, the newest first, as they are at one moment.",
            "CSV has a row for each recipient, JSONL a line for each message, the API's document of it. SQLite is a file of the"
                    + " tables messages, recipients, transitions, message_tags and message_link_domains, as sql shows them."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus export --status ERROR --since 7d --out errors.csv",
            "  sendstatus export --excel --columns id,to,sendStatus,sent_at --out all.csv",
            "  sendstatus export --to \"+1202*\" --format jsonl --out -",
            "  sendstatus export --since 30d --format sqlite --out month.db"
        })
final class ExportCommand implements Callable<Integer> {
    /** How often it is asked whether the output is still read. */
    private static final int LOOK_EVERY = 1_000;

    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl|sqlite",
            description = "Default: by the name of the file, else csv.")
    private @Nullable String format;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "Of CSV, in that order: provider,id,to,sendStatus. Default: all.")
    private List<String> columns = List.of();

    @Option(
            names = "--excel",
            description = "CSV for a spreadsheet: with a byte order mark, and times as 2026-11-25 12:00:00, in UTC.")
    private boolean excel;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to that file, which is there once all is in it. -: the output.")
    private @Nullable Path out;

    ExportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed, WrongParameter {
        if (isSqlite()) {
            return views();
        }
        ExportFormat chosen = format();
        if (chosen != ExportFormat.CSV && (excel || !columns.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--columns and --excel are for --format csv.");
        }
        CsvLayout layout = CsvLayout.of(columns, excel);
        Configuration configuration = context.configuration();
        Instant now = context.clock().instant();
        MessageExport export = new MessageExport(configuration.document(), now, layout);
        Output output = new Output(context, out);
        try (Reads reads = OpenReads.of(configuration);
                MessageScan scan = reads.scan(FilterOptions.of(spec, configuration, reads, now))) {
            long count = output.write(text -> write(export, scan, chosen, text, output.isStandard()));
            if (!output.isStandard()) {
                context.err().println(Figures.messages(count) + " in " + output);
            }
        }
        return 0;
    }

    private boolean isSqlite() {
        String name = out == null ? "" : out.toString().toLowerCase(Locale.ROOT);
        return format == null ? name.endsWith(".db") || name.endsWith(".sqlite") : format.equals("sqlite");
    }

    private int views() throws InvalidConfiguration, StoreException, CommandFailed, WrongParameter {
        Output output = new Output(context, out);
        if (output.isStandard() || excel || !columns.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--format sqlite needs --out FILE, and takes neither --columns nor --excel.");
        }
        Configuration configuration = context.configuration();
        try (Reads reads = OpenReads.of(configuration);
                ProgressLine bar = ProgressLine.counting(context.terminal(), "export", " messages")) {
            MessageFilter filter =
                    FilterOptions.of(spec, configuration, reads, context.clock().instant());
            long count = output.file(part -> {
                try (ViewFile file = new ViewFile(part)) {
                    long written = reads.views(filter, file::table, bar::at);
                    file.finish();
                    return written;
                }
            });
            context.err().println(Figures.messages(count) + " in " + output);
        }
        return 0;
    }

    private ExportFormat format() {
        if (format == null) {
            String name = out == null ? "" : out.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? ExportFormat.JSONL : ExportFormat.CSV;
        }
        return ExportFormat.of(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--format is csv, jsonl or sqlite, not " + format + "."));
    }

    private long write(MessageExport export, MessageScan scan, ExportFormat chosen, Writer text, boolean standard)
            throws StoreException, IOException {
        try (ProgressLine bar = ProgressLine.counting(context.terminal(), "export", " messages")) {
            return export.write(scan, chosen, text, count -> {
                if (count % LOOK_EVERY == 0) {
                    if (standard && context.out().checkError()) {
                        throw new IOException("nobody reads it any more");
                    }
                    double part = scan.progress();
                    bar.of(part > 0 ? Math.round(count / part) : count);
                    bar.at(count);
                }
            });
        }
    }
}
