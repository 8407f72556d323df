package dev.sendstatus.register;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ConfiguredProvider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which providers and accounts a send can name. */
public final class SendAccounts {
    private final Map<String, Entry> providers = new TreeMap<>();

    private record Entry(List<AccountName> accounts, boolean oneRecipient, String remedy) {}

    public SendAccounts(List<ConfiguredProvider<?>> configured) {
        for (ConfiguredProvider<?> provider : configured) {
            providers.put(
                    provider.adapter().provider().word(),
                    new Entry(
                            provider.accounts().stream()
                                    .map(account -> account.name())
                                    .sorted()
                                    .toList(),
                            provider.adapter().oneRecipient(),
                            provider.remedy()));
        }
    }

    /** Whether each message of the provider has exactly one recipient. */
    boolean oneRecipient(String provider) {
        Entry entry = providers.get(provider);
        return entry != null && entry.oneRecipient();
    }

    /**
     * The account that is meant; null if there is none, and then the mistake is noted.
     *
     * @param account null where the send names none, which is enough where the provider has one
     */
    @Nullable
    AccountName account(String provider, @Nullable String account, List<String> mistakes) {
        Entry entry = providers.get(provider);
        if (entry == null) {
            mistakes.add("provider is one of " + String.join(", ", providers.keySet()));
            return null;
        }
        if (entry.accounts.isEmpty()) {
            mistakes.add("provider: no account of " + provider + " is configured. " + entry.remedy);
            return null;
        }
        if (account == null && entry.accounts.size() == 1) {
            return entry.accounts.get(0);
        }
        for (AccountName name : entry.accounts) {
            if (name.name().equals(account)) {
                return name;
            }
        }
        String names =
                String.join(", ", entry.accounts.stream().map(AccountName::name).toList());
        mistakes.add(
                account == null
                        ? "account is missing: " + provider + " has several, " + names
                        : "account is one of " + provider + "'s: " + names);
        return null;
    }
}
