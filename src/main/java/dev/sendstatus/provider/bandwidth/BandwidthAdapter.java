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

    private static final WebhookSetup SETUP = new WebhookSetup("", """
            Choose a callback user name (no colon) and password of 6 to 63 letters and digits; set them as \
            callback-username and callback-password. They are not the API credentials.
            Dashboard: Applications, the messaging application, "Use multiple callback URLs"; enter the URL as \
            STATUS CALLBACK (and as INBOUND CALLBACK, if received messages shall be seen), with the user name and password.
            API: PATCH https://api.bandwidth.com/api/accounts/{accountId}/applications/{applicationId}, \
            Content-Type: application/xml, body <Application><OutboundCallbackUrl>URL</OutboundCallbackUrl>\
            <OutboundCallbackCreds><UserId>…</UserId><Password>…</Password></OutboundCallbackCreds>\
            <RequestedCallbackTypes><CallbackType>message-delivered</CallbackType>\
            <CallbackType>message-failed</CallbackType><CallbackType>message-sending</CallbackType>\
            </RequestedCallbackTypes></Application>; InboundCallbackUrl and InboundCallbackCreds likewise.
            Send UserId and Password together; never set the old MsgCallbackUrl or CallbackCreds beside these \
            (errors 13065, 13066, 12960).
            Without an OutboundCallbackUrl no status ever comes, and an application without a Location swallows \
            what is sent: GET …/applications/{applicationId}/associatedsippeers lists them.
            The URL answers by itself on port 443, 80, or 1024 and up: a redirect may count as received, and loses it.""");

    private final CallbackSimulator simulator = new BandwidthSimulator();

    @Override
    public Provider provider() {
        return PROVIDER;
    }

    @Override
    public List<AccountSetting> settings() {
        return BandwidthKeys.SETTINGS;
    }

    @Override
    public BandwidthKeys keys(Map<String, String> values) throws InvalidAccount {
        return BandwidthKeys.of(values);
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
        return BandwidthCallback.parse(request.body());
    }

    @Override
    public WebhookSetup setup() {
        return SETUP;
    }

    @Override
    public @Nullable MessageLookup lookup(Account<BandwidthKeys> account, ApiSettings api) {
        return account.keys().client() == null ? null : new BandwidthLookup(account, api);
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
