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
        Database source = Database.of(from);
        if (!source.exists()) {
            throw new CommandFailed(
                    "There is no database at " + OtherDatabase.shown(from) + " yet: there is nothing to migrate.");
        }
        MigrationResult result = migrate(source, Database.of(into));
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
        try (MigrationProgress progress = new MigrationProgress(context.terminal())) {
            return Migrator.run(source.copyDialect(), target.copyDialect(), progress);
        } catch (CannotMigrate e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            throw new CommandFailed("The migration was cut short: " + e.getMessage()
                    + ".\nWhat was copied is kept: run the same command again and it goes on from there.");
        }
    }
}
