package dev.sendstatus.app;

import dev.sendstatus.config.AccountConfiguration;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.rest.RestClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The accounts whose providers can be asked about messages. */
public final class Lookups {
    private Lookups() {}

    /** The look-ups of every account whose settings hold credentials for its provider's API, in the configuration's order. */
    public static List<MessageLookup> of(
            Configuration configuration, List<ConfiguredProvider<?>> providers, InstantSource clock) {
        List<MessageLookup> lookups = new ArrayList<>();
        providers.forEach(provider -> lookups.addAll(provider.lookups(api(configuration, clock))));
        return lookups;
    }

    /** How the provider of an account is asked. */
    public static Function<AccountName, ApiSettings> api(Configuration configuration, InstantSource clock) {
        return account -> new ApiSettings(baseUrl(configuration, account), RestClient.USUAL_TIMEOUT, clock);
    }

    /** The accounts that are on and cannot be asked about. */
    public static List<AccountName> missing(Configuration configuration, List<MessageLookup> lookups) {
        List<AccountName> able = lookups.stream().map(MessageLookup::account).toList();
        return configuration.accounts().stream()
                .map(AccountConfiguration::name)
                .filter(account -> !able.contains(account))
                .sorted()
                .toList();
    }

    /** How such an account can be asked about. */
    public static String remedy(AccountName account) {
        return "set the credentials of its provider's API: docs/providers/" + account.provider()
                + ".md, Reconciliation, says which";
    }

    private static @Nullable URI baseUrl(Configuration configuration, AccountName account) {
        for (AccountConfiguration configured : configuration.accounts()) {
            if (configured.name().equals(account)) {
                return configured.apiBaseUrl();
            }
        }
        return null;
    }
}
