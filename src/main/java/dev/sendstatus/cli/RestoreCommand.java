package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteRestore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore FILE}. */
@Command(
        name = "restore",
        description = {
            "Puts a backup in the SQLite database's place, with the server stopped.",
            "The backup is checked first. The database that was there is kept beside it, under a name with the time."
        },
        footer = {"", "Examples:", "  sendstatus restore sendstatus-backup.db"},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RestoreCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "Made by backup.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    RestoreCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        DatabaseSettings database = context.configuration().database();
        if (SqliteOnly.refuses(database, "pg_restore, or put a pg_basebackup in its place", context.err())) {
            return ExitCode.USAGE;
        }
        Path backup = context.workingDirectory().resolve(file);
        if (!Files.exists(backup)) {
            throw new CommandFailed("There is no file " + backup + ".");
        }
        SqliteRestore.Restored restored;
        try {
            restored = SqliteRestore.restore(
                    SqliteFile.of(database), backup, context.clock().instant());
        } catch (BackupFailed e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        Path replaced = restored.replaced();
        if (json) {
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.put("database", restored.database().toString())
                    .put("replaced", replaced == null ? null : replaced.toString())
                    .put("messages", restored.messages())
                    .put("callbacks", restored.callbacks());
            context.out().println(page.toPrettyString());
        } else {
            context.out()
                    .println(String.format(
                            Locale.ROOT, "%s: %,d messages restored.", restored.database(), restored.messages()));
            if (replaced != null) {
                context.out().println("What was there before is kept as " + replaced + ".");
            }
        }
        return 0;
    }
}
