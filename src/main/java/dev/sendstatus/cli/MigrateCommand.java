package dev.sendstatus.cli;

import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.config.OtherDatabase;
import dev.sendstatus.migrate.CannotMigrate;
import dev.sendstatus.migrate.MigrationResult;
import dev.sendstatus.migrate.Migrator;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.copy.CopySource;
import dev.sendstatus.store.copy.CopyTarget;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code migrate}: into another database, while no server runs on either. */
@Command(
        name = "migrate",
        description = {
            "Copies everything of the configured database into another one and compares the two row by row.",
            "Stop all servers first. A migration that was cut short goes on where it was when the same command is run again."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus migrate --to jdbc:postgresql://db.example.com/sendstatus",
            "",
            "The target's user and password: in the URL (?user=…&password=…), or SENDSTATUS_DATABASE_USER and"
                    + " SENDSTATUS_DATABASE_PASSWORD."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class MigrateCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "JDBC_URL",
            description = "The target, empty: jdbc:postgresql://HOST/NAME or jdbc:sqlite:FILE.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String to;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    MigrateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        Configuration configuration = context.configuration();
        DatabaseSettings from = configuration.database();
        DatabaseSettings into = target(from);
        if (from.url().equals(into.url())) {
            throw new CommandFailed("The target is the configured database itself. Name another database with --to.");
        }
        Database target = Database.of(into);
        Database source = Database.of(from);
        if (!source.exists()) {
            throw new CommandFailed(
                    "There is no database at " + OtherDatabase.shown(from) + " yet: there is nothing to migrate.");
        }
        MigrationResult result = migrate(source, target);
        if (json) {
            context.out().print(MigrationReport.json(result, OtherDatabase.shown(from), OtherDatabase.shown(into)));
        } else {
            context.print(MigrationReport.table(result));
        }
        context.err().print(MigrationReport.remarks(result));
        return result.complete() ? 0 : 1;
    }

    private DatabaseSettings target(DatabaseSettings configured) {
        try {
            return OtherDatabase.of(to, context.workingDirectory(), configured);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--to " + e.getMessage(), e);
        }
    }

    private MigrationResult migrate(Database source, Database target) throws CommandFailed {
        try (CopySource from = opened("The configured database", source, source::copySource);
                CopyTarget into = opened("The target", target, target::copyTarget);
                MigrationProgress progress = new MigrationProgress(context.terminal())) {
            return new Migrator(from, into, progress).run();
        } catch (CannotMigrate e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new CommandFailed("The migration was cut short: " + e.getMessage()
                    + ".\nWhat was copied is kept: run the same command again and it goes on from there.");
        }
    }

    /** Opens one side. */
    @FunctionalInterface
    private interface Opening<T> {
        T open() throws StoreException;
    }

    private static <T> T opened(String which, Database database, Opening<T> opening) throws CommandFailed {
        try {
            if (database.inUse()) {
                throw new CommandFailed(which + " is in use: stop the servers and commands that have it open,"
                        + " then run this again.");
            }
            return opening.open();
        } catch (StoreException e) {
            throw new CommandFailed(which + " cannot be opened: " + e.getMessage()
                    + "\nIts user and password stand in the URL (?user=…&password=…) or in SENDSTATUS_DATABASE_USER and"
                    + " SENDSTATUS_DATABASE_PASSWORD.");
        }
    }
}
