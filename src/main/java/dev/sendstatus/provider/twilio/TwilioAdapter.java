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

    private final TwilioSimulator simulator = new TwilioSimulator();

    /** Holds nothing that belongs to an account: one is enough for a process. */
    public TwilioAdapter() {}

    @Override
    public Provider provider() {
        return TWILIO;
    }

    @Override
    public List<AccountSetting> settings() {
        return TwilioSettings.ALL;
    }

    @Override
    public TwilioKeys keys(Map<String, String> values) throws InvalidAccount {
        return TwilioSettings.keys(values);
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

    /** None: Twilio answers a 401 by sending the request once more with credentials, so that every refusal comes twice. */
    @Override
    public @Nullable String challenge() {
        return null;
    }

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
        return switch (Carriage.of(request)) {
            case QUERY -> FormCallback.read(Carriage.query(request));
            case FORM -> FormCallback.read(FormDecoder.decode(request.body()));
            case JSON -> EventStream.read(request.body());
        };
    }

    @Override
    public List<String> unreadMessages(CallbackRequest request) {
        return switch (Carriage.of(request)) {
            case QUERY -> FormCallback.unread(Carriage.query(request));
            case FORM -> FormCallback.unread(FormDecoder.decode(request.body()));
            case JSON -> EventStream.unread(request.body());
        };
    }

    @Override
    public boolean answeredByTwiml(CallbackRequest request) {
        return switch (Carriage.of(request)) {
            case QUERY -> FormCallback.isInbound(Carriage.query(request));
            case FORM -> FormCallback.isInbound(FormDecoder.decode(request.body()));
            case JSON -> false;
        };
    }

    @Override
    public WebhookSetup setup() {
        return TwilioSetup.SETUP;
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
