package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report stuck}: the messages that are stuck, as of now or as a day's report told them. */
@Command(
        name = "stuck",
        description = "Shows the stuck report of a day as it was made; without a day, as of now.",
        footer = {"  sendstatus report stuck", "  sendstatus report stuck --date yesterday --format csv --out stuck.csv"
        })
final class ReportStuckCommand extends BaseCommand {
    @Option(
            names = "--date",
            paramLabel = "DAY",
            description = "2026-11-25, today or yesterday; without it, as of now.")
    private @Nullable String date;

    @Option(names = "--format", description = "table, csv, json or html. Default: ${DEFAULT-VALUE}.")
    private String format = "table";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to that file, which is there once all is in it. -: the output.")
    private @Nullable Path out;

    @Override
    public Integer call() throws StoreException, CommandFailed, UnreadableReport, WrongParameter {
        ReportFormat chosen = ReportFormat.of(format)
                .orElseThrow(() -> wrongUsage("--format is table, csv, json or html, not " + format + "."));
        Output output = new Output(context(), out);
        Configuration configuration = configuration();
        try (Reads reads = reads(configuration)) {
            StuckReports reports = new StuckReports(reads, configuration.stuck().limits(), configuration.report());
            Instant now = now();
            StuckReport report =
                    date == null ? reports.asOfNow(now) : kept(reads, Times.day("date", date, reports.day(now)));
            String text = ReportDocuments.render(
                    report, chosen, output.isStandard() ? context().screen() : Table.Screen.NONE);
            output.write(to -> to.append(text));
            if (!output.isStandard()) {
                note(Figures.messages(report.total()) + " in " + output);
            }
        }
        return 0;
    }

    private static StuckReport kept(Reads reads, LocalDate day) throws StoreException, CommandFailed, UnreadableReport {
        Optional<KeptReport> kept = reads.report(day);
        if (kept.isEmpty()) {
            List<LocalDate> days = reads.reportDates();
            throw new CommandFailed("There is no report of " + day + "."
                    + (days.isEmpty() ? "" : " The newest is of " + days.get(0) + "."));
        }
        return ReportDocuments.read(kept.get());
    }
}
