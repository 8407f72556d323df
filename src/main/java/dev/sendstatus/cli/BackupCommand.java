package dev.sendstatus.cli;

import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.sqlite.SqliteBackup;
import dev.sendstatus.store.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup FILE}. */
@Command(
        name = "backup",
        description = {
            "Writes a consistent copy of the SQLite database while the server runs, and checks it.",
            "FILE is there whole or not at all. It holds what the database holds, numbers and texts included: keep it as safe."
        },
        footer = "  sendstatus backup sendstatus-backup.db")
final class BackupCommand extends JsonCommand {
    @Parameters(paramLabel = "FILE", description = "Made here.")
    private Path file = Path.of("");

    @Option(names = "--force", description = "Replace FILE if it is there.")
    private boolean force;

    @Override
    public Integer call() throws CommandFailed, BackupFailed {
        SqliteFile database = SqliteFile.of(sqlite("pg_dump or pg_basebackup"));
        Path target = target();
        SqliteBackup.Made made;
        try (ProgressLine progress = progress("backup", ProgressLine.STEPS)) {
            made = SqliteBackup.make(database, target, force, progress::share);
        }
        if (json) {
            print(JSON.objectNode()
                    .put("file", made.file().toString())
                    .put("bytes", made.bytes())
                    .put("messages", made.messages())
                    .put("callbacks", made.callbacks()));
        } else {
            say(String.format(
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
            Path target = Output.target(context().workingDirectory().resolve(file));
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
