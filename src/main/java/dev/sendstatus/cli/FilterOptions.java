package dev.sendstatus.cli;

import dev.sendstatus.api.ListParameters;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.Written;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The filters of the API as options of a command: all that are given must hold. */
final class FilterOptions {
    private record Filter(String name, String label, String description) {
        String option() {
            return WrongUsage.option(name);
        }
    }

    private static final List<Filter> FILTERS = List.of(
            new Filter("status", "SENT|ERROR|DELIVERED", "As shown."),
            new Filter("provider", "WORD", "${COMPLETION-CANDIDATES}."),
            new Filter("account", "NAME", "The account's name in the configuration."),
            new Filter("direction", "outbound|inbound", "From you, or to you."),
            new Filter("to", "ADDRESS", "One of the recipients. Its beginning with a * will do: \"+1202*\"."),
            new Filter("from", "ADDRESS", "The sender, or its beginning with a *."),
            new Filter("carrier", "NAME", "Of one of the recipients, as shown."),
            new Filter("error_code", "CODE", "Of one of the recipients."),
            new Filter("category", "WORD", "Of the error code of one of the recipients: sendstatus errors lists them."),
            new Filter("campaign", "TEXT", "As registered."),
            new Filter("reference", "TEXT", "As registered."),
            new Filter("tag", "TEXT", "One of the registered ones."),
            new Filter("link_domain", "DOMAIN", "One of the registered ones."),
            new Filter("stuck", "true|false", "Whether it is stuck now."),
            new Filter("conflict", "true|false", "Whether an error and a delivery were both reported."),
            new Filter("unconfirmed", "true|false", "Whether the provider will never know what became of it."),
            new Filter("since", "TIME", "First heard of then or later: " + Times.EXAMPLES + "."),
            new Filter("until", "TIME", "First heard of before then."),
            new Filter("sent_since", "TIME", "Sent then or later."),
            new Filter("sent_until", "TIME", "Sent before then."));

    /** Nothing changes when a message becomes stuck, and the time of a change is its own. */
    private static final List<Filter> OF_CHANGES = FILTERS.stream()
            .filter(filter -> !filter.name().equals("stuck"))
            .map(filter -> switch (filter.name()) {
                case "since" -> new Filter("since", "TIME", "Changed then or later: " + Times.EXAMPLES + ".");
                case "until" -> new Filter("until", "TIME", "Changed before then.");
                default -> filter;
            })
            .toList();

    private FilterOptions() {}

    /** The command with an option for each filter. */
    static CommandLine on(Object command) {
        return with(command, FILTERS);
    }

    /** The command with an option for each filter of changes. */
    static CommandLine ofChanges(Object command) {
        return with(command, OF_CHANGES);
    }

    private static CommandLine with(Object command, List<Filter> filters) {
        CommandLine line = new CommandLine(command);
        for (Filter filter : filters) {
            OptionSpec.Builder option = OptionSpec.builder(filter.option())
                    .paramLabel(filter.label())
                    .description(filter.description())
                    .type(String.class);
            if (filter.name().equals("provider")) {
                option.completionCandidates(new Adapters.Words());
            }
            line.getCommandSpec().addOption(option.build());
        }
        return line;
    }

    /** The filter that the options make which were given to the command. */
    static MessageFilter of(BaseCommand command, Configuration configuration, Reads reads, Instant now)
            throws StoreException, WrongParameter {
        Map<String, List<String>> given = new HashMap<>();
        for (Filter filter : FILTERS) {
            String value = command.spec.commandLine().getParseResult().matchedOptionValue(filter.option(), null);
            if (value != null) {
                // Blanks around it go here: in a request's address they may be a plus, here they are none.
                given.put(filter.name(), List.of(Written.stripped(value)));
            }
        }
        return new ListParameters(reads, command.providers(configuration), configuration.document())
                .filter(given, Set.of(), now);
    }
}
