package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.HmacKey;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one Twilio account, and the settings that they are made of; its printed form has no secret in it.
 *
 * @param accountSid {@code AC…}, compared as sent
 * @param authToken signs the callbacks; tried first
 * @param secondary the other token while one is being rotated; null if none is set
 * @param apiKey {@code SK…}, for look-ups: it never signs a callback; null if none is set
 * @param apiKeySecret set exactly when the API key is
 */
public record TwilioKeys(
        String accountSid,
        HmacKey authToken,
        @Nullable HmacKey secondary,
        @Nullable String apiKey,
        @Nullable String apiKeySecret) {
    static final String ACCOUNT_SID = "account-sid";
    static final String AUTH_TOKEN = "auth-token";
    private static final String AUTH_TOKEN_SECONDARY = "auth-token-secondary";
    private static final String API_KEY = "api-key";
    private static final String API_KEY_SECRET = "api-key-secret";

    static final List<AccountSetting> SETTINGS = List.of(
            AccountSetting.open(
                    ACCOUNT_SID,
                    "the Account SID (AC…) of the account or subaccount that sends: Console, Account Dashboard,"
                            + " Account Info"),
            AccountSetting.secret(
                    AUTH_TOKEN,
                    "the primary Auth Token of that very account, which signs its callbacks: Console, Account"
                            + " Dashboard, Account Info"),
            AccountSetting.secret(
                    AUTH_TOKEN_SECONDARY,
                    "the other Auth Token while one is rotated; optional: Console, Admin, Account management, API keys"
                            + " and tokens"),
            AccountSetting.ofApi(
                    API_KEY,
                    "an API key (SK…) for look-ups, which never signs; optional: Console, Admin, Account management,"
                            + " API keys and tokens"),
            AccountSetting.ofApi(
                    API_KEY_SECRET, "the secret of that API key: shown once by the Console, when the key is made"));

    private static final Pattern SID = Pattern.compile("AC[0-9a-fA-F]{32}");

    static TwilioKeys of(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        check.require(ACCOUNT_SID, "set it to the Account SID from the Console's Account Info");
        check.require(AUTH_TOKEN, "set it to the primary Auth Token of the account");
        String sid = check.text(ACCOUNT_SID);
        if (sid != null && !SID.matcher(sid).matches()) {
            check.mistake(
                    ACCOUNT_SID,
                    "is no Account SID, which is AC and 32 hexadecimal digits: copy it from the Console's Account"
                            + " Info, where the Auth Token stands beside it");
        }
        HmacKey token = token(check, AUTH_TOKEN);
        HmacKey secondary = token(check, AUTH_TOKEN_SECONDARY);
        String apiKey = check.text(API_KEY);
        if (apiKey != null && !apiKey.startsWith("SK")) {
            check.mistake(API_KEY, "is no API key, which begins with SK: copy the SID of the key, not its secret");
        }
        String apiKeySecret = check.text(API_KEY_SECRET);
        check.pair(API_KEY, API_KEY_SECRET);
        check.end();
        return new TwilioKeys(
                Objects.requireNonNull(sid), Objects.requireNonNull(token), secondary, apiKey, apiKeySecret);
    }

    /** The length and letters of a token are Twilio's affair. */
    private static @Nullable HmacKey token(SettingsCheck check, String key) {
        String secret = check.word(key);
        if (secret != null && SID.matcher(secret).matches()) {
            check.mistake(key, "is an Account SID: copy the Auth Token, which stands beside it");
            return null;
        }
        return secret == null ? null : new HmacKey("HmacSHA1", secret);
    }

    /**
     * The credentials of the API. A key can be revoked by itself; the Auth Token, which also signs, need not leave this process if there is
     * one.
     */
    ApiCredentials forApi() {
        return apiKey != null && apiKeySecret != null
                ? ApiCredentials.basic(apiKey, apiKeySecret)
                : ApiCredentials.basic(accountSid, authToken.secret());
    }

    @Override
    public String toString() {
        return "TwilioKeys[accountSid=" + accountSid + ", secrets hidden]";
    }
}
