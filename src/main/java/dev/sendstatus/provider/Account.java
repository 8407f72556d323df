package dev.sendstatus.provider;

import dev.sendstatus.event.AccountName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One configured account with its secrets, decoded once at the start.
 *
 * @param verify false only where the operator switched verification off for this account
 * @param keys the account's settings, as the provider's adapter decoded them
 */
public record Account<K>(AccountName name, boolean verify, K keys) {
    /** The first of these that takes callbacks unproven; null if none does. */
    public static <K> @Nullable Account<K> unverified(List<Account<K>> accounts) {
        return Authentication.fitting(accounts, account -> !account.verify);
    }
}
