package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code report stuck}: the messages that are stuck, as of now or as a day's report told them. */
@Command(
        name = "stuck",
        description = "Shows the stuck report of a day as it was made; without a day, as of now.",
        footer = {
            "",
            "Examples:",
            "  sendstatus report stuck",
            "  sendstatus report stuck --date yesterday --format csv --out stuck.csv"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReportStuckCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--date",
            paramLabel = "DAY",
            description = "2026-11-25, today or yesterday; without it, as of now.")
    private @Nullable String date;

    @Option(
            names = "--format",
            description = "table, csv, json or html. Default: ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private String format = "table";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write to that file, which is there once all is in it. -: the output.")
    private @Nullable Path out;

    ReportStuckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed, UnreadableReport, WrongParameter {
        ReportFormat chosen = format();
        Output output = new Output(context, out);
        Configuration configuration = context.configuration();
        try (Reads reads = OpenReads.of(configuration)) {
            StuckReports reports = new StuckReports(reads, configuration.stuck().limits(), configuration.report());
            Instant now = context.clock().instant();
            StuckReport report =
                    date == null ? reports.asOfNow(now) : kept(reads, Times.day("date", date, reports.day(now)));
            String text =
                    ReportDocuments.render(report, chosen, output.isStandard() ? context.screen() : Table.Screen.NONE);
            output.write(to -> to.append(text));
            if (!output.isStandard()) {
                context.err().println(Figures.messages(report.total()) + " in " + output);
            }
        }
        return 0;
    }

    private ReportFormat format() {
        for (ReportFormat known : ReportFormat.values()) {
            if (known.word().equals(format)) {
                return known;
            }
        }
        throw new ParameterException(spec.commandLine(), "--format is table, csv, json or html, not " + format + ".");
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
