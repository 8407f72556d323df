package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report stuck}: the messages that are stuck, as of now or as a day's report told them. */
@Command(
        name = "stuck",
        description = "Shows the stuck report of a day as it was made; without a day, as of now.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReportStuckCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The day; without it, as of now.")
    private @Nullable LocalDate date;

    @Option(
            names = "--format",
            description = "table, csv, json or html. Default: ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private String format = "table";

    @Option(names = "--out", paramLabel = "FILE", description = "Write to that file instead of the terminal.")
    private @Nullable Path out;

    ReportStuckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed, UnreadableReport, IOException {
        ReportFormat chosen = null;
        for (ReportFormat known : ReportFormat.values()) {
            if (known.word().equals(format)) {
                chosen = known;
            }
        }
        if (chosen == null) {
            context.err().println("--format is table, csv, json or html, not " + format + ".");
            return 2;
        }
        Configuration configuration = context.configuration();
        try (Reads reads = OpenReads.of(configuration)) {
            StuckReport report;
            if (date == null) {
                report = new StuckReports(reads, configuration.stuck().limits(), configuration.report())
                        .asOfNow(context.clock().instant());
            } else {
                Optional<KeptReport> kept = reads.report(date);
                if (kept.isEmpty()) {
                    List<LocalDate> days = reads.reportDates();
                    context.err()
                            .println("There is no report of " + date + "."
                                    + (days.isEmpty() ? "" : " The newest is of " + days.get(0) + "."));
                    return 1;
                }
                report = ReportDocuments.read(kept.get());
            }
            String text = ReportDocuments.render(report, chosen);
            if (out == null) {
                context.out().print(text);
                context.out().flush();
            } else {
                Files.writeString(out, text);
            }
        }
        return 0;
    }
}
