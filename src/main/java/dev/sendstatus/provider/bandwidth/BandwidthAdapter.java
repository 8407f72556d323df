package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookApi.ApiFailed;
import dev.sendstatus.provider.rest.RestClient.Authorization;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth's messaging callbacks, of SMS, MMS and RCS. Without state; any thread may call. The sources of each part stand in
 * {@code docs/providers/bandwidth.md}.
 */
public final class BandwidthAdapter implements ProviderAdapter<BandwidthKeys> {
    static final Provider PROVIDER = new Provider("bandwidth");

    private static final String SCHEME = "Basic ";

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

    /** Without this header in a 401, Bandwidth makes no second request, and so never sends its credentials. */
    @Override
    public String challenge() {
        return "Basic realm=\"sendstatus\"";
    }

    /**
     * Bandwidth signs nothing: HTTP Basic proves the sender and not the content. The body is not looked at, since the first request of a
     * challenge may have none.
     */
    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<BandwidthKeys>> accounts) {
        String header = request.headers().first("Authorization");
        byte[] presented = header == null ? null : presented(header);
        Account<BandwidthKeys> sender = presented == null ? Account.unverified(accounts) : sender(presented, accounts);
        if (sender != null) {
            return new Authentication.Accepted(sender.name());
        }
        return new Authentication.Refused(header == null || header.isBlank() ? Reason.MISSING : Reason.WRONG);
    }

    private static @Nullable Account<BandwidthKeys> sender(byte[] presented, List<Account<BandwidthKeys>> accounts) {
        Account<BandwidthKeys> proven =
                Authentication.fitting(accounts, account -> account.keys().match(presented));
        Account<BandwidthKeys> verified = Authentication.fitting(
                accounts, account -> account.verify() && account.keys().nameMatches(presented));
        Account<BandwidthKeys> unverified = Authentication.fitting(
                accounts, account -> !account.verify() && account.keys().nameMatches(presented));
        // A wrong password for an account that is verified stays wrong beside one that is not: Bandwidth tries again
        // for 24 hours, in which the password can be mended and the callback reach its own account.
        if (proven != null || verified != null) {
            return proven;
        }
        return unverified != null ? unverified : Account.unverified(accounts);
    }

    /** The bytes {@code name:password} of HTTP Basic (RFC 7617); null if the header is of another scheme or not well formed. */
    private static byte @Nullable [] presented(String header) {
        // The scheme's name counts in any letter case, and any number of spaces may follow it.
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        return BandwidthCallback.parse(request.body());
    }

    @Override
    public @Nullable MessageLookup lookup(Account<BandwidthKeys> account, ApiSettings api) {
        Authorization tokens = account.keys().tokens(api);
        return tokens == null ? null : new BandwidthLookup(account, tokens, api);
    }

    @Override
    public WebhookApi webhooks(Account<BandwidthKeys> account, ApiSettings api) throws ApiFailed {
        return new BandwidthWebhookApi(account.keys(), api);
    }

    @Override
    public CallbackSimulator simulator() {
        return new BandwidthSimulator();
    }
}
