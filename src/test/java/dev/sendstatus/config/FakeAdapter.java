package dev.sendstatus.config;

import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.WebhookSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A provider whose accounts need some keys and can do without others. */
public final class FakeAdapter implements ProviderAdapter<Map<String, String>> {
    private final Provider provider;
    private final List<String> needed;
    private final List<AccountSetting> settings = new ArrayList<>();
    private final @Nullable CallbackSimulator simulator;

    public FakeAdapter(String word, List<String> needed, List<String> optional, @Nullable CallbackSimulator simulator) {
        this.provider = new Provider(word);
        this.needed = needed;
        this.simulator = simulator;
        needed.forEach(key -> settings.add(new AccountSetting(key, !key.endsWith("-sid"), false, "needed")));
        optional.forEach(key -> settings.add(
                new AccountSetting(key, true, key.startsWith("api-key") || key.startsWith("client-"), "optional")));
    }

    /** With the keys that the default file gives to the three providers. */
    public static List<ProviderAdapter<?>> three() {
        return List.of(
                new FakeAdapter(
                        "telnyx",
                        List.of("public-key"),
                        List.of(
                                "public-key-secondary",
                                "v1-secret",
                                "v1-secret-secondary",
                                "api-key",
                                "simulation-key"),
                        null),
                new FakeAdapter(
                        "twilio",
                        List.of("account-sid", "auth-token"),
                        List.of("auth-token-secondary", "api-key", "api-key-secret"),
                        null),
                new FakeAdapter(
                        "bandwidth",
                        List.of("account-id", "callback-username", "callback-password"),
                        List.of(
                                "callback-username-secondary",
                                "callback-password-secondary",
                                "client-id",
                                "client-secret"),
                        null));
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public List<AccountSetting> settings() {
        return settings;
    }

    @Override
    public Map<String, String> keys(Map<String, String> values) throws InvalidAccount {
        List<InvalidAccount.Mistake> mistakes = needed.stream()
                .filter(key -> !values.containsKey(key))
                .map(key -> new InvalidAccount.Mistake(key, "is missing: fill it in"))
                .toList();
        if (!mistakes.isEmpty()) {
            throw new InvalidAccount(mistakes);
        }
        return values;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public boolean sends(String method, @Nullable String mediaType) {
        return true;
    }

    @Override
    public @Nullable String challenge() {
        return null;
    }

    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<Map<String, String>>> accounts) {
        return new Authentication.Refused(Authentication.Reason.MISSING);
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        return new Parsed.Ignored("a fake reads nothing");
    }

    @Override
    public WebhookSetup setup() {
        return new WebhookSetup("", List.of());
    }

    @Override
    public CallbackSimulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("this fake simulates nothing");
        }
        return simulator;
    }
}
