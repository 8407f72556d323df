package dev.sendstatus.cli;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.MessageParameters;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The filters of the API as options: all that are given must hold. */
final class FilterOptions {
    @Option(names = "--status", paramLabel = "SENT|ERROR|DELIVERED", description = "As shown.")
    private @Nullable String status;

    @Option(names = "--provider", paramLabel = "WORD", description = "bandwidth, telnyx or twilio.")
    private @Nullable String provider;

    @Option(names = "--account", paramLabel = "NAME", description = "The account's name in the configuration.")
    private @Nullable String account;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "One of the recipients.")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "The sender.")
    private @Nullable String from;

    @Option(names = "--error-code", paramLabel = "CODE", description = "Of one of the recipients.")
    private @Nullable String errorCode;

    @Option(
            names = "--category",
            paramLabel = "WORD",
            description = "Of the error code of one of the recipients: sendstatus errors lists them.")
    private @Nullable String category;

    @Option(names = "--campaign", paramLabel = "TEXT", description = "As registered.")
    private @Nullable String campaign;

    @Option(names = "--reference", paramLabel = "TEXT", description = "As registered.")
    private @Nullable String reference;

    @Option(names = "--tag", paramLabel = "TEXT", description = "One of the registered ones.")
    private @Nullable String tag;

    @Option(names = "--link-domain", paramLabel = "DOMAIN", description = "One of the registered ones.")
    private @Nullable String linkDomain;

    @Option(names = "--stuck", paramLabel = "true|false", description = "Whether it is stuck now.")
    private @Nullable String stuck;

    @Option(
            names = "--conflict",
            paramLabel = "true|false",
            description = "Whether an error and a delivery were both reported.")
    private @Nullable String conflict;

    @Option(
            names = "--unconfirmed",
            paramLabel = "true|false",
            description = "Whether the provider will never know what became of it.")
    private @Nullable String unconfirmed;

    @Option(names = "--since", paramLabel = "TIME", description = "First heard of then or later: 2026-11-25T12:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "First heard of before then.")
    private @Nullable String until;

    /** @param line where the options stand, for the usage that a mistake prints */
    MessageFilter filter(CommandLine line, Configuration configuration, Reads reads, Instant now)
            throws StoreException {
        Map<String, List<String>> given = given();
        Set<String> accounts = given.containsKey("account") ? accounts(configuration, reads) : Set.of();
        try {
            return new MessageParameters(
                            configuration.catalogue(),
                            configuration.unconfirmedStatus(),
                            configuration.stuck().limits())
                    .filter(given, Set.of(), accounts, now);
        } catch (WrongParameter e) {
            throw new ParameterException(line, asOption(String.valueOf(e.getMessage())));
        }
    }

    private Map<String, List<String>> given() {
        Map<String, List<String>> given = new HashMap<>();
        put(given, "status", status);
        put(given, "provider", provider);
        put(given, "account", account);
        put(given, "to", to);
        put(given, "from", from);
        put(given, "error_code", errorCode);
        put(given, "category", category);
        put(given, "campaign", campaign);
        put(given, "reference", reference);
        put(given, "tag", tag);
        put(given, "link_domain", linkDomain);
        put(given, "stuck", stuck);
        put(given, "conflict", conflict);
        put(given, "unconfirmed", unconfirmed);
        put(given, "since", since);
        put(given, "until", until);
        return given;
    }

    private static void put(Map<String, List<String>> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, List.of(value));
        }
    }

    private static Set<String> accounts(Configuration configuration, Reads reads) throws StoreException {
        Set<String> names = new TreeSet<>();
        reads.accounts().stream().map(AccountName::name).forEach(names::add);
        configuration.accounts().stream().map(account -> account.name().name()).forEach(names::add);
        return names;
    }

    /** The message begins with the parameter's name. */
    private static String asOption(String message) {
        int end = message.indexOf(' ');
        return "--" + message.substring(0, end).replace('_', '-') + message.substring(end);
    }
}
