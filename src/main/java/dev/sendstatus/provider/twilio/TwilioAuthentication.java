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
    private final CallbackRequest request;
    private final Carriage carriage;
    private final List<Account<TwilioKeys>> accounts;

    private TwilioAuthentication(CallbackRequest request, List<Account<TwilioKeys>> accounts) {
        this.request = request;
        this.carriage = Carriage.of(request);
        this.accounts = accounts;
    }

    static Authentication of(CallbackRequest request, List<Account<TwilioKeys>> accounts) {
        TwilioAuthentication authentication = new TwilioAuthentication(request, accounts);
        return switch (authentication.carriage) {
            case FORM -> authentication.ofForm();
            case QUERY -> authentication.ofQuery();
            case JSON -> authentication.ofJson();
        };
    }

    private Authentication ofForm() {
        FormParameters form = FormDecoder.decode(request.body());
        return ofClaiming(form.all("AccountSid"), form);
    }

    private Authentication ofQuery() {
        return ofClaiming(Carriage.query(request).all("AccountSid"), null);
    }

    private Authentication ofClaiming(Set<String> claimed, @Nullable FormParameters form) {
        List<Account<TwilioKeys>> candidates = named(claimed);
        Account<TwilioKeys> signer = signer(candidates, TwilioSignature.of(request, carriage, form));
        return signer == null ? unsigned(candidates, claimed) : signedBy(signer, claimed);
    }

    /** The SIDs are inside the events, and no body is parsed before its signature fits or needs not to. */
    private Authentication ofJson() {
        Account<TwilioKeys> signer = signer(accounts, TwilioSignature.of(request, carriage, null));
        if (signer != null) {
            return signedBy(signer, EventStream.accountSids(request.body()));
        }
        if (accounts.stream().allMatch(Account::verify)) {
            return refused();
        }
        Set<String> claimed = EventStream.accountSids(request.body());
        return unsigned(named(claimed), claimed);
    }

    /** The accounts with a claimed SID; all if none has one, since then the one that signed is to be told from a wrong signature. */
    private List<Account<TwilioKeys>> named(Set<String> claimed) {
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
        if (signature == null) {
            return null;
        }
        for (Account<TwilioKeys> account : candidates) {
            if (account.verify() && signature.fits(account.keys())) {
                return account;
            }
        }
        return null;
    }

    private static Authentication signedBy(Account<TwilioKeys> signer, Set<String> claimed) {
        return speaksOf(signer, claimed) ? new Accepted(signer.name()) : new Refused(Reason.FOREIGN);
    }

    /** No signature fits: only an account that does not verify can take it, and only what does not claim to be another's. */
    private Authentication unsigned(List<Account<TwilioKeys>> candidates, Set<String> claimed) {
        boolean anyVerifies = false;
        for (Account<TwilioKeys> account : candidates) {
            if (!account.verify() && speaksOf(account, claimed)) {
                return new Accepted(account.name());
            }
            anyVerifies |= account.verify();
        }
        return anyVerifies ? refused() : new Refused(Reason.FOREIGN);
    }

    private Authentication refused() {
        return new Refused(TwilioSignature.missing(request) ? Reason.MISSING : Reason.WRONG);
    }

    private static boolean speaksOf(Account<TwilioKeys> account, Set<String> claimed) {
        for (String sid : claimed) {
            if (!sid.equals(account.keys().accountSid())) {
                return false;
            }
        }
        return true;
    }
}
