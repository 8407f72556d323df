package dev.sendstatus.api;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.MessageParameters;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters that all lists of messages take: the filter, and how many items a page may have. */
final class ListParameters {
    private static final int MOST_ITEMS = 1_000;
    private static final int USUAL_ITEMS = 100;

    private final Reads reads;
    private final List<ConfiguredProvider<?>> providers;
    private final MessageParameters parameters;

    ListParameters(Reads reads, List<ConfiguredProvider<?>> providers, MessageDocument document, StuckLimits limits) {
        this.reads = reads;
        this.providers = providers;
        this.parameters = new MessageParameters(document.catalogue(), document.unconfirmedStatus(), limits);
    }

    /** @param own names of parameters that are no filters */
    MessageFilter filter(Map<String, List<String>> given, Set<String> own, Instant now)
            throws StoreException, WrongParameter {
        return parameters.filter(given, own, given.containsKey("account") ? accounts() : Set.of(), now);
    }

    /** Those that are configured, and those that anything was ever stored for. */
    private Set<String> accounts() throws StoreException {
        Set<String> names = new TreeSet<>();
        reads.accounts().stream().map(AccountName::name).forEach(names::add);
        providers.forEach(provider ->
                provider.accounts().forEach(account -> names.add(account.name().name())));
        return names;
    }

    static int limit(@Nullable String text) throws WrongParameter {
        return limit(text, MOST_ITEMS);
    }

    /** @param most the highest that may be asked for */
    static int limit(@Nullable String text, int most) throws WrongParameter {
        try {
            int limit = text == null ? USUAL_ITEMS : Integer.parseInt(text.strip());
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through.
        }
        throw new WrongParameter("limit is a number from 1 to " + most + "; " + USUAL_ITEMS + " if left out.");
    }
}
