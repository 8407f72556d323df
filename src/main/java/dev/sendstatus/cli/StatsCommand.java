package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.InvalidConfiguration;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.TooManyGroups;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.StoreException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stats}: what became of the messages of a time. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Counts the messages that were first heard of in a time, and what became of them: rates, failures, cost, and how long"
                    + " they took.",
            "A message counts in each of its groups, so groups by tag or link_domain may add up to more than there are."
        })
final class StatsCommand implements Callable<Integer> {
    private static final String TIME = "like 2026-11-25T12:00:00Z, or a day in UTC";

    private final CliContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Then or later, " + TIME + ". Default: 24 hours before --until.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then. Default: now.")
    private @Nullable String until;

    @Option(
            names = "--by",
            paramLabel = "WORD",
            description =
                    "Groups by provider, account, from, campaign, tag, link_domain, carrier, error_code, category, hour"
                            + " or day (in UTC).")
    private @Nullable String by;

    @Option(names = "--json", description = "Print the API's JSON, which has more figures than the table.")
    private boolean json;

    StatsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InvalidConfiguration, StoreException, CommandFailed {
        Configuration configuration = context.configuration();
        StatisticsQuestion question;
        try {
            question = StatisticsQuestion.of(
                    since,
                    until,
                    by,
                    new MessageDocument(configuration.unconfirmedStatus(), configuration.catalogue()),
                    configuration.stuck().limits(),
                    context.clock().instant());
        } catch (WrongParameter e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
        ObjectNode document;
        try (Reads reads = OpenReads.of(configuration)) {
            document = StatisticsDocument.of(Statistics.of(question, reads));
        } catch (TooManyGroups e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        if (json) {
            context.out().println(document.toPrettyString());
        } else {
            print(document);
        }
        return 0;
    }

    private void print(JsonNode document) {
        String word = document.path("by").asText("");
        context.out()
                .println(
                        "Messages first heard of from " + document.path("since").asText() + " to "
                                + document.path("until").asText() + ", UTC");
        context.out().println();
        context.out().print(StatisticsTable.figures(word, document));
        context.out().println();
        context.out().print(StatisticsTable.waiting(document.path("total")));
    }
}
