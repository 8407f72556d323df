package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.SettingsCheck;
import dev.sendstatus.provider.Words;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of a Bandwidth account in the configuration, and what is made of them. */
final class BandwidthSettings {
    static final String ACCOUNT_ID = "account-id";
    static final String USERNAME = "callback-username";
    static final String PASSWORD = "callback-password";
    static final String USERNAME_SECONDARY = "callback-username-secondary";
    static final String PASSWORD_SECONDARY = "callback-password-secondary";
    static final String CLIENT_ID = "client-id";
    static final String CLIENT_SECRET = "client-secret";

    static final List<AccountSetting> ALL = List.of(
            new AccountSetting(
                    ACCOUNT_ID,
                    false,
                    "The account's number, beside its name at the top of the Dashboard; optional, for look-ups"),
            new AccountSetting(
                    USERNAME,
                    true,
                    "The callback user name that you chose for the messaging application (Applications; by API:"
                            + " UserId)"),
            new AccountSetting(
                    PASSWORD,
                    true,
                    "The callback password entered with it (by API: Password); the Dashboard never shows it again"),
            new AccountSetting(
                    USERNAME_SECONDARY,
                    true,
                    "A second callback user name: while the first is being changed, or if inbound has its own"),
            new AccountSetting(PASSWORD_SECONDARY, true, "The password of the second callback user name"),
            AccountSetting.ofApi(
                    CLIENT_ID, "The client id of API credentials (Account, API Credentials); optional, for look-ups"),
            AccountSetting.ofApi(CLIENT_SECRET, "The client secret, shown once when the API credentials are made"));

    private BandwidthSettings() {}

    static BandwidthKeys keys(Map<String, String> values) throws InvalidAccount {
        SettingsCheck check = new SettingsCheck(values);
        for (String key : List.of(USERNAME, PASSWORD)) {
            check.require(
                    key,
                    "enter a callback user name and password on the messaging application at Bandwidth, and the same"
                            + " here");
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
}
