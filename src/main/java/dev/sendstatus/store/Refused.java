package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were refused since the last count, of one reason.
 *
 * @param account the account named in the path, or the provider's only one; {@link #anyAccount} where none is known
 * @param hint what would have made one of them fit; null leaves the hint that is there
 */
public record Refused(
        AccountName account,
        String reason,
        long count,
        Instant lastAt,
        @Nullable String hint) {

    public Refused(AccountName account, String reason, long count, Instant lastAt) {
        this(account, reason, count, lastAt, null);
    }

    /** Stands for "which account is unknown": no account can be called so. */
    public static AccountName anyAccount(Provider provider) {
        return new AccountName(provider, "*");
    }
}
