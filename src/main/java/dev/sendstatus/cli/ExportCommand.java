package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export}: all messages that match, as CSV or JSONL, beside a running server or without one. */
@Command(
        name = "export",
        description = {
            "Writes the messages that match, the newest first, as they are at one moment.",
            "CSV has a row for each recipient, JSONL a line for each message, the API's document of it. SQLite is a file of the"
                    + " tables messages, recipients, transitions, message_tags and message_link_domains, as sql shows them."
        },
        footer = {
            "  sendstatus export --status ERROR --since 7d --out errors.csv",
            "  sendstatus export --excel --columns id,to,sendStatus,sent_at --out all.csv",
            "  sendstatus export --to \"+1202*\" --format jsonl --out -",
            "  sendstatus export --since 30d --format sqlite --out month.db"
        })
final class ExportCommand extends BaseCommand {
    /** The progress is shown after so many messages. */
    private static final int SHOW_EVERY = 1_000;

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

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        String word = format();
        if (word.equals("sqlite")) {
            return views();
        }
        ExportFormat chosen = ExportFormat.of(word)
                .orElseThrow(() -> wrongUsage("--format is csv, jsonl or sqlite, not " + word + "."));
        if (chosen != ExportFormat.CSV && (excel || !columns.isEmpty())) {
            throw wrongUsage("--columns and --excel are for --format csv.");
        }
        CsvLayout layout = CsvLayout.of(columns, excel);
        Configuration configuration = configuration();
        Instant now = now();
        MessageExport export = new MessageExport(configuration.document(), now, layout);
        Output output = new Output(context(), out);
        try (Reads reads = reads(configuration);
                MessageScan scan = reads.scan(FilterOptions.of(this, configuration, reads, now))) {
            long count = output.write(text -> write(export, scan, chosen, text));
            if (!output.isStandard()) {
                note(Figures.messages(count) + " in " + output);
            }
        }
        return 0;
    }

    private String format() {
        String name = out == null ? "" : out.toString().toLowerCase(Locale.ROOT);
        if (format != null) {
            return format;
        }
        if (name.endsWith(".db") || name.endsWith(".sqlite")) {
            return "sqlite";
        }
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? "jsonl" : "csv";
    }

    private int views() throws StoreException, CommandFailed, WrongParameter {
        Output output = new Output(context(), out);
        if (output.isStandard() || excel || !columns.isEmpty()) {
            throw wrongUsage("--format sqlite needs --out FILE, and takes neither --columns nor --excel.");
        }
        Configuration configuration = configuration();
        try (Reads reads = reads(configuration);
                ProgressLine bar = counting("export", " messages")) {
            MessageFilter filter = FilterOptions.of(this, configuration, reads, now());
            long count = output.file(part -> {
                try (ViewFile file = new ViewFile(part)) {
                    long written = reads.views(filter, file::table, bar::at);
                    file.finish();
                    return written;
                }
            });
            note(Figures.messages(count) + " in " + output);
        }
        return 0;
    }

    private long write(MessageExport export, MessageScan scan, ExportFormat chosen, Writer text)
            throws StoreException, IOException {
        try (ProgressLine bar = counting("export", " messages")) {
            return export.write(scan, chosen, text, count -> {
                if (count % SHOW_EVERY == 0) {
                    double part = scan.progress();
                    bar.of(part > 0 ? Math.round(count / part) : count);
                    bar.at(count);
                }
            });
        }
    }
}
