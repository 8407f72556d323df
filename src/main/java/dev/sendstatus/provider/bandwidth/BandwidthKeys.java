package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.rest.ApiCredentials;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one Bandwidth account, and the settings that they are made of.
 *
 * @param accountId the number of the account; null if it was not given: callbacks do not need it, look-ups do
 * @param callback what Bandwidth sends with its callbacks
 * @param secondaryCallback a second pair, while the first one is being changed; also for an application whose inbound and
 *     outbound callbacks have different credentials; null if there is none
 * @param clientId of the API credentials, which have nothing to do with the callbacks'; null if there are none
 * @param clientSecret goes with the client id
 */
public record BandwidthKeys(
        @Nullable String accountId,
        CallbackCredentials callback,
        @Nullable CallbackCredentials secondaryCallback,
        @Nullable String clientId,
        @Nullable String clientSecret) {
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

    static BandwidthKeys of(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        for (String key : List.of(USERNAME, PASSWORD)) {
            check.require(
                    key,
                    "enter a callback user name and password on the messaging application at Bandwidth, and the same here");
        }
        check.pair(USERNAME_SECONDARY, PASSWORD_SECONDARY);
        check.pair(CLIENT_ID, CLIENT_SECRET);
        String accountId = check.text(ACCOUNT_ID);
        if (accountId != null && !Words.isDigits(accountId)) {
            check.mistake(ACCOUNT_ID, "has digits only, such as 9900000");
        }
        if (!check.isSet(ACCOUNT_ID) && check.isSet(CLIENT_ID)) {
            check.mistake(
                    ACCOUNT_ID, "is missing: a look-up with client-id and client-secret needs the account's number");
        }
        String clientId = check.text(CLIENT_ID);
        String clientSecret = check.text(CLIENT_SECRET);
        CallbackCredentials callback = credentials(check, USERNAME, PASSWORD);
        CallbackCredentials secondary = credentials(check, USERNAME_SECONDARY, PASSWORD_SECONDARY);
        check.end();
        return new BandwidthKeys(accountId, Objects.requireNonNull(callback), secondary, clientId, clientSecret);
    }

    private static @Nullable CallbackCredentials credentials(SettingsCheck check, String userKey, String passwordKey) {
        String user = check.text(userKey);
        String password = check.text(passwordKey);
        if (user != null && user.indexOf(':') >= 0) {
            check.mistake(userKey, "has a colon, which ends the name in HTTP Basic: choose another name at Bandwidth");
            return null;
        }
        return user == null || password == null ? null : new CallbackCredentials(user, password);
    }

    /** What opens the API; null if it is not set. The account's id is set where this is. */
    @Nullable
    ApiCredentials client() {
        return clientId == null || clientSecret == null ? null : ApiCredentials.basic(clientId, clientSecret);
    }

    boolean match(byte[] presented) {
        // Both are always compared, so that the time does not tell which one is in use.
        boolean primary = callback.match(presented);
        boolean secondary = secondaryCallback != null && secondaryCallback.match(presented);
        return primary || secondary;
    }

    boolean nameMatches(byte[] presented) {
        boolean primary = callback.nameMatches(presented);
        boolean secondary = secondaryCallback != null && secondaryCallback.nameMatches(presented);
        return primary || secondary;
    }

    @Override
    public String toString() {
        return "BandwidthKeys[accountId=" + accountId + ", secondary callback credentials: "
                + (secondaryCallback != null) + ", API credentials: " + (clientId != null) + "]";
    }
}
