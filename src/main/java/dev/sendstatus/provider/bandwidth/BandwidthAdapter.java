package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookSetup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth's messaging callbacks, of SMS, MMS and RCS. Without state; any thread may call. What each part rests on stands in
 * {@code docs/providers/bandwidth.md}.
 */
public final class BandwidthAdapter implements ProviderAdapter<BandwidthKeys> {
    static final Provider PROVIDER = new Provider("bandwidth");

    /** Without this header in a 401, Bandwidth makes no second request, and so never sends its credentials. */
    private static final String CHALLENGE = "Basic realm=\"sendstatus\"";

    private final CallbackSimulator simulator = new BandwidthSimulator();

    @Override
    public Provider provider() {
        return PROVIDER;
    }

    @Override
    public List<AccountSetting> settings() {
        return BandwidthSettings.ALL;
    }

    @Override
    public BandwidthKeys keys(Map<String, String> values) throws InvalidAccount {
        return BandwidthSettings.keys(values);
    }

    @Override
    public String challenge() {
        return CHALLENGE;
    }

    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<BandwidthKeys>> accounts) {
        return BandwidthAuthentication.authenticate(request, accounts);
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        return CallbackParser.parse(request.body());
    }

    @Override
    public List<String> unreadMessages(CallbackRequest request) {
        return CallbackParser.unread(request.body());
    }

    @Override
    public WebhookSetup setup() {
        return BandwidthSetup.SETUP;
    }

    @Override
    public @Nullable MessageLookup lookup(Account<BandwidthKeys> account, ApiSettings api) {
        BandwidthKeys keys = account.keys();
        return keys.accountId() == null || keys.clientId() == null || keys.clientSecret() == null
                ? null
                : new BandwidthLookup(account.name(), keys.accountId(), keys.clientId(), keys.clientSecret(), api);
    }

    @Override
    public WebhookApi webhooks(Account<BandwidthKeys> account, ApiSettings api) throws ApiFailed {
        return new BandwidthWebhookApi(account.keys(), api);
    }

    @Override
    public CallbackSimulator simulator() {
        return simulator;
    }
}
