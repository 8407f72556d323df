package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.sqlite.SqliteBackup;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup FILE}. */
@Command(
        name = "backup",
        description = {
            "Writes a consistent copy of the SQLite database while the server runs, and checks it.",
            "FILE is there whole or not at all. It holds what the database holds, numbers and texts included: keep it as safe."
        },
        footer = {"", "Examples:", "  sendstatus backup sendstatus-backup.db"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class BackupCommand implements Callable<Integer> {
    private static final int STEPS = 1_000;

    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "Made here.")
    private Path file = Path.of("");

    @Option(names = "--force", description = "Replace FILE if it is there.")
    private boolean force;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    BackupCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        DatabaseSettings database = context.configuration().database();
        if (SqliteOnly.refuses(database, "pg_dump or pg_basebackup", context.err())) {
            return ExitCode.USAGE;
        }
        Path target = target();
        SqliteBackup.Made made;
        try (ProgressLine progress = ProgressLine.of(context.terminal(), "backup", STEPS)) {
            made = SqliteBackup.make(
                    SqliteFile.of(database), target, force, share -> progress.at(Math.round(share * STEPS)));
        } catch (BackupFailed e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        if (json) {
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.put("file", made.file().toString())
                    .put("bytes", made.bytes())
                    .put("messages", made.messages())
                    .put("callbacks", made.callbacks());
            context.out().println(page.toPrettyString());
        } else {
            context.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%s: %,d messages, %.1f MB, checked.",
                            made.file(),
                            made.messages(),
                            made.bytes() / 1e6));
        }
        return 0;
    }

    /** A copy of a database can only be a file. */
    private Path target() throws CommandFailed {
        try {
            Path target = Output.target(context.workingDirectory().resolve(file));
            if (file.toString().equals("-")
                    || Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
                throw new CommandFailed(file + " is no file: a backup is written into a file only.");
            }
            return target;
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be written: " + FileTrouble.said(e));
        }
    }
}
