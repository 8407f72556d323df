package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.query.Statistics;
import dev.sendstatus.query.StatisticsDocument;
import dev.sendstatus.query.StatisticsQuestion;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stats}: what became of the messages of a time. */
@Command(
        name = "stats",
        footer = {
            "  sendstatus stats --since 7d --by carrier",
            "  sendstatus stats --since yesterday --until today --by error_code"
        },
        description = {
            "Counts the messages that were first heard of in a time, and what became of them: rates, failures, cost, and how long"
                    + " they took.",
            "A message counts in each of its groups, so groups by tag or link_domain may add up to more than there are."
        })
final class StatsCommand extends BaseCommand {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Then or later: " + Times.EXAMPLES + ". Default: 24 hours before --until.")
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

    @Override
    public Integer call() throws StoreException, CommandFailed, WrongParameter {
        Configuration configuration = configuration();
        StatisticsQuestion question = StatisticsQuestion.of(since, until, by, configuration.document(), now());
        ObjectNode document;
        try (Reads reads = reads(configuration)) {
            document = StatisticsDocument.of(Statistics.of(question, reads));
        } catch (Statistics.TooManyGroups e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        if (json) {
            print(document);
        } else {
            print(document, configuration.catalogue());
        }
        return 0;
    }

    private void print(JsonNode document, Catalogue catalogue) {
        String word = document.path("by").asText("");
        say("Messages first heard of from " + DocumentTable.time(document.path("since")) + " to "
                + DocumentTable.time(document.path("until")));
        say();
        print(StatisticsTable.figures(word, document, catalogue));
        say();
        print(StatisticsTable.waiting(document.path("total")));
    }
}
