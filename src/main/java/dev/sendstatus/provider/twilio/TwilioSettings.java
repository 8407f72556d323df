package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.InvalidAccount.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                    "the Account SID (AC…) of the account or subaccount that sends: Console, Account Dashboard, Account Info"),
            new AccountSetting(
                    AUTH_TOKEN,
                    true,
                    "the primary Auth Token of that very account, which signs its callbacks: Console, Account Dashboard,"
                            + " Account Info"),
            new AccountSetting(
                    AUTH_TOKEN_SECONDARY,
                    true,
                    "the other Auth Token while one is rotated; optional: Console, Admin, Account management, API keys and"
                            + " tokens"),
            AccountSetting.ofApi(
                    API_KEY,
                    "an API key (SK…) for look-ups, which never signs; optional: Console, Admin, Account management, API"
                            + " keys and tokens"),
            AccountSetting.ofApi(
                    API_KEY_SECRET, "the secret of that API key: shown once by the Console, when the key is made"));

    private static final Pattern SID = Pattern.compile("AC[0-9a-fA-F]{32}");

    private final Map<String, String> values;
    private final List<Mistake> mistakes = new ArrayList<>();

    private TwilioSettings(Map<String, String> values) {
        this.values = values;
    }

    static TwilioKeys keys(Map<String, String> values) throws InvalidAccount {
        return new TwilioSettings(values).keys();
    }

    private TwilioKeys keys() throws InvalidAccount {
        String sid = required(ACCOUNT_SID, "set it to the Account SID from the Console's Account Info");
        if (sid != null && !SID.matcher(sid).matches()) {
            mistakes.add(new Mistake(
                    ACCOUNT_SID,
                    "is no Account SID, which is AC and 32 hexadecimal digits: copy it from the Console's Account Info, where"
                            + " the Auth Token stands beside it"));
        }
        AuthToken token = token(required(AUTH_TOKEN, "set it to the primary Auth Token of the account"), AUTH_TOKEN);
        AuthToken secondary = token(optional(AUTH_TOKEN_SECONDARY), AUTH_TOKEN_SECONDARY);
        String apiKey = optional(API_KEY);
        if (apiKey != null && !apiKey.startsWith("SK")) {
            mistakes.add(new Mistake(
                    API_KEY, "is no API key, which begins with SK: copy the SID of the key, not its secret"));
        }
        String apiKeySecret = optional(API_KEY_SECRET);
        if (apiKey != null && !values.containsKey(API_KEY_SECRET)) {
            mistakes.add(new Mistake(API_KEY_SECRET, "is missing beside api-key: set both or neither"));
        }
        if (apiKeySecret != null && !values.containsKey(API_KEY)) {
            mistakes.add(new Mistake(API_KEY, "is missing beside api-key-secret: set both or neither"));
        }
        if (sid == null || token == null || !mistakes.isEmpty()) {
            throw new InvalidAccount(mistakes);
        }
        return new TwilioKeys(sid, token, secondary, apiKey, apiKeySecret);
    }

    private @Nullable String required(String key, String remedy) {
        if (!values.containsKey(key)) {
            mistakes.add(new Mistake(key, "is missing: " + remedy));
            return null;
        }
        return optional(key);
    }

    /** Empty is a mistake and not the same as absent: it is most often a variable that was not set. */
    private @Nullable String optional(String key) {
        String value = values.get(key);
        if (value != null && value.isBlank()) {
            mistakes.add(new Mistake(key, "is empty: give it a value or leave the key out"));
            return null;
        }
        return value;
    }

    /** The length and letters of a token are Twilio's affair; a space is none of them, and comes from copying. */
    private @Nullable AuthToken token(@Nullable String secret, String key) {
        if (secret == null) {
            return null;
        }
        if (secret.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            mistakes.add(new Mistake(key, "has a space or a line break in it: copy the token once more, without them"));
            return null;
        }
        if (SID.matcher(secret).matches()) {
            mistakes.add(new Mistake(key, "is an Account SID: copy the Auth Token, which stands beside it"));
            return null;
        }
        return new AuthToken(secret);
    }
}
