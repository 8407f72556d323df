package dev.sendstatus.cli;

import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteRestore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restore FILE}. */
@Command(
        name = "restore",
        description = {
            "Puts a backup in the SQLite database's place, with the server stopped.",
            "The backup is checked first. The database that was there is kept beside it, under a name with the time."
        },
        footer = "  sendstatus restore sendstatus-backup.db")
final class RestoreCommand extends JsonCommand {
    @Parameters(paramLabel = "FILE", description = "Made by backup.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws CommandFailed, BackupFailed {
        SqliteFile database = SqliteFile.of(sqlite("pg_restore, or put a pg_basebackup in its place"));
        Path backup = context().workingDirectory().resolve(file);
        if (!Files.exists(backup)) {
            throw new CommandFailed("There is no file " + backup + ".");
        }
        SqliteRestore.Restored restored = SqliteRestore.restore(database, backup, now());
        Path replaced = restored.replaced();
        if (json) {
            print(JSON.objectNode()
                    .put("database", restored.database().toString())
                    .put("replaced", replaced == null ? null : replaced.toString())
                    .put("messages", restored.messages())
                    .put("callbacks", restored.callbacks()));
        } else {
            say(String.format(Locale.ROOT, "%s: %,d messages restored.", restored.database(), restored.messages()));
            if (replaced != null) {
                say("What was there before is kept as " + replaced + ".");
            }
        }
        return 0;
    }
}
