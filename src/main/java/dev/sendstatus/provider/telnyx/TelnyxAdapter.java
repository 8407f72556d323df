package dev.sendstatus.provider.telnyx;

import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.Ed25519Key;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookApi.ApiFailed;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Telnyx's messaging callbacks, API v2 and v1; see {@code docs/providers/telnyx.md}. Safe for use by several threads. */
public final class TelnyxAdapter implements ProviderAdapter<TelnyxKeys> {
    static final Provider TELNYX = new Provider("telnyx");

    private final CallbackSimulator simulator = new TelnyxSimulator();

    @Override
    public Provider provider() {
        return TELNYX;
    }

    @Override
    public List<AccountSetting> settings() {
        return TelnyxKeys.SETTINGS;
    }

    @Override
    public TelnyxKeys keys(Map<String, String> values) throws InvalidAccount {
        return TelnyxKeys.of(values);
    }

    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<TelnyxKeys>> accounts) {
        return TelnyxAuthentication.authenticate(request, accounts);
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        return sends("POST", request.mediaType())
                ? TelnyxCallback.read(request.body())
                : new Parsed.NotUnderstood("a body of type " + Words.quoted(String.valueOf(request.mediaType()))
                        + "; set webhook_api_version of the messaging profile to 2");
    }

    @Override
    public @Nullable MessageLookup lookup(Account<TelnyxKeys> account, ApiSettings api) {
        ApiCredentials key = account.keys().api();
        return key == null ? null : new TelnyxLookup(account.name(), key, api);
    }

    @Override
    public WebhookApi webhooks(Account<TelnyxKeys> account, ApiSettings api) throws ApiFailed {
        return new TelnyxWebhookApi(account.keys(), api);
    }

    @Override
    public CallbackSimulator simulator() {
        return simulator;
    }

    /** Chooses the implementation that verifies the signatures, and says so in the log: loading it takes half a second. */
    @Override
    public void prepare() {
        Ed25519Key.prepare();
    }
}
