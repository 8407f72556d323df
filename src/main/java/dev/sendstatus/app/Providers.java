package dev.sendstatus.app;

import dev.sendstatus.config.AccountConfiguration;
import dev.sendstatus.config.AccountOff;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.ProviderAdapter;
import java.util.ArrayList;
import java.util.List;

/** Each adapter with the accounts that the configuration gives it. */
public final class Providers {
    private Providers() {}

    /** One for every adapter, also for those without an account, in their order. */
    public static List<ConfiguredProvider<?>> configured(
            Configuration configuration, List<ProviderAdapter<?>> adapters) {
        List<ConfiguredProvider<?>> configured = new ArrayList<>();
        for (ProviderAdapter<?> adapter : adapters) {
            configured.add(configured(configuration, adapter));
        }
        return configured;
    }

    private static <K> ConfiguredProvider<K> configured(Configuration configuration, ProviderAdapter<K> adapter) {
        List<Account<K>> accounts = new ArrayList<>();
        for (AccountConfiguration account : configuration.accounts()) {
            if (account.name().provider().equals(adapter.provider())) {
                accounts.add(new Account<>(account.name(), account.verify(), keys(adapter, account)));
            }
        }
        return new ConfiguredProvider<>(adapter, accounts, remedy(configuration, adapter));
    }

    private static <K> K keys(ProviderAdapter<K> adapter, AccountConfiguration account) {
        try {
            return adapter.keys(account.values());
        } catch (InvalidAccount e) {
            throw new IllegalStateException("the configuration was checked with the same adapter", e);
        }
    }

    private static String remedy(Configuration configuration, ProviderAdapter<?> adapter) {
        for (AccountOff off : configuration.off()) {
            if (off.name().provider().equals(adapter.provider())) {
                return off.remedy();
            }
        }
        return "Add one with provider: " + adapter.provider() + " to accounts[] in the configuration.";
    }
}
