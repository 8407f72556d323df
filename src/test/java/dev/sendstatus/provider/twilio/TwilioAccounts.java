package dev.sendstatus.provider.twilio;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.InvalidAccount;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Accounts to test with, made of settings as an operator writes them. */
final class TwilioAccounts {
    static final String MAIN_SID = "AC00000000000000000000000000000001";
    static final String MAIN_TOKEN = "main-token";
    static final String MAIN_SECONDARY = "main-token-secondary";
    static final String SUB_SID = "AC00000000000000000000000000000002";
    static final String SUB_TOKEN = "sub-token";

    static final Account<TwilioKeys> MAIN = account("main", true, MAIN_SID, MAIN_TOKEN, MAIN_SECONDARY);
    static final Account<TwilioKeys> SUB = account("sub", true, SUB_SID, SUB_TOKEN, null);

    private TwilioAccounts() {}

    static Account<TwilioKeys> account(
            String name, boolean verify, String sid, String token, @Nullable String secondary) {
        Map<String, String> settings = new TreeMap<>(Map.of("account-sid", sid, "auth-token", token));
        if (secondary != null) {
            settings.put("auth-token-secondary", secondary);
        }
        try {
            TwilioAdapter adapter = new TwilioAdapter();
            return new Account<>(new AccountName(adapter.provider(), name), verify, adapter.keys(settings));
        } catch (InvalidAccount e) {
            throw new IllegalStateException(e);
        }
    }
}
