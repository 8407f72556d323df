package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.query.AnswerFormat;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.WrongSql;
import dev.sendstatus.store.jdbc.Reads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sql}: a question in SQL, beside a running server or without one. */
@Command(
        name = "sql",
        description = {
            "Asks the database a question in its own SQL. It reads only: nothing can be changed.",
            "Views: messages, recipients, transitions, message_tags, message_link_domains, callbacks, accounts."
                    + " docs/sql.md has their columns, and questions to begin with."
        },
        footer = {
            "  sendstatus sql \"SELECT status, count(*) FROM messages GROUP BY status\"",
            "  sendstatus sql \"SELECT * FROM accounts\" --format csv > accounts.csv",
            "  sendstatus sql --format json < question.sql",
            "",
            "Exit codes: 0 ok, 1 the database does not answer the question, 2 wrong usage."
        })
final class SqlCommand extends BaseCommand {
    @Parameters(
            paramLabel = "SQL",
            arity = "0..1",
            description =
                    "One statement that reads: SELECT, VALUES, or WITH before a SELECT. Without it, or with -, it is read from the"
                            + " standard input.")
    private @Nullable String sql;

    @Option(names = "--format", paramLabel = "table|csv|json", description = "Default: table.")
    private String format = "table";

    @Override
    public Integer call() throws CommandFailed {
        AnswerFormat chosen = AnswerFormat.of(format)
                .orElseThrow(() -> wrongUsage("--format is table, csv or json, not " + format + "."));
        String question = question();
        Configuration configuration = configuration();
        try (Reads reads = reads(configuration)) {
            reads.ask(question, chosen.to(Output.watched(context().out())));
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
            throw wrongUsage("Say what to ask: \"SELECT …\", or - and the statement on the standard input.");
        }
        if (text == null || text.equals("-")) {
            try {
                text = new String(context().in().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new CommandFailed("The standard input cannot be read: " + e.getMessage());
            }
        }
        if (text.isBlank()) {
            throw wrongUsage("The question is empty: say what to ask, as \"SELECT …\".");
        }
        return text;
    }
}
