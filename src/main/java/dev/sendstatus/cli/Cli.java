package dev.sendstatus.cli;

import dev.sendstatus.config.InvalidConfiguration;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code sendstatus} with all that are below it. */
@Command(
        name = "sendstatus",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Delivery reports of Telnyx, Twilio and Bandwidth, turned into one send status per recipient.",
        footer = {
            "",
            "Exit codes: 0 ok, 1 failed, 2 wrong usage.",
            "Configuration: config/sendstatus.yaml, or the file that" + " SENDSTATUS_CONFIG names."
        })
public final class Cli implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Cli() {}

    /** @return the exit code: 0 ok, 1 failed, 2 wrong usage */
    public static int run(CliContext context, String... arguments) {
        CommandLine line = commands(context);
        line.setOut(context.out());
        line.setErr(context.err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(context.terminal().colours() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(context.terminal().colours());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            context.err().println(explained(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
        int code = line.execute(arguments);
        context.out().flush();
        context.err().flush();
        return code;
    }

    /** A new command is a line here. */
    private static CommandLine commands(CliContext context) {
        return new CommandLine(new Cli())
                .addSubcommand(new ServeCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new ImportCommand(context))
                .addSubcommand(new ExportCommand(context))
                .addSubcommand(new StatsCommand(context))
                .addSubcommand(Group.of("report", "Reports.", new ReportStuckCommand(context)))
                .addSubcommand(new ErrorsCommand(context))
                .addSubcommand(Group.of(
                        "token",
                        "Tokens of the API.",
                        new TokenCreateCommand(context),
                        new TokenListCommand(context),
                        new TokenRevokeCommand(context)))
                .addSubcommand(Group.of(
                        "webhooks",
                        "The URLs to give the providers.",
                        new WebhooksListCommand(context),
                        new WebhooksCheckCommand(context),
                        new WebhooksApplyCommand(context)))
                .addSubcommand(Group.of("config", "The configuration.", new ConfigCheckCommand(context)))
                .addSubcommand(new ReconcileCommand(context))
                .addSubcommand(new MigrateCommand(context))
                .addSubcommand(new ReplayCommand(context))
                .addSubcommand(new EraseCommand(context))
                .addSubcommand(new BackupCommand(context))
                .addSubcommand(new RestoreCommand(context))
                .addSubcommand(new SimulateCommand(context));
    }

    /** For a person: what went wrong, never where in the program; that is in the log, at level DEBUG. */
    private static String explained(Exception failure) {
        if (failure instanceof CommandFailed || failure instanceof InvalidConfiguration) {
            return String.valueOf(failure.getMessage());
        }
        LoggerFactory.getLogger(Cli.class).debug("the command failed", failure);
        String message = failure.getMessage();
        return "Failed: " + failure.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + "\nSENDSTATUS_LOG_LEVEL=DEBUG shows where.";
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what to do:");
    }
}
