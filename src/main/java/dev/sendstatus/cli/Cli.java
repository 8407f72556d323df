package dev.sendstatus.cli;

import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code sendstatus} with all that are below it. */
@Command(
        name = "sendstatus",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Delivery reports of Telnyx, Twilio and Bandwidth, turned into one send status per recipient.",
        footer = {
            "",
            "Examples:",
            "  sendstatus serve",
            "  sendstatus list --status ERROR --since 24h",
            "  sendstatus help export",
            "",
            "Exit codes: 0 ok, 1 failed, 2 wrong usage.",
            "Configuration: config/sendstatus.yaml, or the file that SENDSTATUS_CONFIG names."
        })
public final class Cli implements Callable<Integer> {
    /** The exit code that a shell gives to a program which a closed pipe ended. */
    private static final int PIPE_CLOSED = 141;

    private static final int LEAST_WIDTH = 60;
    private static final int USUAL_WIDTH = 80;
    private static final int MOST_WIDTH = 120;
    /** These speak of the other commands. */
    private static final Set<String> NEED_ALL = Set.of("help", "completion");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Cli() {}

    /** @return the exit code: 0 ok, 1 failed, 2 wrong usage */
    public static int run(CliContext context, String... arguments) {
        CommandLine line = line(context, arguments);
        line.setOut(context.out());
        line.setErr(context.err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(context.terminal().colours() ? Ansi.ON : Ansi.OFF));
        int columns = context.terminal().columns();
        line.setUsageHelpWidth(columns == 0 ? USUAL_WIDTH : Math.max(LEAST_WIDTH, Math.min(columns, MOST_WIDTH)));
        WrongUsage.registerConverters(line);
        line.setParameterExceptionHandler((mistake, all) -> WrongUsage.answer(mistake));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof WrongParameter mistake) {
                return WrongUsage.answer(command, mistake);
            }
            // A failure whose cause is a lost output is told below.
            if (!context.out().checkError()) {
                context.err().println(explained(failure));
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        int code = line.execute(arguments);
        if (context.out().checkError()) {
            if (context.terminal().piped()) {
                // Its reader had enough, as head. That is no failure, and nobody wants to read of it.
                return PIPE_CLOSED;
            }
            context.err().println("The output is not complete: its disk is full, or nobody reads it any more.");
            code = Math.max(code, CommandLine.ExitCode.SOFTWARE);
        }
        context.err().flush();
        return code;
    }

    /** By their names, in the order in which the help shows them. A new command is a line here. */
    private static Map<String, Function<CliContext, Object>> commands() {
        Map<String, Function<CliContext, Object>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("list", context -> FilterOptions.on(new ListCommand(context)));
        commands.put("import", ImportCommand::new);
        commands.put("unregister", UnregisterCommand::new);
        commands.put("export", context -> FilterOptions.on(new ExportCommand(context)));
        commands.put("tail", context -> FilterOptions.ofChanges(new TailCommand(context)));
        commands.put("stats", StatsCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("sql", SqlCommand::new);
        commands.put(
                "report",
                context -> CommandGroup.of(
                        "report", "The report of the messages that are stuck.", new ReportStuckCommand(context)));
        commands.put("errors", ErrorsCommand::new);
        commands.put(
                "token",
                context -> CommandGroup.of(
                        "token",
                        "Tokens of the API.",
                        new TokenCreateCommand(context),
                        new TokenListCommand(context),
                        new TokenRevokeCommand(context)));
        commands.put(
                "webhooks",
                context -> CommandGroup.of(
                        "webhooks",
                        "The URLs to give the providers.",
                        new WebhooksListCommand(context),
                        new WebhooksCheckCommand(context),
                        new WebhooksApplyCommand(context)));
        commands.put(
                "alerts",
                context -> CommandGroup.of(
                        "alerts",
                        "What is firing, and who is told.",
                        new AlertsListCommand(context),
                        new AlertsSilenceCommand(context),
                        new AlertsTestCommand(context)));
        commands.put(
                "relay",
                context -> CommandGroup.of(
                        "relay",
                        "The endpoints that are pushed what changes.",
                        new RelayListCommand(context),
                        new RelayTestCommand(context),
                        new RelayRecoverCommand(context),
                        new RelayRetryCommand(context),
                        new RelaySecretCommand(context)));
        commands.put(
                "config",
                context -> CommandGroup.of(
                        "config",
                        "Shows the configuration in force, and every mistake in it.",
                        new ConfigCheckCommand(context)));
        commands.put("reconcile", ReconcileCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("quarantine", QuarantineCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("erase", EraseCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("simulate", SimulateCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("help", context -> new HelpCommand());
        return commands;
    }

    /** With the command that is asked for only, or with all: to look through the options of all delays a start noticeably. */
    static CommandLine line(CliContext context, String... arguments) {
        CommandLine line = new CommandLine(new Cli());
        Map<String, Function<CliContext, Object>> commands = commands();
        boolean one = arguments.length > 0 && commands.containsKey(arguments[0]) && !NEED_ALL.contains(arguments[0]);
        commands.forEach((name, command) -> {
            if (!one || name.equals(arguments[0])) {
                line.addSubcommand(name, command.apply(context));
            }
        });
        return line;
    }

    /** For a person: what went wrong, never where in the program; that is in the log, at level DEBUG. */
    static String explained(Exception failure) {
        if (failure instanceof CommandFailed || failure instanceof InvalidConfiguration) {
            return String.valueOf(failure.getMessage());
        }
        LoggerFactory.getLogger(Cli.class).debug("the command failed", failure);
        if (failure instanceof StoreException) {
            return "The database did not do what was asked: " + failure.getMessage() + ".";
        }
        if (failure instanceof UnreadableReport) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof IOException trouble) {
            return "It failed: " + FileTrouble.said(trouble) + ".";
        }
        return "It failed by a mistake in Sendstatus. SENDSTATUS_LOG_LEVEL=DEBUG shows where.";
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Say what to do:");
        spec.commandLine().usage(err);
        return CommandLine.ExitCode.USAGE;
    }
}
