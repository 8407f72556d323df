package dev.sendstatus.cli;

import dev.sendstatus.app.Database;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.DatabaseUrl;
import dev.sendstatus.migrate.CannotMigrate;
import dev.sendstatus.migrate.MigrationResult;
import dev.sendstatus.migrate.Migrator;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrate}: into another database, while no server runs on either. */
@Command(
        name = "migrate",
        description = {
            "Copies everything of the configured database into another one and compares the two row by row.",
            "Stop all servers first. A migration that was cut short goes on where it was when the same command is run again."
        },
        footer = {
            "  sendstatus migrate --to jdbc:postgresql://db.example.com/sendstatus",
            "",
            "The target's user and password: in the URL (?user=…&password=…), or SENDSTATUS_DATABASE_USER and"
                    + " SENDSTATUS_DATABASE_PASSWORD."
        })
final class MigrateCommand extends JsonCommand {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "JDBC_URL",
            description = "The target, empty: jdbc:postgresql://HOST/NAME or jdbc:sqlite:FILE.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String to;

    @Override
    public Integer call() throws CommandFailed, CannotMigrate {
        Configuration configuration = configuration();
        DatabaseSettings from = configuration.database();
        DatabaseSettings into = target(from);
        if (from.url().equals(into.url())) {
            throw new CommandFailed("The target is the configured database itself. Name another database with --to.");
        }
        Database source = Database.of(from);
        if (!source.exists()) {
            throw new CommandFailed(
                    "There is no database at " + DatabaseUrl.shown(from.url()) + " yet: there is nothing to migrate.");
        }
        MigrationResult result = migrate(source, Database.of(into));
        if (json) {
            print(MigrationReport.json(result, DatabaseUrl.shown(from.url()), DatabaseUrl.shown(into.url())));
        } else {
            print(MigrationReport.table(result));
        }
        context().err().print(MigrationReport.remarks(result));
        return result.complete() ? 0 : 1;
    }

    private DatabaseSettings target(DatabaseSettings configured) {
        try {
            return DatabaseUrl.other(to, context().workingDirectory(), configured);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--to " + e.getMessage());
        }
    }

    private MigrationResult migrate(Database source, Database target) throws CommandFailed, CannotMigrate {
        try (Progress progress = new Progress()) {
            return Migrator.run(source.copyDialect(), target.copyDialect(), progress);
        } catch (StoreException e) {
            throw new CommandFailed("The migration was cut short: " + e.getMessage()
                    + ".\nWhat was copied is kept: run the same command again and it goes on from there.");
        }
    }

    /** A bar for each part of the migration. */
    private final class Progress implements Migrator.Listener, AutoCloseable {
        private @Nullable ProgressLine bar;

        @Override
        public void begins(String what, long total) {
            close();
            bar = counting(what, " rows");
            if (total > 0) {
                bar.of(total);
            }
        }

        @Override
        public void at(long rows) {
            if (bar != null) {
                bar.at(rows);
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
