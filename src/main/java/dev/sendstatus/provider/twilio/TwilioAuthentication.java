package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import dev.sendstatus.provider.CallbackRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which account sent a request. The {@code AccountSid} in it is nobody's word until a signature fits: it only chooses whose
 * tokens are tried first, and is held against the account whose token did fit. Every subaccount signs with its own token
 * (twilio/twilio-php#436), so a parent's that fits a subaccount's SID is a forgery or a mistake.
 */
final class TwilioAuthentication {
    private TwilioAuthentication() {}

    static Authentication of(CallbackRequest request, List<Account<TwilioKeys>> accounts) {
        Carriage carriage = Carriage.of(request);
        FormParameters parameters = carriage.parameters(request);
        Set<String> claimed = parameters == null ? Set.of() : parameters.all("AccountSid");
        TwilioSignature signature = TwilioSignature.of(request, carriage, parameters);
        Account<TwilioKeys> signer = signer(named(accounts, claimed), signature);
        // The SIDs of JSON are inside the events, and no body is parsed before its signature fits or needs not to.
        if (parameters == null && (signer != null || Account.unverified(accounts) != null)) {
            claimed = EventStream.accountSids(request.body());
        }
        if (signer != null) {
            return speaksOf(signer, claimed) ? new Accepted(signer.name()) : new Refused(Reason.FOREIGN);
        }
        // Only an account that does not verify can take it, and only if it does not claim to be another's.
        boolean anyVerifies = false;
        for (Account<TwilioKeys> account : named(accounts, claimed)) {
            if (!account.verify() && speaksOf(account, claimed)) {
                return new Accepted(account.name());
            }
            anyVerifies |= account.verify();
        }
        return new Refused(
                !anyVerifies ? Reason.FOREIGN : TwilioSignature.missing(request) ? Reason.MISSING : Reason.WRONG);
    }

    /** The accounts with a claimed SID; all if none has one, since then the one that signed is to be told from a wrong signature. */
    private static List<Account<TwilioKeys>> named(List<Account<TwilioKeys>> accounts, Set<String> claimed) {
        if (accounts.size() == 1) {
            return accounts;
        }
        List<Account<TwilioKeys>> named = accounts.stream()
                .filter(account -> claimed.contains(account.keys().accountSid()))
                .toList();
        return named.isEmpty() ? accounts : named;
    }

    private static @Nullable Account<TwilioKeys> signer(
            List<Account<TwilioKeys>> candidates, @Nullable TwilioSignature signature) {
        return signature == null
                ? null
                : Authentication.fitting(candidates, account -> account.verify() && signature.fits(account.keys()));
    }

    private static boolean speaksOf(Account<TwilioKeys> account, Set<String> claimed) {
        return claimed.stream().allMatch(account.keys().accountSid()::equals);
    }
}
