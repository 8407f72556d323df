package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.app.Database;
import dev.sendstatus.app.Providers;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.config.Nearest;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tools of every command: the surroundings, the configured database, and the two streams. {@link #call} returns the exit code. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, footerHeading = "%nExamples:%n")
abstract class BaseCommand implements Callable<Integer> {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    /** The root command has it. */
    CliContext context() {
        return ((BaseCommand) spec.root().userObject()).context();
    }

    Configuration configuration() throws CommandFailed {
        try {
            return context().configuration();
        } catch (InvalidConfiguration e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    Instant now() {
        return context().clock().instant();
    }

    List<ConfiguredProvider<?>> providers(Configuration configuration) {
        return Providers.configured(configuration, context().adapters());
    }

    /** The configured database for reading, beside a running server or without one. */
    static Reads reads(Configuration configuration) throws CommandFailed {
        try {
            return CatchUp.reads(Database.of(configuration.database()));
        } catch (StoreException e) {
            throw new CommandFailed("Cannot read the database: " + e.getMessage());
        }
    }

    /** The configured database for writing, beside a running server or without one. It is made where there is none. */
    static Store store(Configuration configuration) throws CommandFailed {
        try {
            return Store.open(Database.of(configuration.database()).dialect());
        } catch (StoreException e) {
            throw new CommandFailed("Cannot open the database: " + e.getMessage());
        }
    }

    /** Commits on the caller's thread. A busy server holds the database for moments only. */
    static DirectCommit commit(Store store) {
        return new DirectCommit(store, PATIENCE, System::nanoTime, stored -> {});
    }

    /** The configured database, if it is SQLite. @param instead what PostgreSQL has for this */
    DatabaseSettings sqlite(String instead) throws CommandFailed {
        DatabaseSettings database = configuration().database();
        if (database.url().startsWith("jdbc:postgresql:")) {
            throw wrongUsage("The database is PostgreSQL, which has its own tools for this: use " + instead + ".");
        }
        return database;
    }

    ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** @param also words that are taken beside the providers' */
    void requireProvider(String argument, String given, String... also) {
        TreeSet<String> known = new TreeSet<>(List.of(also));
        context().adapters().forEach(adapter -> known.add(adapter.provider().word()));
        if (!known.contains(given)) {
            throw wrongUsage(argument + " takes one of " + String.join(", ", known) + ", not \"" + given + "\""
                    + Nearest.question(given, known));
        }
    }

    /** The names that could have been given. @param path of the list in the configuration @param off each with how to switch it on */
    static String known(String path, List<String> on, List<String> off) {
        if (!on.isEmpty()) {
            return "there are " + String.join(", ", on) + ".";
        }
        return off.isEmpty()
                ? path + " in the configuration is empty."
                : "off is " + String.join("; off is ", off) + ".";
    }

    /**
     * Whether the person at the terminal agrees.
     *
     * @param nothing told to a person who does not: {@code Nothing was erased.}
     * @param nobody wrong usage where nobody can be asked
     */
    boolean agreed(String question, String nothing, String nobody) {
        return switch (context().confirmation().ask(context().err(), question)) {
            case YES -> true;
            case NO -> {
                note(nothing);
                yield false;
            }
            case NOBODY_THERE -> throw wrongUsage(nobody);
        };
    }

    /** A bar of work of which the total is known, or comes to be known. */
    ProgressLine progress(String what, long total) {
        return ProgressLine.of(context().terminal(), what, total);
    }

    /** A bar of work that counts up, with how many a second. */
    ProgressLine counting(String what, String unit) {
        return ProgressLine.counting(context().terminal(), what, unit);
    }

    /** Prints a line on the output. */
    void say(Object line) {
        context().out().println(line);
    }

    /** Prints an empty line on the output. */
    void say() {
        say("");
    }

    void print(Table table) {
        context().print(table);
    }

    void print(JsonNode document) {
        say(document.toPrettyString());
    }

    /** Prints the result of a trial. @return the exit code */
    int told(boolean taken, String answer, long milliseconds) {
        say((taken ? "Taken: " : "Not taken: ") + answer + " (" + milliseconds + " ms)");
        return taken ? 0 : 1;
    }

    /** Prints the meaning of a code, from the {@code error} object of the API. */
    void printError(JsonNode error) {
        say(error.path("code").asText() + "  " + error.path("title").asText());
        print(Table.facts()
                .row("  meaning", error.path("meaning").asText())
                .row("  advice", error.path("advice").asText())
                .row("  category", error.path("category").asText())
                .row("  charged", error.path("charged").asText())
                .row("  retryable", error.path("retryable").asBoolean() ? "yes" : "no"));
    }

    /** Prints a line on the error stream. */
    void note(String line) {
        context().err().println(line);
    }
}
