package dev.sendstatus.provider.telnyx;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import dev.sendstatus.provider.CallbackRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the account whose key verifies a callback; nothing in a callback names it. Over the raw bytes: Telnyx pretty-prints its
 * bodies, and one written anew from its values would not verify.
 */
final class TelnyxAuthentication {
    static final String SIGNATURE_HEADER = "telnyx-signature-ed25519";
    static final String TIME_HEADER = "telnyx-timestamp";
    private static final int SIGNATURE_LENGTH = 64;

    private TelnyxAuthentication() {}

    static Authentication authenticate(CallbackRequest request, List<Account<TelnyxKeys>> accounts) {
        Authentication v2 = ed25519(request, accounts);
        if (v2 instanceof Accepted) {
            return v2;
        }
        Authentication v1 = profileSecret(request, accounts);
        if (v1 instanceof Accepted) {
            return v1;
        }
        AccountName unverified = unverified(accounts);
        return unverified != null ? new Accepted(unverified) : farther(v2, v1);
    }

    private static Authentication ed25519(CallbackRequest request, List<Account<TelnyxKeys>> accounts) {
        String signatureText = request.headers().first(SIGNATURE_HEADER);
        String timeText = request.headers().first(TIME_HEADER);
        if (signatureText == null && timeText == null) {
            return new Refused(Reason.MISSING);
        }
        SignedTime time = timeText == null ? null : SignedTime.of(timeText);
        byte[] signature = signatureText == null ? null : Base64Text.decoded(signatureText, SIGNATURE_LENGTH);
        if (time == null || signature == null) {
            return new Refused(Reason.WRONG);
        }
        byte[] signedTime = time.bytes();
        for (Account<TelnyxKeys> account : accounts) {
            for (TelnyxPublicKey key : account.keys().publicKeys()) {
                if (key.verifies(signature, signedTime, request.body())) {
                    return judged(account, time, request);
                }
            }
        }
        return new Refused(Reason.WRONG);
    }

    private static Authentication profileSecret(CallbackRequest request, List<Account<TelnyxKeys>> accounts) {
        String header = request.headers().first(ProfileSignature.HEADER);
        if (header == null) {
            return new Refused(Reason.MISSING);
        }
        ProfileSignature signature = ProfileSignature.of(header);
        if (signature == null) {
            return new Refused(Reason.WRONG);
        }
        for (Account<TelnyxKeys> account : accounts) {
            if (signature.isBy(account.keys().profileSecrets(), request.body())) {
                return judged(account, signature.time(), request);
            }
        }
        return new Refused(Reason.WRONG);
    }

    /** The time counts only once the signature is good: before that anybody may have written it. */
    private static Authentication judged(Account<TelnyxKeys> account, SignedTime time, CallbackRequest request) {
        return time.isNear(request.receivedAt()) ? new Accepted(account.name()) : new Refused(Reason.STALE);
    }

    /** The first account that takes callbacks unproven; null if none does. */
    private static @Nullable AccountName unverified(List<Account<TelnyxKeys>> accounts) {
        for (Account<TelnyxKeys> account : accounts) {
            if (!account.verify()) {
                return account.name();
            }
        }
        return null;
    }

    /** Of two refusals the one that got farther: stale, then wrong, then missing. */
    private static Authentication farther(Authentication one, Authentication other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(Authentication refused) {
        Reason reason = refused instanceof Refused refusal ? refusal.reason() : Reason.MISSING;
        return switch (reason) {
            case MISSING -> 0;
            case WRONG -> 1;
            case FOREIGN -> 2;
            case STALE -> 3;
        };
    }
}
