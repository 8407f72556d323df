package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.CallbackRequest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which account's credentials a request carries. Bandwidth signs nothing: HTTP Basic proves who sends, not what is sent, and
 * the body is not looked at, since the first request of a challenge may have none.
 */
final class BandwidthAuthentication {
    private static final String SCHEME = "Basic ";

    private BandwidthAuthentication() {}

    static Authentication authenticate(CallbackRequest request, List<Account<BandwidthKeys>> accounts) {
        String header = request.headers().first("Authorization");
        byte[] presented = header == null ? null : presented(header);
        Account<BandwidthKeys> proven = null;
        Account<BandwidthKeys> unverified = null;
        boolean nameIsVerified = false;
        // No early exit: which account it is, and whether there is one, shall not show in the time.
        for (Account<BandwidthKeys> account : accounts) {
            if (presented == null) {
                break;
            }
            boolean name = account.keys().nameMatches(presented);
            boolean both = account.keys().match(presented);
            proven = both && proven == null ? account : proven;
            unverified = name && !account.verify() && unverified == null ? account : unverified;
            nameIsVerified |= name && account.verify();
        }
        // A wrong password for an account that is verified stays wrong beside one that is not: Bandwidth tries again
        // for 24 hours, in which the password can be mended and the callback reach its own account.
        if (proven == null && !nameIsVerified) {
            proven = unverified != null ? unverified : Account.unverified(accounts);
        }
        if (proven != null) {
            return new Authentication.Accepted(proven.name());
        }
        return new Authentication.Refused(header == null || header.isBlank() ? Reason.MISSING : Reason.WRONG);
    }

    /** The bytes {@code name:password} of HTTP Basic (RFC 7617); null if the header is of another scheme or not well formed. */
    private static byte @Nullable [] presented(String header) {
        // The scheme's name counts in any letter case, and any number of spaces may follow it.
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
