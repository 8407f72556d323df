package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.InvalidAccount.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                    "The callback user name that you chose for the messaging application (Applications; by API: UserId)"),
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

    private final Map<String, String> values;
    private final List<Mistake> mistakes = new ArrayList<>();

    private BandwidthSettings(Map<String, String> values) {
        this.values = values;
    }

    static BandwidthKeys keys(Map<String, String> values) throws InvalidAccount {
        return new BandwidthSettings(values).keys();
    }

    private BandwidthKeys keys() throws InvalidAccount {
        require(USERNAME);
        require(PASSWORD);
        pair(USERNAME_SECONDARY, PASSWORD_SECONDARY);
        pair(CLIENT_ID, CLIENT_SECRET);
        String accountId = value(ACCOUNT_ID);
        if (accountId != null && !accountId.chars().allMatch(c -> c >= '0' && c <= '9')) {
            mistake(ACCOUNT_ID, "has digits only, such as 9900000");
        }
        if (accountId == null && value(CLIENT_ID) != null) {
            mistake(ACCOUNT_ID, "is missing: a look-up with client-id and client-secret needs the account's number");
        }
        for (String user : List.of(USERNAME, USERNAME_SECONDARY)) {
            String name = value(user);
            if (name != null && name.indexOf(':') >= 0) {
                mistake(user, "has a colon, which ends the name in HTTP Basic: choose another name at Bandwidth");
            }
        }
        for (AccountSetting setting : ALL) {
            String value = value(setting.key());
            if (value != null && value.chars().anyMatch(Character::isISOControl)) {
                mistake(setting.key(), "has a line end or another control character: copy it again");
            }
        }
        CallbackCredentials callback = mistakes.isEmpty() ? credentials(USERNAME, PASSWORD) : null;
        if (callback == null) {
            throw new InvalidAccount(mistakes);
        }
        return new BandwidthKeys(
                accountId,
                callback,
                credentials(USERNAME_SECONDARY, PASSWORD_SECONDARY),
                value(CLIENT_ID),
                value(CLIENT_SECRET));
    }

    private @Nullable CallbackCredentials credentials(String userKey, String passwordKey) {
        String user = value(userKey);
        String password = value(passwordKey);
        return user == null || password == null ? null : new CallbackCredentials(user, password);
    }

    private void require(String key) {
        if (value(key) == null) {
            mistake(
                    key,
                    "is missing: enter a callback user name and password on the messaging application at Bandwidth,"
                            + " and the same here");
        }
    }

    private void pair(String oneKey, String otherKey) {
        boolean one = value(oneKey) != null;
        boolean other = value(otherKey) != null;
        if (one != other) {
            mistake(one ? otherKey : oneKey, "is missing: " + oneKey + " and " + otherKey + " go together");
        }
    }

    /** Empty is not set: that is what an environment variable without a value gives. */
    private @Nullable String value(String key) {
        String value = values.get(key);
        return value == null || value.isEmpty() ? null : value;
    }

    private void mistake(String key, String remedy) {
        mistakes.add(new Mistake(key, remedy));
    }
}
