package dev.sendstatus.provider.twilio;

import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
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
 * Twilio: status callbacks and inbound messages as forms, by POST and GET, and Event Streams as JSON. All that is known of
 * them, and where each trap is handled, stands in {@code docs/providers/twilio.md}.
 */
public final class TwilioAdapter implements ProviderAdapter<TwilioKeys> {
    static final Provider TWILIO = new Provider("twilio");

    /**
     * Without them Twilio sends a callback once more only if the connection fails, and drops it after a 5xx. The policy is not
     * {@code all}, which would repeat each request that was refused with 403. They stand in the fragment, which is neither sent nor signed.
     */
    private static final String CONNECTION_OVERRIDES = "#rc=5&rp=5xx,ct,rt&ct=2000&rt=2500";

    private final TwilioSimulator simulator = new TwilioSimulator();

    @Override
    public Provider provider() {
        return TWILIO;
    }

    @Override
    public List<AccountSetting> settings() {
        return TwilioKeys.SETTINGS;
    }

    @Override
    public TwilioKeys keys(Map<String, String> values) throws InvalidAccount {
        return TwilioKeys.of(values);
    }

    /** A request to send takes one {@code To}. */
    @Override
    public boolean oneRecipient() {
        return true;
    }

    /** GET for URLs that were configured so; Twilio's default is POST. */
    @Override
    public List<String> methods() {
        return List.of("POST", "GET");
    }

    @Override
    public boolean sends(String method, @Nullable String mediaType) {
        return method.equals("GET") || (method.equals("POST") && Carriage.knows(mediaType));
    }

    /** A refusal is a 403: Twilio answers a 401 by sending the request once more with credentials, so that every refusal would come twice. */
    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<TwilioKeys>> accounts) {
        return TwilioAuthentication.of(request, accounts);
    }

    @Override
    public @Nullable String hint(CallbackRequest request, List<Account<TwilioKeys>> accounts) {
        return TwilioHint.of(request, accounts);
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        FormParameters form = Carriage.of(request).parameters(request);
        return form == null ? EventStream.read(request.body()) : FormCallback.read(form);
    }

    @Override
    public boolean answeredByTwiml(CallbackRequest request) {
        FormParameters form = Carriage.of(request).parameters(request);
        return form != null && FormCallback.isInbound(form);
    }

    @Override
    public WebhookSetup setup() {
        return new WebhookSetup(CONNECTION_OVERRIDES, TwilioAdapter.class);
    }

    /** With the API key where there is one, else with the Auth Token, which every account has. */
    @Override
    public MessageLookup lookup(Account<TwilioKeys> account, ApiSettings api) {
        return new TwilioLookup(account, api);
    }

    @Override
    public WebhookApi webhooks(Account<TwilioKeys> account, ApiSettings api) {
        return new TwilioWebhookApi(account.keys(), api);
    }

    @Override
    public CallbackSimulator simulator() {
        return simulator;
    }
}
