package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of one account, and the keys that they make. */
final class TwilioSettings {
    static final String ACCOUNT_SID = "account-sid";
    static final String AUTH_TOKEN = "auth-token";
    static final String AUTH_TOKEN_SECONDARY = "auth-token-secondary";
    static final String API_KEY = "api-key";
    static final String API_KEY_SECRET = "api-key-secret";

    static final List<AccountSetting> ALL = List.of(
            new AccountSetting(
                    ACCOUNT_SID,
                    false,
                    "the Account SID (AC…) of the account or subaccount that sends: Console, Account Dashboard,"
                            + " Account Info"),
            new AccountSetting(
                    AUTH_TOKEN,
                    true,
                    "the primary Auth Token of that very account, which signs its callbacks: Console, Account"
                            + " Dashboard, Account Info"),
            new AccountSetting(
                    AUTH_TOKEN_SECONDARY,
                    true,
                    "the other Auth Token while one is rotated; optional: Console, Admin, Account management, API keys"
                            + " and tokens"),
            AccountSetting.ofApi(
                    API_KEY,
                    "an API key (SK…) for look-ups, which never signs; optional: Console, Admin, Account management,"
                            + " API keys and tokens"),
            AccountSetting.ofApi(
                    API_KEY_SECRET, "the secret of that API key: shown once by the Console, when the key is made"));

    private static final Pattern SID = Pattern.compile("AC[0-9a-fA-F]{32}");

    private TwilioSettings() {}

    static TwilioKeys keys(Map<String, String> values) throws InvalidAccount {
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
        AuthToken token = token(check, AUTH_TOKEN);
        AuthToken secondary = token(check, AUTH_TOKEN_SECONDARY);
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
    private static @Nullable AuthToken token(SettingsCheck check, String key) {
        String secret = check.word(key);
        if (secret != null && SID.matcher(secret).matches()) {
            check.mistake(key, "is an Account SID: copy the Auth Token, which stands beside it");
            return null;
        }
        return secret == null ? null : new AuthToken(secret);
    }
}
