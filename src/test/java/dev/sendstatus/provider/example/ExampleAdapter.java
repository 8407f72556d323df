package dev.sendstatus.provider.example;

import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookApi.ApiFailed;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Example's callbacks. Without state; any thread may call. */
public final class ExampleAdapter implements ProviderAdapter<ExampleKeys> {
    static final Provider PROVIDER = new Provider("example");
    static final String API = "https://api.example.com/";

    @Override
    public Provider provider() {
        return PROVIDER;
    }

    @Override
    public List<AccountSetting> settings() {
        return ExampleKeys.SETTINGS;
    }

    @Override
    public ExampleKeys keys(Map<String, String> values) throws InvalidAccount {
        return ExampleKeys.of(values);
    }

    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<ExampleKeys>> accounts) {
        ExampleSignature signature = ExampleSignature.of(request);
        Account<ExampleKeys> signer = signature == null ? null : signer(signature, request.body(), accounts);
        if (signature != null && signer != null) {
            return signature.isNear(request.receivedAt()) ? new Accepted(signer.name()) : new Refused(Reason.STALE);
        }
        Account<ExampleKeys> unverified = Account.unverified(accounts);
        if (unverified != null) {
            return new Accepted(unverified.name());
        }
        boolean missing = request.headers().first(ExampleSignature.HEADER) == null;
        return new Refused(missing ? Reason.MISSING : Reason.WRONG);
    }

    private static @Nullable Account<ExampleKeys> signer(
            ExampleSignature signature, byte[] body, List<Account<ExampleKeys>> accounts) {
        return Authentication.fitting(accounts, account -> account.keys().sign(signature, body));
    }

    /** Some proxies end a body with a line end, over which nothing was signed. */
    @Override
    public @Nullable String hint(CallbackRequest request, List<Account<ExampleKeys>> accounts) {
        ExampleSignature signature = ExampleSignature.of(request);
        int last = request.body().length - 1;
        if (signature == null || last < 0 || request.body()[last] != '\n') {
            return null;
        }
        Account<ExampleKeys> signer = signer(signature, Arrays.copyOf(request.body(), last), accounts);
        return signer == null
                ? null
                : "it is signed with the secret of account " + signer.name()
                        + " over the body without its last line end: something on the way adds one";
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        return ExampleCallback.read(request.body());
    }

    @Override
    public @Nullable MessageLookup lookup(Account<ExampleKeys> account, ApiSettings api) {
        ApiCredentials key = account.keys().api();
        return key == null ? null : new ExampleLookup(account.name(), key, api);
    }

    @Override
    public WebhookApi webhooks(Account<ExampleKeys> account, ApiSettings api) throws ApiFailed {
        ApiCredentials key = account.keys().api();
        if (key == null) {
            throw new ApiFailed("no api-key is configured: set EXAMPLE_API_KEY, or api-key of the account");
        }
        return new ExampleWebhookApi(key, api);
    }

    @Override
    public CallbackSimulator simulator() {
        return new ExampleSimulator();
    }
}
