package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.OAuthTokens;
import dev.sendstatus.provider.rest.RestClient.Authorization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one Bandwidth account, and the settings that they are made of.
 *
 * @param accountId the number of the account; null if it was not given: callbacks do not need it, look-ups do
 * @param callbacks the credentials that Bandwidth sends with its callbacks, one or two. The second is for the time in which the first is
 *     being changed, or for an application whose inbound callbacks have others
 * @param client the id and secret of the API, which have nothing to do with the callbacks' credentials; null if there are none
 */
public record BandwidthKeys(
        @Nullable String accountId,
        List<CallbackCredentials> callbacks,
        @Nullable ApiCredentials client) {
    /** The Dashboard's API, which also gives out the tokens. */
    static final String API = "https://api.bandwidth.com/";

    private static final String ACCOUNT_ID = "account-id";
    static final String USERNAME = "callback-username";
    static final String PASSWORD = "callback-password";
    private static final String USERNAME_SECONDARY = "callback-username-secondary";
    private static final String PASSWORD_SECONDARY = "callback-password-secondary";
    private static final String CLIENT_ID = "client-id";
    private static final String CLIENT_SECRET = "client-secret";

    static final List<AccountSetting> SETTINGS = List.of(
            AccountSetting.open(
                    ACCOUNT_ID,
                    "The account's number, beside its name at the top of the Dashboard; optional, for look-ups"),
            AccountSetting.secret(
                    USERNAME,
                    "The callback user name that you chose for the messaging application (Applications; by API: UserId)"),
            AccountSetting.secret(
                    PASSWORD,
                    "The callback password entered with it (by API: Password); the Dashboard never shows it again"),
            AccountSetting.secret(
                    USERNAME_SECONDARY,
                    "A second callback user name: while the first is being changed, or if inbound has its own"),
            AccountSetting.secret(PASSWORD_SECONDARY, "The password of the second callback user name"),
            AccountSetting.ofApi(
                    CLIENT_ID, "The client id of API credentials (Account, API Credentials); optional, for look-ups"),
            AccountSetting.ofApi(CLIENT_SECRET, "The client secret, shown once when the API credentials are made"));

    /** A user name and a password. Every comparison takes the time that the presented bytes need, whatever the secret is. */
    public record CallbackCredentials(String user, String password) {
        /** Whether name and password are these. @param presented {@code name:password} */
        boolean match(byte[] presented) {
            return MessageDigest.isEqual(presented, bytes(user + ":" + password));
        }

        /** Whether the name alone is this one. */
        boolean nameMatches(byte[] presented) {
            int colon = new String(presented, StandardCharsets.ISO_8859_1).indexOf(':');
            return MessageDigest.isEqual(colon < 0 ? presented : Arrays.copyOf(presented, colon), bytes(user));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** Without the secret, and without the name that is half of it. */
        @Override
        public String toString() {
            return "CallbackCredentials[hidden]";
        }
    }

    static BandwidthKeys of(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        for (String key : List.of(USERNAME, PASSWORD)) {
            check.require(
                    key,
                    "enter a callback user name and password on the messaging application at Bandwidth, and the same here");
        }
        check.pair(USERNAME_SECONDARY, PASSWORD_SECONDARY);
        check.pair(CLIENT_ID, CLIENT_SECRET);
        String accountId = check.matching(ACCOUNT_ID, "[0-9]+", "has digits only, such as 9900000");
        if (!check.isSet(ACCOUNT_ID) && check.isSet(CLIENT_ID)) {
            check.mistake(
                    ACCOUNT_ID, "is missing: a look-up with client-id and client-secret needs the account's number");
        }
        String clientId = check.text(CLIENT_ID);
        String clientSecret = check.text(CLIENT_SECRET);
        CallbackCredentials callback = credentials(check, USERNAME, PASSWORD);
        CallbackCredentials secondary = credentials(check, USERNAME_SECONDARY, PASSWORD_SECONDARY);
        check.end();
        return new BandwidthKeys(
                accountId,
                Stream.of(callback, secondary).filter(Objects::nonNull).toList(),
                clientId == null || clientSecret == null ? null : ApiCredentials.basic(clientId, clientSecret));
    }

    private static @Nullable CallbackCredentials credentials(SettingsCheck check, String userKey, String passwordKey) {
        String user = check.matching(
                userKey, "[^:]+", "has a colon, which ends the name in HTTP Basic: choose another name at Bandwidth");
        String password = check.text(passwordKey);
        return user == null || password == null ? null : new CallbackCredentials(user, password);
    }

    /** The tokens that open the API; null if there are no credentials for it. The account's id is set where there are. */
    @Nullable
    Authorization tokens(ApiSettings api) {
        return client == null
                ? null
                : new OAuthTokens(api.url(API, "api/v1/oauth2/token"), client, "client-id and client-secret", api);
    }

    boolean match(byte[] presented) {
        return Authentication.fitting(callbacks, one -> one.match(presented)) != null;
    }

    boolean nameMatches(byte[] presented) {
        return Authentication.fitting(callbacks, one -> one.nameMatches(presented)) != null;
    }
}
