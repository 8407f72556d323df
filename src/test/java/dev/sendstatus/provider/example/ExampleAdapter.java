package dev.sendstatus.provider.example;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.WebhookSetup;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Example's callbacks. Without state; any thread may call. */
public final class ExampleAdapter implements ProviderAdapter<ExampleKeys> {
    static final Provider PROVIDER = new Provider("example");
    static final String SECRET = "secret";
    static final String SECRET_SECONDARY = "secret-secondary";

    @Override
    public Provider provider() {
        return PROVIDER;
    }

    @Override
    public List<AccountSetting> settings() {
        return List.of(
                AccountSetting.secret(SECRET, "signs the callbacks; console, Webhooks"),
                AccountSetting.secret(SECRET_SECONDARY, "a second secret, while the first is changed"));
    }

    @Override
    public ExampleKeys keys(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        check.require(SECRET, "copy it from the console, Webhooks");
        String secret = check.word(SECRET);
        String secondary = check.word(SECRET_SECONDARY);
        check.end();
        return new ExampleKeys(
                ExampleSignature.key(Objects.requireNonNull(secret)),
                secondary == null ? null : ExampleSignature.key(secondary));
    }

    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<ExampleKeys>> accounts) {
        ExampleSignature signature = ExampleSignature.of(request);
        AccountName signer = null;
        // No early exit: which account it is shall not show in the time.
        for (Account<ExampleKeys> account : accounts) {
            boolean fits = signature != null && account.keys().sign(signature, request.body());
            signer = fits && signer == null ? account.name() : signer;
        }
        if (signer != null && signature != null) {
            return signature.isNear(request.receivedAt())
                    ? new Authentication.Accepted(signer)
                    : new Authentication.Refused(Authentication.Reason.STALE);
        }
        Account<ExampleKeys> unverified = Account.unverified(accounts);
        return unverified == null ? refused(request) : new Authentication.Accepted(unverified.name());
    }

    private static Authentication refused(CallbackRequest request) {
        String header = request.headers().first(ExampleSignature.HEADER);
        return new Authentication.Refused(header == null ? Authentication.Reason.MISSING : Authentication.Reason.WRONG);
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        return ExampleCallback.read(request.body());
    }

    @Override
    public WebhookSetup setup() {
        return new WebhookSetup("", List.of("Console: Webhooks, New: enter the URL, and copy the secret."));
    }

    @Override
    public CallbackSimulator simulator() {
        return new ExampleSimulator();
    }
}
