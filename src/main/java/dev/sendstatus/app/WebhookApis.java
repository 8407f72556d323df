package dev.sendstatus.app;

import dev.sendstatus.config.AccountConfiguration;
import dev.sendstatus.config.Configuration;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.bandwidth.BandwidthWebhookApi;
import dev.sendstatus.provider.rest.PoliteCalls;
import dev.sendstatus.provider.telnyx.TelnyxWebhookApi;
import dev.sendstatus.provider.twilio.TwilioWebhookApi;
import dev.sendstatus.webhooks.CheckedAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The providers whose webhooks can be read and set: a new one is a line here. */
public final class WebhookApis {
    private static final Map<String, Factory> FACTORIES = Map.of(
            "telnyx", TelnyxWebhookApi::of,
            "twilio", TwilioWebhookApi::of,
            "bandwidth", BandwidthWebhookApi::of);

    private WebhookApis() {}

    @FunctionalInterface
    private interface Factory {
        WebhookApi of(Map<String, String> values, @Nullable HttpUrl base, PoliteCalls calls) throws ApiFailed;
    }

    /** Every account that is on, by provider and name. */
    public static List<CheckedAccount> accounts(
            Configuration configuration, List<ProviderAdapter<?>> adapters, PoliteCalls calls) {
        List<CheckedAccount> accounts = new ArrayList<>();
        for (ProviderAdapter<?> adapter : adapters) {
            configuration.accounts().stream()
                    .filter(account -> account.name().provider().equals(adapter.provider()))
                    .map(account -> account(configuration, adapter, account, calls))
                    .forEach(accounts::add);
        }
        accounts.sort((one, other) -> one.name().compareTo(other.name()));
        return accounts;
    }

    private static CheckedAccount account(
            Configuration configuration, ProviderAdapter<?> adapter, AccountConfiguration account, PoliteCalls calls) {
        AccountName name = account.name();
        String base = configuration.http().publicUrl() + "/webhooks/" + name.provider();
        String suffix = adapter.setup().urlSuffix();
        WebhookUrl wanted = new WebhookUrl(base + "/" + name.name() + suffix, List.of(base + suffix));
        Factory factory = FACTORIES.get(name.provider().word());
        if (factory == null) {
            return new CheckedAccount(
                    name, wanted, null, "the webhooks of " + name.provider() + " are set by hand only");
        }
        try {
            HttpUrl api = account.apiBaseUrl() == null
                    ? null
                    : HttpUrl.get(account.apiBaseUrl().toString());
            return new CheckedAccount(name, wanted, factory.of(account.values(), api, calls), "");
        } catch (ApiFailed e) {
            return new CheckedAccount(name, wanted, null, e.why());
        }
    }
}
