package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.AnswerFormat;
import dev.sendstatus.store.SqlAnswer;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.WrongSql;
import dev.sendstatus.store.jdbc.Reads;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sql}: a question in SQL, beside a running server or without one. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Asks the database a question in its own SQL. It reads only: nothing can be changed.",
            "Views: messages, recipients, transitions, message_tags, message_link_domains, callbacks, accounts."
                    + " docs/sql.md has their columns, and questions to begin with."
        },
        footer = {
            "",
            "Examples:",
            "  sendstatus sql \"SELECT status, count(*) FROM messages GROUP BY status\"",
            "  sendstatus sql \"SELECT * FROM accounts\" --format csv > accounts.csv",
            "  sendstatus sql --format json < question.sql",
            "",
            "Exit codes: 0 ok, 1 the database does not answer the question, 2 wrong usage."
        })
final class SqlCommand implements Callable<Integer> {
    /** How often it is asked whether the reader of the output is still there. */
    private static final int LOOK_EVERY = 1_000;

    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SQL",
            arity = "0..1",
            description =
                    "One statement that reads: SELECT, VALUES, or WITH before a SELECT. Without it, or with -, it is read from the"
                            + " standard input.")
    private @Nullable String sql;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "Default: table.")
    private String format = "table";

    SqlCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, CommandFailed {
        AnswerFormat chosen = AnswerFormat.of(format)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--format is table, csv or json, not " + format + "."));
        String question = question();
        Configuration configuration = context.configuration();
        PrintWriter out = context.out();
        try (Reads reads = OpenReads.of(configuration)) {
            reads.ask(question, whileRead(out, chosen.to(new BufferedWriter(out))));
        } catch (WrongSql e) {
            throw new CommandFailed("The database does not answer: " + e.getMessage());
        } catch (StoreException e) {
            throw new CommandFailed("The database cannot be asked: " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed("The answer was not finished: " + e.getMessage() + ".");
        }
        return 0;
    }

    private String question() throws CommandFailed {
        String text = sql;
        if (text == null && System.console() != null) {
            throw new ParameterException(
                    spec.commandLine(), "Say what to ask: \"SELECT …\", or - and the statement on the standard input.");
        }
        if (text == null || text.equals("-")) {
            try {
                text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new CommandFailed("The standard input cannot be read: " + e.getMessage());
            }
        }
        if (text.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "The question is empty: say what to ask, as \"SELECT …\".");
        }
        return text;
    }

    /** Ends the reading when nobody takes the output any more, as after {@code | head}. */
    private static SqlAnswer whileRead(PrintWriter out, SqlAnswer answer) {
        return new SqlAnswer() {
            private long rows;

            @Override
            public void columns(List<String> names) throws IOException {
                answer.columns(names);
            }

            @Override
            public void row(List<@Nullable Object> values) throws IOException {
                answer.row(values);
                if (++rows % LOOK_EVERY == 0 && out.checkError()) {
                    throw new IOException("nobody reads the output any more");
                }
            }

            @Override
            public void end() throws IOException {
                answer.end();
            }
        };
    }
}
