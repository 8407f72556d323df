package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.Ed25519Key;
import dev.sendstatus.provider.Words;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the account whose key verifies a callback; nothing in a callback names it. Over the raw bytes: Telnyx pretty-prints its
 * bodies, and one written anew from its values would not verify.
 */
final class TelnyxAuthentication {
    static final String SIGNATURE_HEADER = "telnyx-signature-ed25519";
    static final String TIME_HEADER = "telnyx-timestamp";

    /** The v1 signature {@code t=<seconds>,h=<Base64>}: HMAC-SHA256 by the messaging profile's secret over time, dot and body. */
    private static final String V1_HEADER = "X-Telnyx-Signature";

    private static final byte[] BAR = {'|'};
    private static final byte[] DOT = {'.'};
    private static final int SIGNATURE_LENGTH = 64;
    private static final int HASH_LENGTH = 32;
    private static final int MOST_DIGITS = 12;

    /** Both ways: Telnyx's current libraries refuse future times as well as old ones. */
    private static final long TOLERANCE_SECONDS = 300;

    private TelnyxAuthentication() {}

    static Authentication authenticate(CallbackRequest request, List<Account<TelnyxKeys>> accounts) {
        Authentication v2 = ed25519(request, accounts);
        Authentication v1 = v2 instanceof Accepted ? v2 : profileSecret(request, accounts);
        if (!(v2 instanceof Refused one && v1 instanceof Refused other)) {
            return v1;
        }
        Account<TelnyxKeys> unverified = Account.unverified(accounts);
        if (unverified != null) {
            return new Accepted(unverified.name());
        }
        // The one that got farther: stale, then wrong, then missing.
        return one.reason().compareTo(other.reason()) >= 0 ? one : other;
    }

    private static Authentication ed25519(CallbackRequest request, List<Account<TelnyxKeys>> accounts) {
        String signatureText = request.headers().first(SIGNATURE_HEADER);
        String time = request.headers().first(TIME_HEADER);
        if (signatureText == null && time == null) {
            return new Refused(Reason.MISSING);
        }
        byte[] signature = signatureText == null ? null : decoded(signatureText, SIGNATURE_LENGTH);
        if (signature == null || time == null || !isTime(time)) {
            return new Refused(Reason.WRONG);
        }
        byte[] signedTime = time.getBytes(StandardCharsets.US_ASCII);
        for (Account<TelnyxKeys> account : accounts) {
            for (Ed25519Key key : account.keys().publicKeys()) {
                if (key.verifies(signature, signedTime, BAR, request.body())) {
                    return judged(account, time, request);
                }
            }
        }
        return new Refused(Reason.WRONG);
    }

    private static Authentication profileSecret(CallbackRequest request, List<Account<TelnyxKeys>> accounts) {
        String header = request.headers().first(V1_HEADER);
        if (header == null) {
            return new Refused(Reason.MISSING);
        }
        String time = "";
        byte[] hash = null;
        for (String part : header.split(",")) {
            String named = part.strip();
            // Parts of another name are passed over.
            if (named.startsWith("t=")) {
                time = named.substring(2);
            } else if (named.startsWith("h=")) {
                hash = decoded(named.substring(2), HASH_LENGTH);
            }
        }
        if (hash == null || !isTime(time)) {
            return new Refused(Reason.WRONG);
        }
        byte[] signedTime = time.getBytes(StandardCharsets.US_ASCII);
        byte[] sent = hash;
        Account<TelnyxKeys> signer = Authentication.fitting(
                accounts,
                account -> Authentication.fitting(
                                account.keys().profileSecrets(),
                                secret -> MessageDigest.isEqual(secret.sign(signedTime, DOT, request.body()), sent))
                        != null);
        return signer == null ? new Refused(Reason.WRONG) : judged(signer, time, request);
    }

    /** The time counts only once the signature is good: before that anybody may have written it. */
    private static Authentication judged(Account<TelnyxKeys> account, String time, CallbackRequest request) {
        long age = request.receivedAt().getEpochSecond() - Long.parseLong(time);
        return Math.abs(age) <= TOLERANCE_SECONDS ? new Accepted(account.name()) : new Refused(Reason.STALE);
    }

    /** Unix seconds. The signature covers the digits as they were sent. */
    private static boolean isTime(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && Words.isDigits(text);
    }

    /** Standard Base64 of so many bytes, as keys and signatures are; null if it is something else. */
    static byte @Nullable [] decoded(String text, int length) {
        if (text.length() > (length + 2) / 3 * 4) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == length ? bytes : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
