package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.HmacKey;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * The keys of one Twilio account, and the settings that they are made of; their printed form has no secret in it.
 *
 * @param accountSid {@code AC…}, compared as sent
 * @param authTokens sign the callbacks: one, or two while one is being rotated. The primary one is the first and is tried first
 * @param api opens the API: the API key {@code SK…}, which never signs a callback; without one the Auth Token, which every account has.
 *     A key can be revoked by itself, and the Auth Token need not leave this process
 * @param apiKey whether the API key is set
 */
public record TwilioKeys(String accountSid, List<HmacKey> authTokens, ApiCredentials api, boolean apiKey) {
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

    private static final String SID = "AC[0-9a-fA-F]{32}";

    static TwilioKeys of(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        check.require(ACCOUNT_SID, "set it to the Account SID from the Console's Account Info");
        check.require(AUTH_TOKEN, "set it to the primary Auth Token of the account");
        String sid = check.matching(
                ACCOUNT_SID,
                SID,
                "is no Account SID, which is AC and 32 hexadecimal digits: copy it from the Console's Account"
                        + " Info, where the Auth Token stands beside it");
        Map<String, String> tokens = check.words(AUTH_TOKEN);
        tokens.forEach((key, token) -> {
            // The length and letters of a token are Twilio's affair.
            if (token.matches(SID)) {
                check.mistake(key, "is an Account SID: copy the Auth Token, which stands beside it");
            }
        });
        String apiKey = check.matching(
                API_KEY, "SK.*", "is no API key, which begins with SK: copy the SID of the key, not its secret");
        String apiKeySecret = check.text(API_KEY_SECRET);
        check.pair(API_KEY, API_KEY_SECRET);
        check.end();
        String accountSid = Objects.requireNonNull(sid);
        return new TwilioKeys(
                accountSid,
                tokens.values().stream()
                        .map(token -> new HmacKey("HmacSHA1", token))
                        .toList(),
                apiKey != null && apiKeySecret != null
                        ? ApiCredentials.basic(apiKey, apiKeySecret)
                        : ApiCredentials.basic(accountSid, Objects.requireNonNull(tokens.get(AUTH_TOKEN))),
                apiKey != null);
    }

    /** The address of a resource of the account. */
    HttpUrl resource(ApiSettings settings, String... path) {
        String[] segments =
                Stream.concat(Stream.of(accountSid), Stream.of(path)).toArray(String[]::new);
        return settings.url("https://api.twilio.com/", "2010-04-01/Accounts", segments);
    }
}
