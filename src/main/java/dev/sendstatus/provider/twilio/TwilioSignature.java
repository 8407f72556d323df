package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.HmacKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The signature of one request: HMAC-SHA1 over the URL, and after it the parameters of a form.
 *
 * <p>It has neither a time nor delimiters. A captured request verifies for ever, and so does one whose parameters are cut
 * elsewhere ({@code ErrorCode=30003} as {@code ErrorCode3=0003}). Both are harmless only because the state is a function of
 * the set of events in which no status ever goes down; no parameter's name is to be trusted for anything else.
 */
record TwilioSignature(byte[] signature, List<byte[]> urls, byte[] parameters) {
    static final String HEADER = "X-Twilio-Signature";

    /** HMAC-SHA1 in Base64. */
    private static final int LENGTH = 28;

    /** Nothing follows the URL for a GET, nor for JSON, whose body the URL covers by its hash. */
    private static final byte[] NOTHING = {};

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(TwilioSignature::sha256);

    static boolean missing(CallbackRequest request) {
        String header = request.headers().first(HEADER);
        return header == null || header.isEmpty();
    }

    /**
     * The signature to be checked.
     *
     * @param parameters of the query or the form, as the carriage has them
     * @return null if no token can have made it: it is missing, has the wrong length, or does not cover the JSON body
     */
    static @Nullable TwilioSignature of(
            CallbackRequest request, Carriage carriage, @Nullable FormParameters parameters) {
        String header = request.headers().first(HEADER);
        if (header == null || header.length() != LENGTH) {
            return null;
        }
        if (carriage == Carriage.JSON && !coversBody(request)) {
            return null;
        }
        return new TwilioSignature(
                header.getBytes(StandardCharsets.ISO_8859_1),
                SignedUrl.forms(request.publicUrl(), request.query()),
                carriage != Carriage.FORM || parameters == null ? NOTHING : parameters.signedText());
    }

    /** Whether one of the account's tokens made it, the primary first: Twilio signs with that until a rotation. */
    boolean fits(TwilioKeys keys) {
        return keys.authTokens().stream().anyMatch(this::fits);
    }

    private boolean fits(HmacKey token) {
        for (byte[] url : urls) {
            if (MessageDigest.isEqual(of(token, url, parameters), signature)) {
                return true;
            }
        }
        return false;
    }

    /** As the header has it. */
    static byte[] of(HmacKey token, byte[] url, byte[] parameters) {
        return Base64.getEncoder().encode(token.sign(url, parameters));
    }

    /** Without the parameter nothing of the body is signed, and Twilio's own SDKs refuse it too. */
    private static boolean coversBody(CallbackRequest request) {
        String claimed = Carriage.query(request).first(Carriage.BODY_HASH);
        if (claimed == null) {
            return false;
        }
        String hash = HexFormat.of().formatHex(SHA_256.get().digest(request.body()));
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                claimed.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime, but not of this one", e);
        }
    }
}
