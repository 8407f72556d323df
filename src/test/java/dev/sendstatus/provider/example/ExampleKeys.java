package dev.sendstatus.provider.example;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.HmacKey;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one account, and the settings that they are made of.
 *
 * @param secrets sign the callbacks: one, or two while the first is changed
 * @param api opens the API; null if there is no key for it
 */
record ExampleKeys(List<HmacKey> secrets, @Nullable ApiCredentials api) {
    static final String SECRET = "secret";
    private static final String SECRET_SECONDARY = "secret-secondary";
    private static final String API_KEY = "api-key";

    static final List<AccountSetting> SETTINGS = List.of(
            AccountSetting.secret(SECRET, "signs the callbacks; console, Webhooks"),
            AccountSetting.secret(SECRET_SECONDARY, "a second secret, while the first is changed"),
            AccountSetting.ofApi(API_KEY, "looks stuck messages up; console, API: key-…"));

    static ExampleKeys of(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        check.require(SECRET, "copy it from the console, Webhooks");
        Map<String, String> secrets = check.words(SECRET);
        String apiKey = check.matching(API_KEY, "key-.+", "is no API key, which begins with key-: copy it again");
        check.end();
        return new ExampleKeys(
                secrets.values().stream().map(ExampleSignature::key).toList(),
                apiKey == null ? null : ApiCredentials.bearer(apiKey));
    }

    /** Whether one of the secrets made the signature over that body. */
    boolean sign(ExampleSignature signature, byte[] body) {
        return Authentication.fitting(secrets, secret -> signature.isBy(secret, body)) != null;
    }
}
