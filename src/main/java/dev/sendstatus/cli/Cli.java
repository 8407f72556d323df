package dev.sendstatus.cli;

import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.migrate.CannotMigrate;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command {@code sendstatus} with all that are below it. */
@Command(
        name = "sendstatus",
        description = "Delivery reports of Telnyx, Twilio and Bandwidth, turned into one send status per recipient.",
        footer = {
            "  sendstatus serve",
            "  sendstatus list --status ERROR --since 24h",
            "  sendstatus help export",
            "",
            "Exit codes: 0 ok, 1 failed, 2 wrong usage.",
            "Configuration: config/sendstatus.yaml, or the file that SENDSTATUS_CONFIG names."
        })
public final class Cli extends BaseCommand {
    /** The exit code that a shell gives to a program which a closed pipe ended. */
    private static final int PIPE_CLOSED = 141;

    private static final int LEAST_WIDTH = 60;
    private static final int USUAL_WIDTH = 80;
    private static final int MOST_WIDTH = 120;
    /** Failures whose messages are written for the user. */
    private static final List<Class<? extends Exception>> FOR_A_PERSON = List.of(
            CommandFailed.class,
            InvalidConfiguration.class,
            UnreadableReport.class,
            BackupFailed.class,
            CannotMigrate.class);
    /** Commands that speak of the other commands. */
    private static final Set<String> NEED_ALL = Set.of("help", "completion");

    private final CliContext context;

    private Cli(CliContext context) {
        this.context = context;
    }

    @Override
    CliContext context() {
        return context;
    }

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

    /** The commands by their names, in the order of the help. A new command is a line here. */
    private static Map<String, Supplier<?>> commands() {
        Map<String, Supplier<?>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("list", () -> FilterOptions.on(new ListCommand()));
        commands.put("import", ImportCommand::new);
        commands.put("unregister", UnregisterCommand::new);
        commands.put("export", () -> FilterOptions.on(new ExportCommand()));
        commands.put("tail", () -> FilterOptions.ofChanges(new TailCommand()));
        commands.put("stats", StatsCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("sql", SqlCommand::new);
        group(commands, "report", "The report of the messages that are stuck.", ReportStuckCommand::new);
        commands.put("errors", ErrorsCommand::new);
        group(
                commands,
                "token",
                "Tokens of the API.",
                TokenCreateCommand::new,
                TokenListCommand::new,
                TokenRevokeCommand::new);
        group(
                commands,
                "webhooks",
                "The URLs to give the providers.",
                WebhooksListCommand::new,
                WebhooksCheckCommand::new,
                WebhooksApplyCommand::new);
        group(
                commands,
                "alerts",
                "What is firing, and who is told.",
                AlertsListCommand::new,
                AlertsSilenceCommand::new,
                AlertsTestCommand::new);
        group(
                commands,
                "relay",
                "The endpoints that are pushed what changes.",
                RelayListCommand::new,
                RelayTestCommand::new,
                RelayRecoverCommand::new,
                RelayRetryCommand::new,
                RelaySecretCommand::new);
        group(
                commands,
                "config",
                "Shows the configuration in force, and every mistake in it.",
                ConfigCheckCommand::new);
        commands.put("reconcile", ReconcileCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("quarantine", QuarantineCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("erase", EraseCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("simulate", SimulateCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("help", HelpCommand::new);
        return commands;
    }

    @SafeVarargs
    private static void group(
            Map<String, Supplier<?>> commands, String name, String description, Supplier<BaseCommand>... below) {
        commands.put(name, () -> CommandGroup.of(name, description, below));
    }

    /** Has the command that the arguments name, or all. To look through the options of all delays a start noticeably. */
    static CommandLine line(CliContext context, String... arguments) {
        CommandLine line = new CommandLine(new Cli(context));
        Map<String, Supplier<?>> commands = commands();
        boolean one = arguments.length > 0 && commands.containsKey(arguments[0]) && !NEED_ALL.contains(arguments[0]);
        commands.forEach((name, command) -> {
            if (!one || name.equals(arguments[0])) {
                line.addSubcommand(name, command.get());
            }
        });
        return line;
    }

    /** The failure in words for a person. Its place in the program is in the log, at level DEBUG. */
    static String explained(Exception failure) {
        if (FOR_A_PERSON.stream().anyMatch(type -> type.isInstance(failure))) {
            return String.valueOf(failure.getMessage());
        }
        LoggerFactory.getLogger(Cli.class).debug("the command failed", failure);
        if (failure instanceof StoreException) {
            return "The database did not do what was asked: " + failure.getMessage() + ".";
        }
        if (failure instanceof IOException trouble) {
            return "It failed: " + FileTrouble.said(trouble) + ".";
        }
        return "It failed by a mistake in Sendstatus. SENDSTATUS_LOG_LEVEL=DEBUG shows where.";
    }

    @Override
    public Integer call() {
        note("Say what to do:");
        spec.commandLine().usage(context.err());
        return CommandLine.ExitCode.USAGE;
    }
}
