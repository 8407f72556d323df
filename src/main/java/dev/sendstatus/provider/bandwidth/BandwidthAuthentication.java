package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.CallbackRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which account's credentials a request carries. Bandwidth signs nothing: HTTP Basic proves who sends, not what is sent, and
 * the body is not looked at, since the first request of a challenge may have none.
 */
final class BandwidthAuthentication {

    private BandwidthAuthentication() {}

    static Authentication authenticate(CallbackRequest request, List<Account<BandwidthKeys>> accounts) {
        String header = request.headers().first("Authorization");
        byte[] presented = header == null ? null : BasicAuthorization.credentials(header);
        AccountName proven = null;
        boolean nameIsVerified = false;
        // No early exit: which account it is, and whether there is one, shall not show in the time.
        for (Account<BandwidthKeys> account : accounts) {
            if (presented == null) {
                continue;
            }
            boolean name = account.keys().nameMatches(presented);
            boolean both = account.keys().match(presented);
            nameIsVerified |= name && account.verify();
            if (both && proven == null) {
                proven = account.name();
            }
        }
        if (proven != null) {
            return new Authentication.Accepted(proven);
        }
        // A wrong password for an account that is verified stays wrong beside one that is not: Bandwidth tries again
        // for 24
        // hours, in which the password can be mended and the callback reach its own account.
        AccountName unverified = nameIsVerified ? null : unverified(accounts, presented);
        if (unverified != null) {
            return new Authentication.Accepted(unverified);
        }
        return new Authentication.Refused(header == null || header.isBlank() ? Reason.MISSING : Reason.WRONG);
    }

    /** The account without verification that takes the request: the one of that name, else the first. */
    private static @Nullable AccountName unverified(
            List<Account<BandwidthKeys>> accounts, byte @Nullable [] presented) {
        AccountName first = null;
        for (Account<BandwidthKeys> account : accounts) {
            if (account.verify()) {
                continue;
            }
            if (presented != null && account.keys().nameMatches(presented)) {
                return account.name();
            }
            if (first == null) {
                first = account.name();
            }
        }
        return first;
    }
}
