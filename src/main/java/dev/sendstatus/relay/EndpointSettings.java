package dev.sendstatus.relay;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.MessageState;
import java.util.Collections;
import java.util.Set;

/**
 * One endpoint, as it is configured. Of each set, a change has to fit one; an empty set fits all.
 *
 * @param accounts by name, or as {@code provider/name}
 * @param concurrency how many pushes are under way at a time
 * @param fromOldest whether a new endpoint begins with the oldest change that is kept, and not with the next one
 */
public record EndpointSettings(
        String name,
        Destination destination,
        Set<Change.Type> types,
        Set<String> accounts,
        Set<String> campaigns,
        Set<String> tags,
        int concurrency,
        boolean fromOldest) {

    public EndpointSettings {
        types = Set.copyOf(types);
        accounts = Set.copyOf(accounts);
        campaigns = Set.copyOf(campaigns);
        tags = Set.copyOf(tags);
    }

    boolean wants(Change change) {
        MessageState message = change.after();
        AccountName account = message.account();
        String campaign = message.labels().campaign();
        return fits(types, change.type())
                && (fits(accounts, account.name()) || accounts.contains(account.toString()))
                && (campaigns.isEmpty() || campaign != null && campaigns.contains(campaign))
                && (tags.isEmpty()
                        || !Collections.disjoint(tags, message.labels().tags()));
    }

    private static <T> boolean fits(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
