package dev.sendstatus.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of an account's Auth Tokens. It keeps one keyed {@link Mac} for each thread that checks signatures: finding the
 * algorithm and keying it costs more than hashing a callback, and a Mac that was finished is keyed again for the next.
 */
public final class AuthToken {
    private static final String ALGORITHM = "HmacSHA1";

    private final String secret;
    private final ThreadLocal<Mac> mac;

    AuthToken(String secret) {
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.secret = secret;
        this.mac = ThreadLocal.withInitial(() -> keyed(key));
    }

    /** The token itself, as the password of a look-up; not to be printed. */
    public String secret() {
        return secret;
    }

    /** The signature, in Base64, over these bytes one after the other. */
    byte[] sign(byte[] url, byte[] parameters) {
        Mac own = mac.get();
        own.update(url);
        own.update(parameters);
        return Base64.getEncoder().encode(own.doFinal());
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java runtime, but not of this one", e);
        }
    }

    @Override
    public String toString() {
        return "AuthToken[hidden]";
    }
}
