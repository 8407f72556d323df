package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.store.RawCallback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the adapters of this version make of a raw callback. */
final class TodaysAdapters {
    private static final Logger LOG = LoggerFactory.getLogger(TodaysAdapters.class);

    private final Map<Provider, ConfiguredProvider<?>> providers = new LinkedHashMap<>();

    TodaysAdapters(List<ConfiguredProvider<?>> providers) {
        providers.forEach(provider -> this.providers.put(provider.adapter().provider(), provider));
    }

    /** What a provider's adapter makes of its callback. */
    Parsed read(Provider provider, RawCallback raw, Instant receivedAt) {
        ConfiguredProvider<?> configured = providers.get(provider);
        return configured == null
                ? new Parsed.NotUnderstood("no adapter of this version reads callbacks of " + provider)
                : read(configured.adapter(), raw, receivedAt);
    }

    /** What each provider's adapter makes of a callback of which nothing says whose it is. */
    Map<Provider, Parsed> readByAll(RawCallback raw, Instant receivedAt) {
        Map<Provider, Parsed> read = new LinkedHashMap<>();
        providers.forEach((provider, configured) -> {
            if (configured.adapter().sends(raw.method(), raw.mediaType())) {
                read.put(provider, read(configured.adapter(), raw, receivedAt));
            }
        });
        return read;
    }

    /** A provider's account, if it has exactly one. */
    @Nullable
    AccountName onlyAccount(Provider provider) {
        List<AccountName> names = new ArrayList<>();
        ConfiguredProvider<?> configured = providers.get(provider);
        if (configured != null) {
            configured.accounts().forEach(account -> names.add(account.name()));
        }
        return names.size() == 1 ? names.get(0) : null;
    }

    private static Parsed read(ProviderAdapter<?> adapter, RawCallback raw, Instant receivedAt) {
        CallbackRequest request = new CallbackRequest(
                raw.method(),
                "",
                raw.query(),
                name -> name.equalsIgnoreCase("Content-Type") ? raw.mediaType() : null,
                raw.body(),
                receivedAt);
        try {
            return adapter.parse(request);
        } catch (RuntimeException e) {
            // One callback that breaks an adapter must not end the replay of all others.
            LOG.debug("the adapter of {} failed", adapter.provider(), e);
            return new Parsed.NotUnderstood(
                    "the adapter failed: " + e.getClass().getSimpleName());
        }
    }
}
