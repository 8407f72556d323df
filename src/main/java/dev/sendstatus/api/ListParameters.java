package dev.sendstatus.api;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.MessageParameters;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The filters of lists of messages, as a request gives them. */
public record ListParameters(Reads reads, List<ConfiguredProvider<?>> providers, MessageDocument document) {

    /** @param own names of parameters that are no filters */
    public MessageFilter filter(Map<String, List<String>> given, Set<String> own, Instant now)
            throws StoreException, WrongParameter {
        return new MessageParameters(document)
                .filter(given, own, given.containsKey("account") ? accounts() : Set.of(), now);
    }

    /** Those that are configured, and those that anything was ever stored for. */
    public Set<String> accounts() throws StoreException {
        Set<String> names = new TreeSet<>();
        reads.accounts().stream().map(AccountName::name).forEach(names::add);
        providers.forEach(provider ->
                provider.accounts().forEach(account -> names.add(account.name().name())));
        return names;
    }
}
